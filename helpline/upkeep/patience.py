"""How long a deletion that failed waits for its next try, and after how many tries it is given up."""

from __future__ import annotations

import random
from datetime import timedelta

from helpline.errors import CarrierRefused
from helpline.upkeep.deleting import UNFINISHED

FIRST_WAIT = timedelta(minutes=1)  # then 4, 16, 64 and 256 minutes
LONGEST_WAIT = timedelta(hours=6)
LONGEST_PAUSE = timedelta(minutes=15)
MOST_TRIES = 12  # some two days
MOST_TRIES_UNFINISHED = MOST_TRIES + 14 * 4  # the 14 days that Twilio may take to finish a record
JITTER = 0.2  # several processes that failed together do not come back together


def wait(tries: int) -> timedelta:
    """Before the next try of one that failed so often, at least once."""
    longer: timedelta = FIRST_WAIT * 4 ** min(tries - 1, 9)
    return min(longer, LONGEST_WAIT) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret


def pause(stops: int) -> timedelta:
    """Before anything is tried again, when Twilio was away or refused the account so often in a row."""
    return min(wait(stops), LONGEST_PAUSE)


def is_over(tries: int, fault: Exception) -> bool:
    """Whether one that failed so often, the last time by `fault`, is given up."""
    unfinished = isinstance(fault, CarrierRefused) and fault.code == UNFINISHED
    return tries >= (MOST_TRIES_UNFINISHED if unfinished else MOST_TRIES)
