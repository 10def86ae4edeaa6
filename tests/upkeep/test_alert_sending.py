"""Alerts on their way: to a webhook, and as a text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import httpx
import pytest
import respx

from helpline import log
from helpline.errors import CarrierAway, CarrierRefused
from helpline.upkeep import alert_sending
from helpline.upkeep.alert_groups import Alert
from helpline.upkeep.alert_sending import AlertSending
from tests.clock import Clock
from tests.conftest import OWN_NUMBER, TODAY

HOOK = "https://hooks.example/services/a-secret"
OPERATOR = "+31612345677"
ALERTS = [Alert("table_refused", "routing table", 1, TODAY), Alert("fault", "Diverged", 3, TODAY)]
SENTENCES = ["The table was refused.", "Diverged: 3 times."]


class Texts:
    """Twilio, which raises these faults first and then takes each text."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.sent: list[tuple[str, str, str]] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Texts]:
        """The same for everybody."""
        yield self

    async def send_message(self, *, to: str, sender: str, body: str) -> object:
        """Kept, not sent."""
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((to, sender, body))
        return None


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tries follow each other at once."""
    log.configure()
    monkeypatch.setattr(alert_sending, "WAITS", (0.0, 0.0))


def send(texts: Texts, *, url: str | None = HOOK, numbers: tuple[str, ...] = (), sentences: list[str]) -> None:
    """Sends the alerts with these sentences."""
    sending = AlertSending(url, numbers, sender=OWN_NUMBER, texting=texts.open, clock=Clock(TODAY))
    anyio.run(sending, ALERTS, sentences)


def test_a_webhook_gets_words_and_each_alert(respx_mock: respx.MockRouter) -> None:
    """One POST: `text` for chat services, `alerts` for programs."""
    hook = respx_mock.post(HOOK).respond(200)
    send(Texts(), sentences=SENTENCES)
    assert json.loads(hook.calls[0].request.content) == {
        "text": "Helpline, 11:00:\nThe table was refused.\nDiverged: 3 times.",
        "alerts": [
            {"kind": "table_refused", "subject": "routing table", "count": 1, "since": "2026-11-23T11:00:00+01:00"},
            {"kind": "fault", "subject": "Diverged", "count": 3, "since": "2026-11-23T11:00:00+01:00"},
        ],
    }


def test_each_operator_gets_a_text() -> None:
    """From the helpline's first number, the same words."""
    texts = Texts()
    send(texts, url=None, numbers=(OPERATOR, "+31612345678"), sentences=SENTENCES)
    body = "Helpline, 11:00:\nThe table was refused.\nDiverged: 3 times."
    assert sorted(texts.sent) == [(OPERATOR, OWN_NUMBER, body), ("+31612345678", OWN_NUMBER, body)]


def test_a_text_is_two_segments_at_most() -> None:
    """Whole sentences as far as they fit, then how many more there are; no sign that would make it longer."""
    texts = Texts()
    send(texts, url=None, numbers=(OPERATOR,), sentences=[f"Sentence [{number}] €." * 4 for number in range(9)])
    [(_, _, body)] = texts.sent
    assert len(body) <= 306
    assert body.endswith("and 5 more: see the log.")
    assert "Sentence (0) ?." in body


def test_a_sentence_that_is_too_long_is_counted() -> None:
    """Where not even one fits, the text says how many there are."""
    texts = Texts()
    send(texts, url=None, numbers=(OPERATOR,), sentences=["x" * 400])
    assert texts.sent[0][2] == "Helpline, 11:00: alerts, 1 in all: see the log."


def test_what_fails_is_tried_again(respx_mock: respx.MockRouter) -> None:
    """A fault of the net, and an answer that is no success, cost a try, not the alert."""
    hook = respx_mock.post(HOOK)
    hook.side_effect = [httpx.ConnectError("no"), httpx.Response(500), httpx.Response(204)]
    texts = Texts(CarrierAway("no"), CarrierAway("no"))
    send(texts, numbers=(OPERATOR,), sentences=SENTENCES)
    assert hook.call_count == 3
    assert len(texts.sent) == 1


def test_one_way_that_fails_costs_the_other_nothing_and_no_secret_is_logged(
    respx_mock: respx.MockRouter, capfd: pytest.CaptureFixture[str]
) -> None:
    """A webhook that is gone is logged without its address; the text is sent."""
    respx_mock.post(HOOK).respond(404)
    texts = Texts()
    send(texts, numbers=(OPERATOR,), sentences=SENTENCES)
    line = json.loads(capfd.readouterr().err)
    assert (line["event"], line["by"], line["kind"]) == ("alert_not_sent", "webhook", "NotTaken")
    assert "hooks.example" not in json.dumps(line)
    assert len(texts.sent) == 1


def test_what_twilio_refuses_is_not_tried_again(capfd: pytest.CaptureFixture[str]) -> None:
    """Asking again would not help; the operator's number is not logged."""
    texts = Texts(CarrierRefused(f"{OPERATOR} has said STOP", code=21610, help=""))
    send(texts, url=None, numbers=(OPERATOR,), sentences=SENTENCES)
    told = capfd.readouterr().err
    assert texts.sent == []
    assert '"kind":"CarrierRefused"' in told
    assert OPERATOR[3:] not in told


def test_an_address_that_is_none_is_logged(capfd: pytest.CaptureFixture[str]) -> None:
    """A webhook that was set wrong stops nothing."""
    send(Texts(), url="not an address", sentences=SENTENCES)
    assert "alert_not_sent" in capfd.readouterr().err


def test_a_way_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """The next alerts do not wait for ever for these."""
    monkeypatch.setattr(alert_sending, "MOST_SECONDS_IN_ALL", 0.01)
    texts = Texts()

    async def hang(**_: str) -> object:
        await anyio.sleep(60)
        return None

    monkeypatch.setattr(texts, "send_message", hang)
    send(texts, url=None, numbers=(OPERATOR,), sentences=SENTENCES)
    assert '"kind":"TimeoutError"' in capfd.readouterr().err
