"""What two moments of a call tell of it, by clocks that are not always right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.storage.progress import LONGEST_SECONDS, Progress, whole_hour
from tests.storage.published import BEGIN


@pytest.mark.parametrize(
    ("later", "seconds"),
    [
        (timedelta(seconds=12.4), 12),
        (timedelta(seconds=-1), 0),
        (timedelta(hours=-1), 0),
        (timedelta(seconds=LONGEST_SECONDS), LONGEST_SECONDS),
        (timedelta(days=1), None),
    ],
    ids=str,
)
def test_seconds_to_ring_by_clocks_that_differ_or_were_set(later: timedelta, seconds: int | None) -> None:
    """No call lasts longer than Twilio lets it: then a clock was set in between, and the seconds are not known."""
    assert Progress(whole_hour(BEGIN), began=BEGIN, rang=BEGIN + later).seconds_to_ring == seconds
