"""Whether anything is new on the first page: a word that is another one when something is.

1. How the table and the lines stand is looked at each time; how many called, once a minute. So what a page that is
   watched tells of calls changes by the calls of a minute, not by a single one.
2. While the database is away the word is that of what is in memory.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from helpline.bootstrap.office import Office
from helpline.console.lines_now import Traffic, lines_now, traffic
from helpline.directory.table import Table
from helpline.errors import DatabaseAway


class News:
    """What is new in an office; asked by one thread at a time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._counted: tuple[str, Traffic | None] = ("", None)

    def word(self) -> str:
        """The word for how things stand."""
        directory, now = self._office.helpline.directory, self._office.helpline.clock()
        table = directory.current
        told: list[object] = [table.version, directory.found_in, directory.problem, _closed(table, now)]
        try:
            told += [lines_now(self._office, table, now), self._traffic(now)]
        except DatabaseAway:
            told.append("away")
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    def _traffic(self, now: datetime) -> Traffic | None:
        minute = now.isoformat(timespec="minutes")
        if self._counted[0] != minute:
            self._counted = minute, traffic(self._office, now)
        return self._counted[1]


def _closed(table: Table, now: datetime) -> list[str]:
    return [slug for slug in table.organisations if table.doctors_line(slug, now) == "closed"]
