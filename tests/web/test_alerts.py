"""Alerts of a running service, over real HTTP."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
import pytest

from helpline import bootstrap, log
from helpline.bootstrap import Helpline
from helpline.errors import DatabaseAway
from helpline.settings import Settings
from helpline.upkeep.alert_groups import Alert
from helpline.upkeep.alerts import Alerts
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import TODAY
from tests.web.carrier import Carrier, action

CALLER, POSTCODE = "612345601", "3511"


@dataclass(frozen=True)
class Service:
    """A running service, the clock of its alerts, and every message that they told."""

    helpline: Helpline
    carrier: Carrier
    clock: Clock
    told: list[list[str]]

    def call(self, **how: str) -> str:
        """A call to Utrecht whose first dial ends so; the document of the turn after it."""
        ringing = self.carrier.post(action(self.carrier.post("/voice").text), Digits=POSTCODE).text
        return self.carrier.post(action(ringing), how).text

    def until(self, ready: Callable[[], object]) -> None:
        """Waits for it, some seconds at most."""
        for _ in range(100):
            if ready():
                return
            time.sleep(0.1)
        raise AssertionError(self.told)


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """The service, whose operators are this test."""
    log.configure()
    clock, told = Clock(TODAY), list[list[str]]()

    async def send(_: Sequence[Alert], sentences: Sequence[str]) -> None:
        told.append(list(sentences))

    alerts = Alerts(failed_dials=3, within=timedelta(minutes=10), clock=clock, send=send)
    helpline = replace(bootstrap.helpline(settings, placeholders_allowed=True), alerts=alerts)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        serving(helpline, listener),
        httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}") as client,
    ):
        yield Service(helpline, Carrier(client), clock, told)


def test_three_unanswered_dials_are_one_message(service: Service, capfd: pytest.CaptureFixture[str]) -> None:
    """Operators are told of the line once, and neither they nor the log learn anything of a caller."""
    for status in ("no-answer", "busy", "no-answer"):
        service.call(DialCallStatus=status)
    service.clock.moment += timedelta(seconds=61)
    service.until(lambda: service.told)
    time.sleep(1.5)
    [[told]] = service.told
    assert told.startswith("utrecht advice: 3 dials in a row not answered in 10 minutes (2 no-answer, 1 busy).")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["subject"] for line in lines if line["event"] == "alert"] == ["utrecht advice"]
    assert CALLER not in json.dumps([told, lines])
    assert POSTCODE not in json.dumps([told, lines])


def test_a_call_goes_on_whatever_goes_wrong_with_alerts(
    service: Service, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A fault in what tells operators costs the caller nothing, and the log says that there was one."""

    def broken(*_: object) -> None:
        raise RuntimeError(CALLER)

    monkeypatch.setattr(service.helpline.alerts, "dialled", broken)
    monkeypatch.setattr(service.helpline.alerts, "fault", broken)
    assert "+31300000002" in service.call(DialCallStatus="busy")
    assert "<Dial" in service.carrier.post("/voice/an-address-that-never-was").text
    told = capfd.readouterr().err
    assert told.count("beside_the_call") == 2
    assert CALLER not in told


def test_a_fault_of_ours_is_told(service: Service) -> None:
    """A call that met one is counted under its kind."""
    for _ in range(2):
        service.carrier.post("/voice/an-address-that-never-was")
    service.clock.moment += timedelta(seconds=61)
    service.until(lambda: service.told)
    assert service.told[0][0].startswith("Diverged: a fault of ours was answered with the last resort (2 times).")


def test_a_version_that_is_refused_and_a_database_that_is_away_are_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps changes from being taken up reaches the operators."""
    faults: list[Exception] = [RuntimeError("a faulty version")]

    def look() -> None:
        raise faults[0] if len(faults) == 1 else faults.pop(0)

    faults.append(DatabaseAway("the disk is gone"))
    monkeypatch.setattr(service.helpline.directory, "look", look)
    time.sleep(2.5)

    def both_told() -> bool:
        service.clock.moment += timedelta(seconds=10)
        return len(service.told) > 1

    service.until(both_told)
    assert service.told[0][0].startswith("A new version of the routing table was refused")
    assert service.told[1][0].startswith("The database is away since 11:")
