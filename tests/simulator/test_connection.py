"""Connection overrides: how long Twilio waits and when it tries again."""

from __future__ import annotations

import pytest

from helpline.simulator.checking import Notification
from helpline.simulator.connection import Overrides, read_overrides


def test_defaults() -> None:
    """ct 5,000 ms, rt and tt 15,000 ms, one retry, of connect failures only."""
    assert read_overrides("") == Overrides(ct=5_000, rt=15_000, tt=15_000, rc=1, rp=frozenset({"ct"}))
    assert [Overrides().tries_again(kind) for kind in ("ct", "rt", "4xx", "5xx")] == [True, False, False, False]


def test_all() -> None:
    """rp=all tries every kind of failure again, but no answer that is half there."""
    overrides = read_overrides("ct=1000&rt=3000&rc=1&rp=all&e=dublin")
    assert isinstance(overrides, Overrides)
    assert (overrides.ct, overrides.rt, overrides.rc) == (1000, 3000, 1)
    assert [overrides.tries_again(kind) for kind in ("ct", "rt", "4xx", "5xx", "part")] == [*[True] * 4, False]


def test_several_policies() -> None:
    """rp takes several words with commas between."""
    assert read_overrides("rp=5xx,rt") == Overrides(rp=frozenset({"5xx", "rt"}))


@pytest.mark.parametrize("fragment", ["ct=50", "ct=10001", "rt=x", "rc=6", "rp=some", "retries=1", "rc="])
def test_refused(fragment: str) -> None:
    """What is out of range or unknown is refused with 11100."""
    refused = read_overrides(fragment)
    assert isinstance(refused, Notification)
    assert refused.code == 11100
