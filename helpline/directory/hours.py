"""Opening hours: days and wall-clock times in Amsterdam, with Dutch public holidays.

1. A span belongs to the day on which it begins; one that ends before it begins runs past midnight.
2. A public holiday is closed, unless a span of "ph" says when it is open.
3. The clock on the wall counts: when it is put back an hour, the hour that comes twice is open twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpline.directory.public_holidays import public_holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
HOLIDAY = "ph"
_SPAN = re.compile(r"([a-z,-]+) (\d\d):(\d\d)-(\d\d):(\d\d)\Z")
_MIDNIGHT = 24 * 60


class UnreadableHours(ValueError):
    """A line of hours that is not written like "mo-fr 09:00-17:00"; the message says what is wrong with it."""


@dataclass(frozen=True)
class Span:
    """Open on these days from `opens` until `closes`, minutes after midnight; past midnight where closes <= opens."""

    days: tuple[str, ...]
    opens: int
    closes: int

    def __str__(self) -> str:
        """As read() has it; consecutive days are written as one range."""
        runs: list[list[str]] = []
        for day in self.days:
            if runs and _next(runs[-1][-1]) == day:
                runs[-1].append(day)
            else:
                runs.append([day])
        days = ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
        return f"{days} {_clock(self.opens)}-{_clock(self.closes)}"

    def _covers(self, day: str, minute: int) -> bool:
        if day not in self.days:
            return False
        return self.opens <= minute < (self.closes if self.closes > self.opens else _MIDNIGHT)

    def _spills_over(self, day_before: str, minute: int) -> bool:
        return day_before in self.days and self.closes <= self.opens and minute < self.closes


@dataclass(frozen=True)
class Hours:
    """The hours of one line."""

    spans: tuple[Span, ...]

    def __str__(self) -> str:
        """The lines that read() makes these hours of, parted by ", "."""
        return ", ".join(map(str, self.spans))

    def open_at(self, moment: datetime) -> bool:
        """True when the line is staffed at `moment`, which must carry its time zone."""
        if moment.tzinfo is None:
            raise ValueError("A moment without a time zone says nothing.")
        wall = moment.astimezone(AMSTERDAM)
        minute = wall.hour * 60 + wall.minute
        today, yesterday = _kind_of(wall.date()), _kind_of(wall.date() - timedelta(days=1))
        return any(span._covers(today, minute) or span._spills_over(yesterday, minute) for span in self.spans)


ALWAYS = Hours((Span((*DAYS, HOLIDAY), 0, _MIDNIGHT),))


def read(lines: list[str]) -> Hours:
    """The hours written as lines such as "mo-fr 09:00-17:00"; raises UnreadableHours."""
    if not lines:
        raise UnreadableHours("no hours are given, so the line would never open")
    return Hours(tuple(_span(line) for line in lines))


def _span(line: str) -> Span:
    if not (match := _SPAN.match(line)):
        raise UnreadableHours(f'"{line}" is not written like "mo-fr 09:00-17:00"')
    opens, closes = _minutes(match[2], match[3], line), _minutes(match[4], match[5], line)
    if opens in (closes, _MIDNIGHT):
        raise UnreadableHours(f'"{line}" never opens')
    return Span(_days(match[1], line), opens, closes)


def _days(text: str, line: str) -> tuple[str, ...]:
    days: list[str] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first == HOLIDAY and not dash:
            days.append(HOLIDAY)
        elif first in DAYS and (last in DAYS if dash else True):
            begin, end = DAYS.index(first), DAYS.index(last or first)
            days += [DAYS[index % 7] for index in range(begin, (end if end >= begin else end + 7) + 1)]
        else:
            raise UnreadableHours(f'"{line}": a day is one of {", ".join(DAYS)}, or {HOLIDAY} for public holidays')
    return tuple(dict.fromkeys(days))


def _minutes(hour: str, minute: str, line: str) -> int:
    if (hour, minute) == ("24", "00"):
        return _MIDNIGHT
    try:
        at = time(int(hour), int(minute))
    except ValueError:
        raise UnreadableHours(f'"{line}": {hour}:{minute} is not a time of day') from None
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _next(day: str) -> str | None:
    """The day of the week after this one; nothing comes after a holiday."""
    return DAYS[(DAYS.index(day) + 1) % 7] if day in DAYS else None


def _kind_of(day: date) -> str:
    return HOLIDAY if day in public_holidays(day.year) else DAYS[day.weekday()]
