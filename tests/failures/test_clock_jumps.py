"""The clock of the machines jumps while calls go on, an hour back and a day ahead: nothing goes by how late it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from helpline import bootstrap
from helpline.console import passwords
from helpline.directory.content import Announcement
from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.storage.operators import Operator
from tests.cli.test_command import free_port
from tests.console.visiting import PASSWORD, Browser
from tests.failures import clocked
from tests.failures.books import Books
from tests.failures.callers import Country
from tests.failures.conftest import NewMachine
from tests.failures.figures import Tell
from tests.failures.machine import Machine, until
from tests.failures.trial import Trial
from tests.storage.kept import calls_in

pytestmark = pytest.mark.slow
COMMAND = (sys.executable, "-m", "tests.failures.clocked")
ROOT = Path(__file__).parents[2]
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
A_CALL_SECONDS = 5 * 3600


@pytest.fixture
def ahead(tmp_path: Path) -> Path:
    """The file that says how far the clock is ahead."""
    path = tmp_path / "ahead"
    clocked.set_ahead(path, timedelta())
    return path


@pytest.fixture
def own(tmp_path: Path, settings: Settings) -> Settings:
    """Settings with a database of the test's own."""
    return settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/helpline.db"})


@pytest.fixture
def clocked_machine(new_machine: NewMachine, ahead: Path, own: Settings) -> Iterator[Machine]:
    """One by that clock; anna may sign in there."""
    port = str(free_port())
    here = f"http://127.0.0.1:{port}"
    more = {clocked.CLOCK_AHEAD: str(ahead), "PYTHONPATH": str(ROOT), "PORT": port, "HELPLINE_CONSOLE_URL": here}
    machine = new_machine(own.database_url, command=COMMAND, **more)
    machine.start()
    anna = Operator("anna", "operator", passwords.hashed(PASSWORD), None)
    bootstrap.operators(own).add(anna, at=bootstrap.now(), by="root")
    yield machine
    machine.stop()


@pytest.fixture
def browser(clocked_machine: Machine) -> Iterator[Browser]:
    """In which anna is signed in."""
    with httpx.Client(base_url=clocked_machine.address, timeout=20) as client:
        browser = Browser(client, clocked_machine.address)
        assert browser.sign_in().status_code == 303
        yield browser


def announce(own: Settings) -> None:
    """Every caller hears a sentence more, for twelve hours."""
    desk = bootstrap.publishing(own)
    base = desk.live()
    assert base
    said = Announcement("all", {"nl": "Het duurt langer."}, bootstrap.now() + timedelta(hours=12), "anna", "x")
    told = {"author": "anna", "action": "announce", "subject": "all", "reason": "x"}
    desk.versions.publish(replace(base.content, announcements=(said,)), on=base.number, at=bootstrap.now(), **told)


def until_announced(machine: Machine, *, yes: bool) -> None:
    """Returns when that is in force, or not in force any more."""
    until(lambda: machine.metric("announcements") == yes, "the announcement")


def test_an_hour_back_and_a_day_ahead(
    clocked_machine: Machine, ahead: Path, own: Settings, browser: Browser, country: Country, tell: Tell
) -> None:
    """Each call has one row, of no absurd length; who is signed in stays so; an announcement ends, and begins again."""
    trial = Trial([clocked_machine], country, Books(own.database_url, own), tell)
    with trial.callers() as callers:
        callers.go_on(5)
        clocked.set_ahead(ahead, -AN_HOUR)
        announce(own)
        until_announced(clocked_machine, yes=True)
        signed_in = [browser.get("/console").status_code]
        callers.go_on(10)
        clocked.set_ahead(ahead, A_DAY)
        bootstrap.retention(own).close(bootstrap.now() + A_DAY)  # as each process does once an hour
        until_announced(clocked_machine, yes=False)
        callers.go_on(10)
        clocked.set_ahead(ahead, timedelta())
        until_announced(clocked_machine, yes=True)
        signed_in.append(browser.get("/console").status_code)
        callers.go_on(5)
    trial.costs_nothing(callers, "clock an hour back, then a day ahead, then right")
    kept = Books(own.database_url, own).kept()
    assert len(calls_in(Database(own.database_url))) == len(kept) == len(callers.played)
    assert [each for each in kept.values() if not 0 <= (each.seconds_to_ring or 0) <= A_CALL_SECONDS] == []
    assert signed_in == [200, 200]
