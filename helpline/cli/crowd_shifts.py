"""When the callers of a crowd ring: by day, with the doctors' lines open, and one in four at night."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpline.directory.hours import AMSTERDAM
from helpline.directory.version import Version
from helpline.simulator.crowd_report import counted

DAY_HOUR, NIGHT_HOUR = 11, 3
AT_NIGHT = 4  # one in so many, by its seed, so that it rings at night too when it is played again alone
MOST_DAYS = 14  # ahead


@dataclass(frozen=True)
class Shift:
    """Those who ring at a moment, by their seeds."""

    seeds: Sequence[int]
    moment: datetime

    @property
    def said(self) -> str:
        """How many, and when."""
        return f"{counted(len(self.seeds), 'call')} on {self.moment.astimezone(AMSTERDAM):%a %Y-%m-%d at %H:%M}"


def day_and_night(seeds: Sequence[int], version: Version, now: datetime) -> list[Shift]:
    """Two shifts on the next day on which most doctors can be had; the night first, as it comes first."""
    day = next_working_day(version, now)
    night = [seed for seed in seeds if seed % AT_NIGHT == 0]
    rest = [seed for seed in seeds if seed % AT_NIGHT]
    shifts = (Shift(night, day.replace(hour=NIGHT_HOUR)), Shift(rest, day))
    return [shift for shift in shifts if shift.seeds]


def next_working_day(version: Version, now: datetime) -> datetime:
    """From today on, at eleven in the morning: the first day of two weeks on which most doctors' lines are open."""
    today = now.astimezone(AMSTERDAM).replace(hour=DAY_HOUR, minute=0, second=0, microsecond=0)
    return max((today + timedelta(days=days) for days in range(MOST_DAYS)), key=lambda day: _open(version, day))


def _open(version: Version, moment: datetime) -> int:
    table = version.in_force(moment)
    return sum(table.doctors_line(name, moment) == "open" for name in table.organisations)
