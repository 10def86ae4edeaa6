"""A service over real HTTP, whose database server hangs, or is swapped for an empty one."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from helpline import bootstrap, log
from helpline.directory.live import AWAY
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in
from tests.postgresql import USER, Server
from tests.web.carrier import Carrier, action
from tests.web.test_published import eventually, publish, rung, with_number


@pytest.fixture
def own(tmp_path: Path, settings: Settings, regions: Path, postgresql_url: str) -> Settings:
    """Settings with a database on the server."""
    return settings_in(tmp_path, settings, regions).model_copy(update={"database_url": postgresql_url})


@pytest.fixture
def desk(own: Settings) -> Publishing:
    """The desk, with the shipped files live as version 1, and another number of Utrecht's as version 2."""
    desk = desk_with_version_1(own, Clock(TODAY))
    publish(desk, with_number(desk.live().content, "+31 30 000 0008"))
    return desk


@pytest.fixture
def carrier(own: Settings, desk: Publishing) -> Iterator[Carrier]:
    """Twilio's side of a service that takes its table from there."""
    log.configure()
    helpline = bootstrap.helpline(own, published=True, placeholders_allowed=True, clock=Clock(TODAY))
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        serving(helpline, listener),
        httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}") as client,
    ):
        yield Carrier(client)


def events(capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What was logged of the database."""
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    return [line["event"] for line in lines if line["event"].startswith("database")]


@pytest.mark.slow
def test_a_server_that_hangs_costs_no_call(
    carrier: Carrier, postgresql: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    """Calls are answered at once all the while; it is told once, and work goes on when the server does."""
    postgresql.freeze()
    begun = time.monotonic()
    eventually(carrier, lambda told: told["problem"] == AWAY)
    for _ in range(20):
        assert rung(carrier.post(action(carrier.post("/voice").text), Digits="3511").text) == "+31300000008"
    assert time.monotonic() - begun < 60
    postgresql.thaw()
    eventually(carrier, lambda told: told["problem"] is None)
    assert events(capfd) == ["database_away", "database_back"]


def test_a_server_swapped_for_an_empty_one_is_filled_again(
    carrier: Carrier, desk: Publishing, postgresql: Server, own: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    """A call that began before goes on with its table, and what is published next is taken up under the next number."""
    before = carrier.post("/voice").text
    postgresql.run("DROP OWNED BY {} CASCADE", USER, database=own.database_url.rpartition("/")[2])
    while not desk.versions.database.is_there or desk.versions.head() is None:
        time.sleep(0.05)
    assert [(entry.version, entry.action) for entry in desk.versions.log()] == [(2, "put back")]
    assert rung(carrier.post(action(before), Digits="3511").text) == "+31300000008"
    content = desk.live().content
    shorter = content.files["utrecht"].replace('"+31 30 000 0008", ', "")
    publish(desk, replace(content, files={**content.files, "utrecht": shorter}))
    eventually(carrier, lambda told: told["version"] == "3")
    assert events(capfd) == ["database_refilled"]
