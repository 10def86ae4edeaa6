"""Connection overrides: how long Twilio waits and when it tries again."""

from __future__ import annotations

import pytest

from helpline.simulator.checking import Notification
from helpline.simulator.connection import Overrides, read_overrides
from tests.simulator.facts import fact


def test_defaults() -> None:
    """ct 5,000 ms, rt and tt 15,000 ms, one retry, of connect failures only."""
    assert read_overrides("") == Overrides(ct=5_000, rt=15_000, tt=15_000, rc=1, rp=frozenset({"ct"}))
    assert [Overrides().tries_again(kind) for kind in ("ct", "rt", "4xx", "5xx")] == [True, False, False, False]


@pytest.mark.parametrize(
    ("name", "low", "high", "default"),
    [
        pytest.param("ct", 100, 10_000, 5_000, marks=fact("Override", "ct connect timeout | 100–10,000 ms | 5,000")),
        pytest.param("rt", 100, 15_000, 15_000, marks=fact("Override", "rt read timeout | 100–15,000 | 15,000")),
        pytest.param("tt", 100, 15_000, 15_000, marks=fact("Override", "tt total | – | 15,000")),
        pytest.param("rc", 0, 5, 1, marks=fact("Override", "rc retries | 0–5 | 1")),
    ],
)
def test_ranges(name: str, low: int, high: int, default: int) -> None:
    """Each has its range and its default; beyond the range it is 11100."""
    assert getattr(read_overrides(""), name) == default
    assert [getattr(read_overrides(f"{name}={value}"), name) for value in (low, high)] == [low, high]
    refused = [read_overrides(f"{name}={value}") for value in (low - 1, high + 1)]
    assert [each.code for each in refused if isinstance(each, Notification)] == [11100, 11100]


@fact("Override", "rp policy | 4xx,5xx,ct,rt,all | ct")
def test_all() -> None:
    """rp=all tries every kind of failure again, but no answer that is half there."""
    overrides = read_overrides("ct=1000&rt=3000&rc=1&rp=all&e=dublin")
    assert isinstance(overrides, Overrides)
    assert (overrides.ct, overrides.rt, overrides.rc) == (1000, 3000, 1)
    assert [overrides.tries_again(kind) for kind in ("ct", "rt", "4xx", "5xx", "part")] == [*[True] * 4, False]


@fact("Override", "e edge, sni | – | ashburn")
def test_another_edge() -> None:
    """Which edge asks, and TLS by name, change nothing of what is played."""
    assert read_overrides("e=dublin&sni=y") == Overrides()


def test_several_policies() -> None:
    """rp takes several words with commas between."""
    assert read_overrides("rp=5xx,rt") == Overrides(rp=frozenset({"5xx", "rt"}))


@pytest.mark.parametrize("fragment", ["ct=50", "ct=10001", "rt=x", "rc=6", "rp=some", "retries=1", "rc="])
def test_refused(fragment: str) -> None:
    """What is out of range or unknown is refused with 11100."""
    refused = read_overrides(fragment)
    assert isinstance(refused, Notification)
    assert refused.code == 11100
