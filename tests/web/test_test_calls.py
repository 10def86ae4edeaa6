"""The key of a test call, over real HTTP."""

from __future__ import annotations

import pytest

from helpline.bootstrap import Helpline
from helpline.storage.rung import TestedNumber
from tests.conftest import TODAY
from tests.web.carrier import FIELDS, Carrier


class Rows:
    """What is written down."""

    def __init__(self) -> None:
        self.added: list[tuple[TestedNumber, str]] = []
        self.away = False

    def add(self, number: TestedNumber, outcome: str, at: object) -> None:
        """Kept in memory; or the database is away."""
        assert at == TODAY
        if self.away:
            raise OSError("the disk is gone")
        self.added.append((number, outcome))


@pytest.fixture
def rows(helpline: Helpline, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """In place of the database."""
    kept = Rows()
    monkeypatch.setattr(helpline.rung, "add", kept.add)
    return kept


def target(helpline: Helpline, *, place: str = "2", line: str = "advice", version: str = "") -> str:
    """Where the key of a test call to Utrecht goes."""
    version = version or helpline.directory.current.version
    return f"/voice/test-call?organisation=utrecht&line={line}&place={place}&version={version}&last=no"


def test_key_1_is_written_down_and_thanked(carrier: Carrier, helpline: Helpline, rows: Rows) -> None:
    """The number is that of the version by which it was rung."""
    answer = carrier.post(target(helpline), Digits="1").text
    assert "Dank u wel." in answer
    assert rows.added == [(TestedNumber("utrecht", "advice", "+31300000002"), "accepted")]


@pytest.mark.parametrize("keys", ["2", "", "*", "11"])
def test_any_other_key_is_asked_again(carrier: Carrier, helpline: Helpline, rows: Rows, keys: str) -> None:
    """Only 1 counts."""
    assert "<Gather" in carrier.post(target(helpline), Digits=keys).text
    assert rows.added == []


@pytest.mark.parametrize(
    "changes", [{"place": "9"}, {"place": "x"}, {"line": "chat"}, {"version": "another-0-version"}]
)
def test_a_number_that_is_not_here_counts_for_nothing(
    carrier: Carrier, helpline: Helpline, rows: Rows, changes: dict[str, str]
) -> None:
    """The call ends; nobody is put through to the national desk by a test call."""
    answer = carrier.post(target(helpline, **changes), Digits="1").text
    assert answer.endswith("<Response><Hangup/></Response>")
    assert rows.added == []


def test_nobody_is_thanked_for_what_could_not_be_kept(carrier: Carrier, helpline: Helpline, rows: Rows) -> None:
    """A database that is away: the call ends, and counts as not accepted."""
    rows.away = True
    assert carrier.post(target(helpline), Digits="1").text.endswith("<Response><Hangup/></Response>")


def test_only_twilio_can_press_a_key(carrier: Carrier, helpline: Helpline, rows: Rows) -> None:
    """Without a signature nothing is written."""
    assert carrier.client.post(target(helpline), data={**FIELDS, "Digits": "1"}).status_code == 403
    assert rows.added == []
