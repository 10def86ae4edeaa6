"""The only machine is told to stop, or to renew itself, while calls go on: what is under way is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.web.serving import ALIVE_SECONDS
from tests.failures.books import Books
from tests.failures.callers import Country
from tests.failures.conftest import NewMachine
from tests.failures.figures import Tell
from tests.failures.machine import Machine, TooLong, until
from tests.failures.raw import answered, connected, posted
from tests.failures.reckoning import Counted, reckoned
from tests.failures.trial import Trial
from tests.storage.kept import calls_in

pytestmark = pytest.mark.slow


def test_restarted(trial: Trial, machine: Machine) -> None:
    """Whoever rings meanwhile is given the fallback document; a turn under way is answered, and no note is lost."""
    with trial.callers() as callers:
        callers.go_on(10)
        with half_a_request(machine) as answer:
            machine.tell_to_stop()
            until(lambda: not machine.answers(), "new requests are not answered any more")
            assert answer().startswith(b"HTTP/1.1 200 OK")
        machine.wait()
        machine.start()
        callers.go_on(10)
    reckoning = trial.reckoned(callers, "the only machine restarted", counts=False)
    assert reckoning.lost == reckoning.wrong == []
    assert reckoning.not_right == []


def test_renewed(trial: Trial, machine: Machine) -> None:
    """A worker goes when another serves in its place (SIGHUP), as for a new release: nobody is left to the fallback."""
    with trial.callers() as callers:
        callers.go_on(10)
        renew_all(machine)
        callers.go_on(10)
    reckoning = trial.reckoned(callers, "the workers of the only machine renewed", counts=False)
    assert reckoning.lost == reckoning.wrong == []
    assert reckoning.not_right == []


def renew_all(machine: Machine) -> None:
    """Where a new worker takes too long to begin, as on a busy machine, the old one stays: then once more."""
    before = machine.worker_processes()
    for _ in range(3):
        machine.renew_workers()
        with suppress(TooLong):
            until(lambda: not before & machine.worker_processes(), "new workers", 2 * ALIVE_SECONDS + 5)
            return
    raise TooLong("new workers")


@pytest.fixture
def single(new_machine: NewMachine, tmp_path: Path) -> Machine:
    """A machine with a single process, running."""
    machine = new_machine(f"sqlite:///{tmp_path}/helpline.db")
    machine.start()
    return machine


def test_a_single_process_answers_a_turn_under_way(single: Machine, tmp_path: Path) -> None:
    """A request of which half has come in when the service is told to stop gets its answer, and is written down."""
    with half_a_request(single) as answer:
        single.tell_to_stop()
        until(lambda: not single.answers(), "new requests are not answered any more")
        assert answer().startswith(b"HTTP/1.1 200 OK")
    single.wait()
    assert len(calls_in(Database(f"sqlite:///{tmp_path}/helpline.db"))) == 1


def test_stopped_without_its_database(
    single: Machine, country: Country, settings: Settings, tmp_path: Path, tell: Tell
) -> None:
    """What could not be written before the end is reported as lost, to the last note."""
    file = tmp_path / "helpline.db"
    books = Books(f"sqlite:///{file}", settings)
    trial = Trial([single], country, books, tell)
    file.rename(file.with_suffix(".away"))
    with trial.callers() as callers:
        callers.go_on(15)
    single.stop()
    file.with_suffix(".away").rename(file)
    reported = sum(line["count"] for line in trial.lines("records_lost"))
    reckoning = reckoned(callers.played, books, Counted(0, reported))
    tell(reckoning.told("stopped while the database is away"))
    assert reckoning.lost == reckoning.wrong == []
    assert reported == reckoning.noted
    assert len(reckoning.not_right) == len(reckoning.told_of)


@contextmanager
def half_a_request(machine: Machine) -> Iterator[Callable[[], bytes]]:
    """A request of the carrier of which half has come in; what this hands out sends the rest, and gives the answer."""
    head, body = posted("/voice", signed=True)
    with connected(machine.port) as connection:
        connection.sendall(head + body[:20])
        until(lambda: machine.metric("requests_in_flight") > 0, "the request has begun")

        def answer() -> bytes:
            connection.sendall(body[20:])
            return answered(connection)

        yield answer
