"""When a diversion or an announcement ends, as an operator writes it: "06:00", "2026-11-25 06:00"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from helpline.directory.hours import AMSTERDAM
from helpline.errors import ChangeRefused

MOST_DAYS = 14  # what lasts longer is no diversion: it belongs in the file
_WRITTEN = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}:\d\d)\Z")
HOW = 'write the next "06:00", or a day and a time: "2026-11-25 06:00"'


def until(written: str, now: datetime) -> datetime:
    """The moment, on the clock of Amsterdam; a time alone is the next one. Raises ChangeRefused.

    An hour that the clock leaves out or shows twice in the night of its change means the later moment.
    """
    if not (match := _WRITTEN.match(written.strip())):
        raise ChangeRefused(f'"{written}" is not a time.', help=HOW)
    wall = now.astimezone(AMSTERDAM)
    try:
        at = time.fromisoformat(match[2].zfill(5))
        day = datetime.fromisoformat(match[1]).date() if match[1] else wall.date()
    except ValueError:
        raise ChangeRefused(f'"{written}" is not a time.', help=HOW) from None
    moment = datetime.combine(day, at, AMSTERDAM).replace(fold=1)
    if not match[1] and moment.timestamp() <= now.timestamp():
        moment = datetime.combine(day + timedelta(days=1), at, AMSTERDAM).replace(fold=1)
    if moment.timestamp() <= now.timestamp():
        raise ChangeRefused(f"{written} has passed: it is {wall:%Y-%m-%d %H:%M}.", help=HOW)
    if moment.timestamp() > (now + timedelta(days=MOST_DAYS)).timestamp():
        raise ChangeRefused(
            f"{written} is more than {MOST_DAYS} days ahead.", help="what lasts so long belongs in the region file"
        )
    return moment
