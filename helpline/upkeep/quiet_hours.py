"""The hours in which no test call is placed: somebody may sleep beside a telephone that a line rings."""

from __future__ import annotations

from datetime import time

from helpline.errors import SettingsFault

NEVER = "00:00-00:00"


def is_quiet(hours: str, wall: time) -> bool:
    """Whether a time of day in Amsterdam lies in hours such as "21:00-08:00"."""
    begins, ends = (time.fromisoformat(part) for part in hours.split("-"))
    if begins <= ends:
        return begins <= wall < ends
    return wall >= begins or wall < ends


def refuse_quiet(hours: str, wall: time) -> None:
    """Raises SettingsFault where the round of test calls is set to begin in these hours."""
    if is_quiet(hours, wall):
        raise SettingsFault(
            "HELPLINE_RING_LINES_AT lies in HELPLINE_QUIET_HOURS, in which no test call is placed.",
            help="Set a time of day outside them, such as 10:30.",
        )
