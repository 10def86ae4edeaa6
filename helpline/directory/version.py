"""One version of the routing table, and the table in force at each moment: a function of the clock alone.

1. A version changes at midnight in Amsterdam of each day that its files or the geography name, and at the moment when
   a diversion or an announcement ends. Between these moments it is one table; they are numbered from 0.
2. A table is named by version, number and geography: the same on every machine that has the three.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from helpline.directory import files
from helpline.directory.build import build
from helpline.directory.check import check
from helpline.directory.check_changes import announcement_problems, chain_problems, diversion_problems
from helpline.directory.content import Content
from helpline.directory.country import Country
from helpline.directory.hours import AMSTERDAM
from helpline.directory.problems import Report
from helpline.directory.table import Table

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Version:
    """A version called `name`, in this country; each table is made when it is first asked for."""

    def __init__(self, name: str, content: Content, country: Country, folder: str = "regions") -> None:
        self.name = name
        self.content = content
        self.country = country
        self.files = files.parse(content.files, folder)
        days = self.files.days() | {merger.day for merger in country.geography.mergers}
        ends = {diversion.until for diversion in content.diversions}
        ends |= {announcement.until for announcement in content.announcements}
        self.changes = tuple(sorted({_midnight(day) for day in days} | ends))
        self._tables: dict[int, Table] = {}

    def in_force(self, moment: datetime) -> Table:
        """The table at a moment, which must carry its zone."""
        return self.numbered(bisect_right(self.changes, moment))

    def ahead(self, now: datetime) -> Iterator[tuple[datetime, Table]]:
        """The table in force now, and each one after it with the moment from which it is."""
        yield now, self.in_force(now)
        for moment in self.changes:
            if moment > now:
                yield moment, self.in_force(moment)

    def numbered(self, number: int) -> Table:
        """The table of one stretch of time, the first being 0. Raises IndexError where there is no such stretch."""
        if number not in self._tables:
            if not 0 <= number <= len(self.changes):
                raise IndexError(number)
            begins = self.changes[number - 1] if number else LONG_AGO
            self._tables[number] = self._built(number, begins)
        return self._tables[number]

    def _built(self, number: int, begins: datetime) -> Table:
        name = f"{self.name}-{number}-{self.country.digest}"
        return build(name, self.files, self.country, day_of(begins), self.content.at(begins))


def check_version(
    version: Version, now: datetime, *, own_numbers: tuple[str, ...] = (), placeholders_allowed: bool = True
) -> Report:
    """All problems of a version from `now` on: its files', and where these are sound, its diversions' too."""
    report = check(
        version.files,
        version.country,
        day_of(now),
        own_numbers=own_numbers,
        placeholders_allowed=placeholders_allowed,
    )
    if report.refused:
        return report
    content = version.content.at(now)
    changes = [
        *diversion_problems(content, version.files, own_numbers=own_numbers, placeholders_allowed=placeholders_allowed),
        *announcement_problems(content, version.files),
    ]
    changes = changes or [*chain_problems(content, (table for _, table in version.ahead(now)))]
    return Report((*report.problems, *changes), report.sources)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day on the wall in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()
