"""The database server fails while calls go on, and comes back: no call is lost, and no record but those reported."""

from __future__ import annotations

import pytest

from tests.failures import server_faults
from tests.failures.machine import until
from tests.failures.trial import Trial, settled
from tests.postgresql import Server

pytestmark = pytest.mark.slow
AWAY_SECONDS = 3.0


@pytest.fixture
def name(server_url: str) -> str:
    """The name of the database."""
    return server_url.rpartition("/")[2]


def test_stopped(trial_of_two: Trial, postgresql: Server) -> None:
    """As for an upgrade of it."""
    with trial_of_two.callers() as callers:
        callers.go_on(5)
        with server_faults.stopped(postgresql):
            trial_of_two.until_told("records_database_away")
            callers.go_on_for(AWAY_SECONDS)
        callers.go_on(5)
    trial_of_two.costs_nothing(callers, f"database stopped for {AWAY_SECONDS:g} s")


def test_frozen(trial_of_two: Trial, postgresql: Server) -> None:
    """As when its machine hangs."""
    with trial_of_two.callers() as callers:
        callers.go_on(5)
        with server_faults.frozen(postgresql):
            callers.go_on_for(AWAY_SECONDS)
        callers.go_on(5)
    trial_of_two.costs_nothing(callers, f"database frozen for {AWAY_SECONDS:g} s")


def test_read_only(trial_of_two: Trial, name: str, postgresql: Server) -> None:
    """It can be read all the while."""
    with trial_of_two.callers() as callers:
        callers.go_on(5)
        with server_faults.read_only(postgresql, name):
            trial_of_two.until_told("records_database_away")
            callers.go_on(10)
        callers.go_on(5)
    trial_of_two.costs_nothing(callers, "database read-only")


def test_full(trial_of_two: Trial, name: str, postgresql: Server) -> None:
    """It can be read, and some of it even written."""
    with trial_of_two.callers() as callers:
        callers.go_on(5)
        with server_faults.full(postgresql, name):
            trial_of_two.until_told("records_database_away")
            callers.go_on(10)
        callers.go_on(5)
    trial_of_two.costs_nothing(callers, "database full")


def test_swapped_for_an_empty_one(trial_of_two: Trial, name: str, postgresql: Server) -> None:
    """The routing table is put back; what was written before is in the old one, all else in the new one."""
    with trial_of_two.callers() as callers:
        callers.go_on(5)
        with server_faults.swapped(postgresql, name):
            trial_of_two.until_told("database_refilled")
            callers.go_on(10)
            callers.come_to_an_end()
            settled(trial_of_two.machines)
            trial_of_two.books.elsewhere = trial_of_two.books.kept()
    trial_of_two.costs_nothing(callers, "database swapped for an empty one")


def test_refusing(trial_of_two: Trial, name: str, postgresql: Server) -> None:
    """A note that is refused by itself three times is lost; exactly those are counted, and the log tells of them."""
    machine = trial_of_two.machines[0]
    with trial_of_two.callers() as callers:
        callers.go_on(5)
        with server_faults.refusing(postgresql, name):
            until(lambda: machine.metric("records_dropped_total") > 0, "records are lost")
        callers.go_on(5)
    reckoning = trial_of_two.reckoned(callers, "database refuses rows")
    assert reckoning.lost == reckoning.wrong == []
    assert reckoning.counted
    assert reckoning.counted.written + reckoning.counted.dropped == reckoning.noted
    assert len(reckoning.not_right) <= reckoning.counted.dropped
    machine.stop()
    assert sum(line["count"] for line in trial_of_two.lines("records_lost")) == reckoning.counted.dropped
