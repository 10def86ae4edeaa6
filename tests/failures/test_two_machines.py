"""Two machines on one database, behind a proxy that gives each request to the next: one may go at any moment."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from helpline import bootstrap
from helpline.directory.content import Content, Diversion
from helpline.directory.table import Table
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from tests.failures.callers import Callers, Played
from tests.failures.machine import Machine, until
from tests.failures.proxy import Proxy, handing_on
from tests.failures.reckoning import Reckoning
from tests.failures.trial import Trial
from tests.web.carrier import Carrier, action
from tests.web.test_published import rung

pytestmark = pytest.mark.slow
PROMISED_SECONDS = 2.0
BUSY_SECONDS = 8.0  # what that may become on a machine that tests use at the same time
DIVERSION = Diversion(
    "zeeland", "advice", "west-brabant", accept=False, until=datetime(2100, 1, 1, tzinfo=UTC), author="anna", reason="x"
)
UNWRITTEN_SECONDS = 5.0  # within so long a note is in the database: half a second, but for a machine that is busy


@pytest.fixture
def proxy(machines: Sequence[Machine]) -> Iterator[Proxy]:
    """Before both."""
    with handing_on([machine.port for machine in machines]) as proxy:
        yield proxy


@pytest.fixture
def desk(settings: Settings, server_url: str) -> Publishing:
    """Where operators publish; without the walk of every path, which takes seconds."""
    return bootstrap.publishing(settings.model_copy(update={"database_url": server_url}))


def go_live(desk: Publishing, content: Content) -> tuple[str, datetime]:
    """Makes it the live version; its number, and the moment at which everybody can see it."""
    base = desk.live()
    assert base
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Why"}
    version = desk.versions.publish(content, on=base.number, at=bootstrap.now(), **told)
    return str(version.number), bootstrap.now()


def seconds_until_everywhere(machines: Sequence[Machine], number: str, since: datetime) -> float:
    """How long it took until the last worker of all machines had taken up this version, as each of them logs it."""

    def taken_up() -> list[datetime]:
        lines = [line for machine in machines for line in machine.lines("table_taken_up")]
        return [datetime.fromisoformat(line["timestamp"]) for line in lines if line["version"].startswith(f"{number}-")]

    workers = sum(machine.workers for machine in machines)
    until(lambda: len(taken_up()) == workers, f"version {number} everywhere")
    return (max(taken_up()) - since).total_seconds()


def versions_of_each(callers: Callers) -> list[set[str]]:
    """The versions by which the turns of each call were answered."""
    return [{sent.version for sent in each.sent if sent.version} for each in callers.played]


def rung_for_zeeland(proxy: Proxy) -> str:
    """The number that is dialled for somebody who keys a postcode there."""
    with httpx.Client(base_url=proxy.address) as client:
        carrier = Carrier(client)
        return rung(carrier.post(action(carrier.post("/voice").text), Digits="4331").text)


def test_a_version_and_a_diversion_are_everywhere_at_once(
    trial_of_two: Trial, machines: Sequence[Machine], proxy: Proxy, desk: Publishing, served_table: Table
) -> None:
    """Within two seconds, and each call goes on by the version that it began with."""
    base = desk.live()
    assert base
    edited = replace(base.content, files={name: f"{text}\n" for name, text in base.content.files.items()})
    dialled = [rung_for_zeeland(proxy)]
    with trial_of_two.callers(proxy.address, nobody_for={"zeeland"}) as callers:
        callers.go_on(10)
        published = seconds_until_everywhere(machines, *go_live(desk, edited))
        callers.go_on(10)
        diverted = seconds_until_everywhere(machines, *go_live(desk, replace(edited, diversions=(DIVERSION,))))
        callers.go_on(10)
    dialled.append(rung_for_zeeland(proxy))
    go_live(desk, base.content)
    title = f"version in use by all four processes after {published:.1f} s, diversion after {diverted:.1f} s"
    reckoning = trial_of_two.reckoned(callers, title, counts=False)
    assert reckoning.lost == reckoning.wrong == []
    assert reckoning.not_right == []
    assert max(published, diverted) < BUSY_SECONDS
    assert dialled == [served_table.routes("advice", name)[0].number for name in ("zeeland", "west-brabant")]
    assert max(map(len, versions_of_each(callers))) == 1
    assert len(set.union(*versions_of_each(callers))) == 3


def test_a_machine_is_killed(trial_of_two: Trial, machines: Sequence[Machine], proxy: Proxy) -> None:
    """With all its processes, while the turns of two hundred calls alternate between the two; later it is back."""
    with trial_of_two.callers(proxy.address, at_once=12) as callers:
        callers.go_on(70)
        machines[1].kill()
        killed_at = time.monotonic()
        callers.go_on(90)
        callers.come_to_an_end()
        machines[1].start()
    reckoning = trial_of_two.reckoned(callers, "one machine of two killed", counts=False)
    assert reckoning.calls >= 200
    assert reckoning.lost == reckoning.wrong == []
    assert min(proxy.answered.values()) > 100
    assert not_right_without_reason(reckoning, killed_at) == []


def test_a_worker_is_killed(trial_of_two: Trial, machines: Sequence[Machine], proxy: Proxy) -> None:
    """The others take the next turns of its calls, and another is put in its place."""
    begun = machines[0].metric("workers_begun_total")
    with trial_of_two.callers(proxy.address) as callers:
        callers.go_on(10)
        machines[0].kill_worker()
        killed_at = time.monotonic()
        until(lambda: machines[0].metric("workers_begun_total") > begun, "another worker in its place")
        callers.go_on(10)
    reckoning = trial_of_two.reckoned(callers, "one worker of four killed", counts=False)
    assert reckoning.lost == reckoning.wrong == []
    assert not_right_without_reason(reckoning, killed_at) == []


def test_a_machine_is_restarted(trial_of_two: Trial, machines: Sequence[Machine], proxy: Proxy) -> None:
    """As for a new release: it is told to stop and comes back on the same port, while the other serves."""
    with trial_of_two.callers(proxy.address) as callers:
        callers.go_on(10)
        machines[1].stop()
        callers.go_on(5)
        machines[1].start()
        callers.go_on(10)
    reckoning = trial_of_two.reckoned(callers, "one machine of two restarted", counts=False)
    assert reckoning.lost == reckoning.wrong == []
    assert reckoning.not_right == []


def not_right_without_reason(reckoning: Reckoning, killed_at: float) -> list[Played]:
    """Calls whose records are not right, and none of whose notes can have gone with what was killed at that moment."""
    gone = killed_at - UNWRITTEN_SECONDS
    return [each for each, _ in reckoning.not_right if not any(gone < sent.at < killed_at for sent in each.sent)]
