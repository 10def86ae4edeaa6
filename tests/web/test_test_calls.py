"""The key of a test call, over real HTTP."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.storage.database import Database
from helpline.storage.tested_number import TestedNumber
from tests.conftest import TODAY
from tests.web.carrier import FIELDS, Carrier
from tests.web.test_erasure import carrier_of


class Rows:
    """What is written down."""

    def __init__(self) -> None:
        self.pressed: list[tuple[TestedNumber, str]] = []
        self.away = False

    def press(self, number: TestedNumber, call: str, at: object) -> None:
        """Kept in memory; or the database is away."""
        assert at == TODAY
        if self.away:
            raise OSError("the disk is gone")
        self.pressed.append((number, call))


@pytest.fixture
def rows(helpline: Helpline, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """In place of the database."""
    kept = Rows()
    monkeypatch.setattr(helpline.rung, "press", kept.press)
    return kept


def target(helpline: Helpline, *, place: str = "2", line: str = "advice", version: str = "") -> str:
    """Where the key of a test call to Utrecht goes."""
    version = version or helpline.directory.current.version
    return f"/voice/test-call?organisation=utrecht&line={line}&place={place}&version={version}&last=no"


def test_key_1_is_written_down_and_thanked(carrier: Carrier, helpline: Helpline, rows: Rows) -> None:
    """The number is that of the version by which it was rung."""
    answer = carrier.post(target(helpline), Digits="1").text
    assert "Dank u wel." in answer
    assert rows.pressed == [(TestedNumber("utrecht", "advice", "+31300000002"), FIELDS["CallSid"])]


@pytest.mark.parametrize("keys", ["2", "", "*", "11"])
def test_any_other_key_is_asked_again(carrier: Carrier, helpline: Helpline, rows: Rows, keys: str) -> None:
    """Only 1 counts."""
    assert "<Gather" in carrier.post(target(helpline), Digits=keys).text
    assert rows.pressed == []


@pytest.mark.parametrize(
    "changes", [{"place": "9"}, {"place": "x"}, {"line": "chat"}, {"version": "another-0-version"}]
)
def test_a_number_that_is_not_here_counts_for_nothing(
    carrier: Carrier, helpline: Helpline, rows: Rows, changes: dict[str, str]
) -> None:
    """The call ends; nobody is put through to the national desk by a test call."""
    answer = carrier.post(target(helpline, **changes), Digits="1").text
    assert answer.endswith("<Response><Hangup/></Response>")
    assert rows.pressed == []


def test_nobody_is_thanked_for_what_could_not_be_kept(carrier: Carrier, helpline: Helpline, rows: Rows) -> None:
    """A database that is away: the call ends, and counts as not accepted."""
    rows.away = True
    assert carrier.post(target(helpline), Digits="1").text.endswith("<Response><Hangup/></Response>")


def test_only_twilio_can_press_a_key(carrier: Carrier, helpline: Helpline, rows: Rows) -> None:
    """Without a signature nothing is written."""
    assert carrier.client.post(target(helpline), data={**FIELDS, "Digits": "1"}).status_code == 403
    assert rows.pressed == []


def test_a_key_does_not_wait_longer_than_twilio_does(helpline: Helpline, tmp_path: Path) -> None:
    """While another process holds the database, whoever pressed hears within three seconds that it did not count."""
    file = tmp_path / "held.db"
    own = helpline.settings.model_copy(update={"database_url": f"sqlite:///{file}"})
    Database(own.database_url).upgrade()
    service = bootstrap.helpline(own, placeholders_allowed=True, clock=helpline.clock)
    with carrier_of(service) as carrier, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = carrier.post(target(service), Digits="1")
        other.rollback()
        assert answer.text.endswith("<Response><Hangup/></Response>")
        assert answer.elapsed < timedelta(seconds=3)
        assert "Dank u wel." in carrier.post(target(service), Digits="1").text
