"""What Twilio's debugger shows, by its numbers: for each number something that raises it."""

from __future__ import annotations

import socket

import httpx
import pytest

from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.checking import Notification
from helpline.simulator.events import Warned
from helpline.simulator.party import Busy, Spoken
from helpline.simulator.player import Telephone
from helpline.simulator.texting import Messenger
from helpline.simulator.webhook import Webhook
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, TOKEN, Prepared, Reply, Service, only, twiml

NUMBER = "+31300000001"
MOVED = Reply(status=302, headers=(("Location", "/voice"),))
FOR_GOOD = Reply(status=308, headers=(("Location", "/other"),))


def _number_with(attributes: str) -> str:
    return f"<Dial><Number {attributes}>{NUMBER}</Number></Dial>"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param("<Redirect>ftp://x</Redirect>", 11100, marks=fact("Error", "11100 invalid URL")),
        pytest.param(Reply(status=500), 11200, marks=fact("Error", "11200 fetch failure")),
        pytest.param(Reply(status=429), 11200, marks=fact("Answer", "429 is an error like any other")),
        pytest.param(MOVED, 11215, marks=fact("Error", "11215 too many redirects")),
        pytest.param(FOR_GOOD, 11216, marks=fact("Error", "11216 redirect of a kind that is not followed")),
        pytest.param(Reply(b"x" * 70_000), 11750, marks=fact("Error", "11750 larger than 64 kB")),
        pytest.param(Reply(b"<Response><Say>a & b"), 12100, marks=fact("Error", "12100 no XML")),
        pytest.param(
            Reply(b"<?xml version='1.1'?><Response/>"), 12101, marks=fact("Error", "12101 another version of XML")
        ),
        pytest.param(Reply(b"<Answer/>"), 12102, marks=fact("Error", "12102 another root")),
        pytest.param('<Say colour="red">a</Say>', 12200, marks=fact("Error", "12200 schema")),
        pytest.param(Reply(b"{}", content_type="application/json"), 12300, marks=fact("Error", "12300 content type")),
        pytest.param(f'<Dial callerId="+31300009999">{NUMBER}</Dial>', 13214, marks=fact("Error", "13214 caller ID")),
        pytest.param("<Dial>112</Dial>", 13224, marks=fact("Error", "13224 number")),
        pytest.param(
            _number_with('statusCallbackEvent="gone"'), 13238, marks=fact("Error", "13238 attribute of Number")
        ),
        pytest.param(
            f'<Dial callerId="{"1" * 17}">{NUMBER}</Dial>', 13248, marks=fact("Error", "13248 length of caller ID")
        ),
        pytest.param(
            '<Gather input="speech" speechTimeout="auto" speechModel="phone_call"/>',
            13327,
            marks=fact("Error", "13327 speechTimeout"),
        ),
        pytest.param(
            '<Gather input="speech" language="ti-ER"/>', 13331, marks=fact("Error", "13331 language of Gather")
        ),
        pytest.param('<Gather actionOnEmptyResult="yes"/>', 13338, marks=fact("Error", "13338 actionOnEmptyResult")),
        pytest.param('<Say voice="Polly.Nobody">a</Say>', 13511, marks=fact("Error", "13511 voice")),
        pytest.param(
            '<Say voice="Polly.Lotte"><prosody rate="quick">a</prosody></Say>', 13513, marks=fact("Error", "13513 rate")
        ),
        pytest.param("<Say/>", 13520, marks=fact("Error", "13520 empty Say")),
    ],
)
def test_in_a_call(service: Service, answer: str | Prepared, code: int) -> None:
    """An answer of ours to a call that Twilio finds fault with."""
    service.on("/voice", answer)
    call = service.telephone().call(CALLER, Scripted(Spoken("Zeist"), rings=[Busy()]))
    assert {each.code for each in only(call, Warned) if isinstance(each, Warned)} >= {code}


@fact("Error", "15003 status callback")
def test_status_callback(service: Service) -> None:
    """A status callback that is not answered with 2xx."""
    service.on("/voice", "<Hangup/>")
    service.on("/status", Reply(status=500))
    number = TwilioNumber(HELPLINE, status_callback="/status")
    call = Telephone(service.telephone().twilio, number).call(CALLER, Scripted())
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [15003]


@pytest.mark.parametrize(
    ("answer", "body", "code"),
    [
        pytest.param("<Redirect/>", "3011", 14106, marks=fact("Error", "14106 documents in a chain")),
        pytest.param("<Message>a</Message>" * 11, "3011", 14109, marks=fact("Error", "14109 messages for one text")),
        pytest.param('<Message to="">a</Message>', "3011", 21211, marks=fact("Error", "21211 no number to send to")),
        pytest.param("<Message>a</Message>", "STOP", 21610, marks=fact("Error", "21610 after a stop word")),
    ],
)
def test_in_a_text(service: Service, answer: str, body: str, code: int) -> None:
    """An answer of ours to a text that Twilio finds fault with."""
    service.on("/sms", twiml(answer))
    texted = Messenger(service.telephone().twilio, TwilioNumber(HELPLINE)).text(CALLER, body)
    assert [each.code for each in texted.notifications] == [code]


@fact("Error", "11205 no connection")
def test_no_connection() -> None:
    """Nobody listens where our service should be."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert _reached(f"http://127.0.0.1:{unused.getsockname()[1]}") == 11205


@fact("Error", "11210 host not known")
def test_no_host() -> None:
    """The host of our service is not known."""
    assert _reached("http://nowhere.invalid") == 11210


@fact("Error", "11220 no TLS")
def test_no_tls(service: Service) -> None:
    """Our service does not speak TLS."""
    assert _reached(service.address.replace("http:", "https:")) == 11220


def _reached(address: str) -> int:
    with httpx.HTTPTransport() as transport:
        answer = Webhook(Twilio(PUBLIC, address, TOKEN), transport).fetch(f"{PUBLIC}/voice", "POST", ())
    assert isinstance(answer, Notification)
    return answer.code
