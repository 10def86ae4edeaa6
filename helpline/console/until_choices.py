"""When a change of the night ends: by one of a few buttons, or typed as on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from helpline.console.fields import Fields
from helpline.directory.effect import written
from helpline.directory.hours import AMSTERDAM
from helpline.publishing.until import until

AN_HOUR = "hour"  # counted from when the button is pressed
CLOCKS = ("06:00", "08:00")  # the next of each
TOMORROW = "09:00"


@dataclass(frozen=True)
class End:
    """A button: what it sends, and the moment that it means now."""

    value: str
    moment: datetime


def ends(now: datetime) -> list[End]:
    """The buttons, the soonest end first."""
    day = now.astimezone(AMSTERDAM).date() + timedelta(days=1)
    moments = {until(clock, now) for clock in CLOCKS} | {until(f"{day} {TOMORROW}", now)}
    later = [End(written(moment), moment) for moment in sorted(moments)]
    return [End(AN_HOUR, _in_an_hour(now)), *later]


def end_of(fields: Fields, now: datetime) -> datetime:
    """The end that a form asks for, by a button if one was pressed. Raises ChangeRefused."""
    chosen = fields.get("chosen", "")
    return _in_an_hour(now) if chosen == AN_HOUR else until(chosen or fields.get("until", ""), now)


def _in_an_hour(now: datetime) -> datetime:
    return (now + timedelta(hours=1)).replace(second=0, microsecond=0)
