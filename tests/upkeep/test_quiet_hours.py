"""The hours in which no test call is placed."""

from __future__ import annotations

from datetime import time

import pytest

from helpline.upkeep.quiet_hours import NEVER, is_quiet


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        ("21:00-08:00", ["21:00", "23:59", "00:00", "07:59"], ["08:00", "12:00", "20:59"]),
        ("01:00-06:30", ["01:00", "06:29"], ["00:59", "06:30", "23:00"]),
        (NEVER, [], ["00:00", "12:00", "23:59"]),
    ],
)
def test_quiet_hours_may_run_past_midnight(hours: str, quiet: list[str], loud: list[str]) -> None:
    """They begin with their first minute and are over with their last."""
    assert [is_quiet(hours, time.fromisoformat(wall)) for wall in quiet] == [True] * len(quiet)
    assert [is_quiet(hours, time.fromisoformat(wall)) for wall in loud] == [False] * len(loud)
