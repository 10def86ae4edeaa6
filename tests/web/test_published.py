"""A version that is published while the service runs, over real HTTP."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from helpline import bootstrap, log
from helpline.directory.content import Announcement, Content, Diversion
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.web import refresh
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in
from tests.web.carrier import Carrier, action

CALLS = 1000


@pytest.fixture
def own_clock() -> Clock:
    """A clock that only this test sets."""
    return Clock(TODAY)


@pytest.fixture
def desk(tmp_path: Path, settings: Settings, regions: Path, own_clock: Clock) -> Publishing:
    """The desk, with the shipped files live as version 1."""
    return desk_with_version_1(settings_in(tmp_path, settings, regions), own_clock)


@pytest.fixture
def carrier(tmp_path: Path, settings: Settings, regions: Path, own_clock: Clock, desk: Publishing) -> Iterator[Carrier]:
    """Twilio's side of a service that takes its table from the database."""
    log.configure()
    own = settings_in(tmp_path, settings, regions)
    helpline = bootstrap.helpline(own, published=True, placeholders_allowed=True, clock=own_clock)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        serving(helpline, listener),
        httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}") as client,
    ):
        yield Carrier(client)


def publish(desk: Publishing, content: Content) -> None:
    """Checked, walked and live."""
    desk.publish(desk.propose(desk.live(), content, "publish", "x"), "anna", "Why")


def with_number(content: Content, number: str) -> Content:
    """Utrecht rings another number first."""
    text = content.files["utrecht"].replace("+31 30 000 0001", number)
    return replace(content, files={**content.files, "utrecht": text})


def ready(carrier: Carrier) -> dict[str, Any]:
    """What /ready says."""
    told: dict[str, Any] = carrier.client.get("/ready").json()
    return told


def eventually(carrier: Carrier, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What /ready says as soon as it is as wanted; fails after some seconds."""
    for _ in range(100):
        if wanted(told := ready(carrier)):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def version_in(document: str) -> str:
    """The version that the next address of a document names."""
    return document.partition("trail=")[2].partition("-")[0]


def rung(document: str) -> str:
    """The number that a document dials."""
    return document.partition("<Number")[2].partition(">")[2].partition("<")[0]


def test_a_thousand_calls_in_flight_each_see_one_version(carrier: Carrier, desk: Publishing) -> None:
    """While versions are published calls begin and go on; each rings the numbers of the version it began with."""
    numbers = {"1": "+31300000001", "2": "+31300000008", "3": "+31300000009"}

    def publish_twice() -> None:
        for number in ("+31 30 000 0008", "+31 30 000 0009"):
            publish(desk, with_number(desk.versions.get(1).content, number))
            time.sleep(2 * refresh.EVERY_SECONDS)

    publishing = threading.Thread(target=publish_twice)
    begun = [carrier.post("/voice") for _ in range(CALLS // 2)]
    publishing.start()
    begun += [carrier.post("/voice") for _ in range(CALLS // 2)]
    rang = [(version_in(call.text), rung(carrier.post(action(call.text), Digits="3511").text)) for call in begun]
    publishing.join()
    eventually(carrier, lambda told: told["version"] == "3")
    late = [carrier.post(action(call.text), Digits="3511").text for call in begun]
    assert {call.status_code for call in begun} == {200}
    assert {numbers[version] == number for version, number in rang} == {True}
    assert [rung(document) for document in late] == [number for _, number in rang]
    newest = carrier.post("/voice").text
    assert rung(carrier.post(action(newest), Digits="3511").text) == numbers["3"]


def test_a_diversion_is_in_force_soon_and_ends_by_the_clock(
    carrier: Carrier, desk: Publishing, own_clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    """A diverted line rings elsewhere within two seconds, is shown while it does, and is itself again at its end."""
    end = TODAY + timedelta(hours=3)
    diversion = Diversion("zeeland", "advice", "+31612345602", accept=True, until=end, author="anna", reason="Fault")
    publish(desk, replace(desk.live().content, diversions=(diversion,)))
    told = eventually(carrier, lambda told: bool(told["diversions"]))
    shown = {"organisation": "zeeland", "line": "advice", "to": "a number"}
    assert told["diversions"] == [{**shown, "until": end.astimezone(UTC).isoformat()}]
    assert rung(carrier.post(action(carrier.post("/voice").text), Digits="4331").text) == "+31612345602"
    own_clock.moment = end
    assert eventually(carrier, lambda told: not told["diversions"])["version"] == "2"
    assert rung(carrier.post(action(carrier.post("/voice").text), Digits="4331").text) == "+31118000001"
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["organisation"] for line in lines if line["event"] == "diversion_in_force"] == ["zeeland"]
    assert all("612345602" not in json.dumps(line) for line in lines)


def test_an_announcement_is_heard_after_112(carrier: Carrier, desk: Publishing) -> None:
    """Every caller hears the sentence after the words about 112 and before the question."""
    words = {"nl": "Door een storing duurt het langer.", "en": "A fault makes this slower."}
    announcement = Announcement("all", words, TODAY + timedelta(hours=3), "anna", "Fault")
    publish(desk, replace(desk.live().content, announcements=(announcement,)))
    eventually(carrier, lambda told: bool(told["announcements"]))
    document = carrier.post("/voice").text
    places = [document.index(part) for part in ("Call 1 1 2", words["nl"], words["en"], "<Gather")]
    assert places == sorted(places)


def test_a_database_that_goes_away_costs_no_call_and_is_told_once(
    carrier: Carrier, desk: Publishing, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """While the database is away calls are answered from memory; when it is back changes are taken up again."""
    database = tmp_path / "var" / "helpline.db"
    database.rename(tmp_path / "away.db")
    told = eventually(carrier, lambda told: told["problem"] is not None)
    assert told["ready"]
    assert rung(carrier.post(action(carrier.post("/voice").text), Digits="3511").text) == "+31300000001"
    time.sleep(2 * refresh.EVERY_SECONDS)
    (tmp_path / "away.db").rename(database)
    eventually(carrier, lambda told: told["problem"] is None)
    events = [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert [event for event in events if event.startswith("database")] == ["database_away", "database_back"]


def test_diversions_are_told_again_every_hour(
    monkeypatch: pytest.MonkeyPatch, carrier: Carrier, desk: Publishing, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever reads the log of any hour sees what is diverted and announced."""
    monkeypatch.setattr(refresh, "REMIND_EVERY_SECONDS", 0)
    end = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    diversion = Diversion("zeeland", "advice", "west-brabant", accept=False, until=end, author="anna", reason="Fault")
    announcement = Announcement("zeeland", {"nl": "Het duurt langer."}, end, "anna", "Fault")
    publish(desk, replace(desk.live().content, diversions=(diversion,), announcements=(announcement,)))
    eventually(carrier, lambda told: bool(told["diversions"]))
    time.sleep(3 * refresh.EVERY_SECONDS)
    events = [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert events.count("diversion_in_force") > 2
    assert events.count("announcement_in_force") > 2
