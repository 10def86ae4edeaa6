"""The disk of a machine is full while calls go on, for its log, its SQLite and all else: only lines of the log go."""

from __future__ import annotations

import pytest

from tests.failures.machine import Machine
from tests.failures.trial import Trial

pytestmark = pytest.mark.slow


def test_a_full_disk(trial: Trial, machine: Machine) -> None:
    """No file takes one more byte for a while; how many lines the log lacks is told when it takes lines again."""
    with trial.callers() as callers:
        callers.go_on(5)
        with machine.full_disk():
            size = machine.log.stat().st_size
            callers.go_on(20)
            grown = machine.log.stat().st_size - size
        callers.go_on(5)
    trial.costs_nothing(callers, "disk full for the log and for SQLite")
    assert grown == 0
    assert sum(line["count"] for line in trial.lines("lines_lost")) > 30
