"""Texts over real HTTP, with real signatures."""

from __future__ import annotations

import re
from itertools import count

import httpx
import pytest

from helpline.bootstrap import Helpline
from helpline.switchboard.texts import Texts
from tests.conftest import OWN_NUMBER
from tests.web.carrier import Carrier

_sids = count()
NOTHING = "<Response></Response>"


def text(carrier: Carrier, body: str, sender: str = "+31612345611", path: str = "/sms", **more: str) -> str:
    """The document that a text is answered with."""
    fields = {
        "ToCountry": "NL",
        "SmsMessageSid": f"SM{next(_sids):032}",
        "NumMedia": "0",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": body,
        "To": OWN_NUMBER,
        "NumSegments": "1",
        "MessageSid": f"SM{next(_sids):032}",
        "AccountSid": "AC" + "0" * 32,
        "From": sender,
        "ApiVersion": "2010-04-01",
    } | more
    response = carrier.client.post(path, data=fields, headers={"X-Twilio-Signature": carrier.signature(path, fields)})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/xml")
    return response.text


def test_a_postcode_is_answered_with_its_organisation(carrier: Carrier) -> None:
    """One message goes back, with the organisation, the number to ring, and 112."""
    answer = text(carrier, "3011", sender="+31612345612")
    [message] = re.findall(r'<Message action="/sms/status">(.*?)</Message>', answer)
    assert "Veilig Thuis Rotterdam Rijnmond" in message
    assert "0800-2000" in message
    assert "112" in message


@pytest.mark.parametrize("sender", ["1400", "Belasting", OWN_NUMBER, "", "anonymous", "+266696687"])
def test_nobody_gets_nothing(carrier: Carrier, sender: str) -> None:
    """A sender that is nobody's telephone gets an empty document."""
    assert text(carrier, "help", sender=sender).endswith(NOTHING)


def test_stop_gets_nothing(carrier: Carrier) -> None:
    """After a stop word, ours or one that only the carrier knows, nothing is sent."""
    assert text(carrier, "STOP").endswith(NOTHING)
    assert text(carrier, "arret", OptOutType="STOP").endswith(NOTHING)
    assert "112" in text(carrier, "HELP", sender="+31612345613", OptOutType="HELP")


def test_pictures_are_not_looked_at(carrier: Carrier) -> None:
    """The words beside a picture are answered; the picture is never asked for."""
    answer = text(
        carrier,
        "3011",
        sender="+31612345614",
        NumMedia="1",
        MediaContentType0="image/jpeg",
        MediaUrl0="http://127.0.0.1:9/would-fail",
    )
    assert "Rotterdam" in answer


def test_a_status_is_noted_and_nothing_is_sent(carrier: Carrier) -> None:
    """Whatever became of a text of ours, a failed delivery too, the answer is 204 and empty."""
    for status in ("sent", "delivered", "undelivered", "failed", "whatever"):
        response = carrier.post("/sms/status", MessageSid="SM" + "1" * 32, MessageStatus=status)
        assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize("path", ["/sms", "/sms/status"])
def test_only_the_carrier_gets_in(address: str, path: str) -> None:
    """Without a signature nothing is answered."""
    assert httpx.post(f"{address}{path}", data={"Body": "help"}).status_code == 403


def test_a_fault_of_ours_still_says_112(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the answer cannot be worked out, a person reads 112 and our number; a machine still gets nothing."""

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Texts, "answer", broken)
    answer = text(carrier, "3011", sender="+31612345615")
    assert "0800-2000" in answer
    assert "Bel 112" in answer
    assert "Call 112" in answer
    assert text(carrier, "3011", sender="1400").endswith(NOTHING)


def test_a_mistyped_address_is_answered_as_a_fault(carrier: Carrier) -> None:
    """A text that Twilio sends to an address we do not have still gets its last resort, and no telephone call."""
    answer = text(carrier, "3011", sender="+31612345616", path="/smss")
    assert "0800-2000" in answer
    assert "<Dial" not in answer


def test_letters_that_would_break_the_document_do_not(carrier: Carrier, helpline: Helpline) -> None:
    """Whatever is texted, the answer is a whole document without a word of it."""
    for body in ("<Response>&", "\x00\x01", "😀", "\ud83d", "x" * 1600):
        answer = text(carrier, body.encode("utf-8", "replace").decode(), sender="+31612345617")
        assert answer.count("<Message ") == 1
        assert "x" * 20 not in answer
