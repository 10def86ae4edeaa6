"""When something ends, as people write it at night."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from helpline.directory.hours import AMSTERDAM
from helpline.errors import ChangeRefused
from helpline.publishing.until import until

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("06:00", "2026-11-25 05:00"),
        ("6:00", "2026-11-25 05:00"),
        ("23:45", "2026-11-24 22:45"),
        ("23:30", "2026-11-25 22:30"),
        ("2026-11-26 12:00", "2026-11-26 11:00"),
        ("2026-11-26T12:00", "2026-11-26 11:00"),
    ],
)
def test_a_time_alone_is_the_next_one(written: str, utc: str) -> None:
    """A time is the next on the clock of Amsterdam; with a day it is that."""
    assert f"{until(written, NIGHT).astimezone(UTC):%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(
    ("now", "written", "utc"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=AMSTERDAM), "02:30", "2026-10-25 01:30"),  # shown twice: the later
        (datetime(2026, 3, 28, 23, 0, tzinfo=AMSTERDAM), "06:00", "2026-03-29 04:00"),  # a night of 23 hours
        (datetime(2026, 3, 29, 0, 30, tzinfo=AMSTERDAM), "02:30", "2026-03-29 00:30"),  # left out
    ],
)
def test_on_the_nights_of_the_clock_change_an_end_is_a_real_moment(now: datetime, written: str, utc: str) -> None:
    """An hour that comes twice ends the second time, and one that does not come still ends."""
    assert f"{until(written, now).astimezone(UTC):%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize("written", ["", "soon", "25:00", "2026-13-01 06:00", "2026-11-24 23:30", "2026-12-24 06:00"])
def test_what_is_no_time_ahead_is_refused(written: str) -> None:
    """Nonsense, what has passed and what is weeks ahead is refused with how to write it."""
    with pytest.raises(ChangeRefused) as refused:
        until(written, NIGHT)
    assert refused.value.help
