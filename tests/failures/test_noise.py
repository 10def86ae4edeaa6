"""Others than the carrier keep the service busy: slow clients, half requests and a flood; callers notice nothing."""

from __future__ import annotations

import pytest

from tests.failures.machine import Machine, until
from tests.failures.raw import Flood, Trickle
from tests.failures.trial import Trial

pytestmark = pytest.mark.slow
SOCKETS = 200
PER_SECOND = 400
FLOOD_SECONDS = 3.0
LEAST_PER_SECOND = 100  # on a machine that is busy with other tests
REFUSED = "helpline_refused_total{status=403}"
TOO_SLOW = "helpline_refused_total{status=408}"


def test_slow_clients(trial: Trial, machine: Machine) -> None:
    """Requests that come byte by byte; those whose head is whole are refused (408) after five seconds."""
    before = machine.metrics()[TOO_SLOW]
    with Trickle(machine.port, SOCKETS), trial.callers() as callers:
        until(lambda: machine.metrics()[TOO_SLOW] - before == SOCKETS / 2, "those that are too slow are refused")
        callers.go_on(5)
    trial.costs_nothing(callers, f"{SOCKETS} slow clients with half requests")


def test_a_flood(trial: Trial, machine: Machine) -> None:
    """Requests of somebody who does not know the token: each is refused (403), and each worker tells of it once."""
    before = machine.metrics()[REFUSED]
    with trial.callers() as callers:
        callers.go_on(5)
        with Flood(machine.port, PER_SECOND) as flood:
            callers.go_on_for(FLOOD_SECONDS)
        callers.go_on(5)
    sent = flood.answers.total()
    per_second = sent / flood.seconds
    trial.costs_nothing(callers, f"{sent} unsigned requests, {per_second:.0f} a second")
    assert set(flood.answers) == {"HTTP/1.1 403 Forbidden"}
    assert machine.metrics()[REFUSED] - before == sent
    assert per_second > LEAST_PER_SECOND
    assert 1 <= len(trial.lines("refused")) <= machine.workers
