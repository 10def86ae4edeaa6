"""Days in Amsterdam, as the whole hours in UTC by which calls are kept.

A day there begins at a whole hour in UTC, also on the days that have 23 or 25 hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from helpline.directory.hours import AMSTERDAM
from helpline.storage.counts import Hours

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_WEEK = 7 * DAY
MOST_DAYS_AT_ONCE = 31  # that is counted in one statement: some 40,000 calls of a busy month


class DaysRefused(ValueError):
    """Days of which nothing can be told; the message says why."""


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += DAY

    @property
    def hours(self) -> Hours:
        """Their hours in UTC."""
        return Hours(_written(_midnight(self.first)), _written(_midnight(self.last + DAY)))

    def within(self, first_hour: str, last_hour: str) -> Days:
        """Those of them that are not before the day of the first hour, nor after that of the last."""
        return Days(max(self.first, _day(first_hour)), min(self.last, _day(last_hour)))


def asked_for(first: date | None, last: date | None, *, today: date) -> Days:
    """These days; where one of them is not given, seven until the last, or those until yesterday. Raises DaysRefused.

    Today is there for whoever asks for it: what came in so far.
    """
    last = last or today - DAY
    first = first or last - A_WEEK + DAY
    if first > last:
        raise DaysRefused(f"From {first} to {last} there is no day.")
    if last > today:
        raise DaysRefused(f"{last} is still to come.")
    return Days(first, last)


@dataclass(frozen=True)
class Part:
    """Hours in which the clock of Amsterdam is so many hours `ahead` of UTC."""

    hours: Hours
    ahead: int

    def wall(self, hour: str) -> str:
        """The two digits of an hour of the day in Amsterdam that is this one in UTC."""
        return f"{(int(hour) + self.ahead) % 24:02}"


def parts(hours: Hours) -> Iterator[Part]:
    """These hours in order, cut where the clock is changed, and so that none is longer than MOST_DAYS_AT_ONCE."""
    begin, end = _moment(hours.begin), _moment(hours.end)
    while begin < end:
        ahead = _ahead(begin)
        until = min(begin + MOST_DAYS_AT_ONCE * DAY, end)
        while _ahead(until - HOUR) != ahead:
            until -= HOUR
        yield Part(Hours(_written(begin), _written(until)), ahead)
        begin = until


def _day(hour: str) -> date:
    return _moment(hour).astimezone(AMSTERDAM).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def _ahead(moment: datetime) -> int:
    offset = moment.astimezone(AMSTERDAM).utcoffset()
    assert offset is not None
    return offset // HOUR


def _written(moment: datetime) -> str:
    return moment.isoformat()[: len("2026-11-24T17")]


def _moment(hour: str) -> datetime:
    return datetime.fromisoformat(f"{hour}:00+00:00")
