"""A service that gives no call: the error's number in plain words, what the caller hears, and an end all the same."""

from __future__ import annotations

import threading

import pytest

from helpline.simulator.account import TwilioNumber
from helpline.simulator.events import How, Warned
from helpline.simulator.party import Answered, Busy, Keys, RingReply
from helpline.simulator.player import APOLOGY, Call
from helpline.simulator.stage import MAX_DOCUMENTS, MAX_SECONDS
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, Asked, Reply, Service, heard, how, only

VOICE = f"{PUBLIC}/voice"
NUMBER = "+31300000001"
PAGE = b"<!doctype html><title>Oops</title>"


def _told(call: Call) -> list[str]:
    return [each.words for each in only(call, Warned) if isinstance(each, Warned)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Reply(), f"11200: The answer is empty. ({VOICE})"),
        (
            Reply(b"\x00\xff rubbish"),
            "12100: The document is no XML: not well-formed (invalid token): line 1, column 1.",
        ),
        (
            Reply(PAGE, content_type="text/html"),
            "12100: The document is no XML: syntax error: line 1, column 0. It is a",
        ),
        (
            Reply(b"<html><p>Oops</p></html>", content_type="text/html; charset=utf-8"),
            "12102: The root element is <html>; Twilio takes <Response>. It is a web page, written for people.",
        ),
        (Reply(PAGE, status=500, content_type="text/html"), f"11200: The answer from {VOICE} has status 500."),
        (Reply(status=302, headers=(("Location", "/voice"),)), "11215: More than 10 redirects."),
        (Reply(b"<Response>" + b" " * 70_000 + b"</Response>"), "11750: The answer is larger than 64 kB."),
    ],
    ids=["nothing", "rubbish", "page", "page in XML", "error page", "redirects", "70 kB"],
)
def test_an_answer_that_is_no_call(service: Service, answer: Reply, told: str) -> None:
    """Twilio shows why, tells the caller that something went wrong, and hangs up."""
    service.on("/voice", answer)
    call = service.telephone().call(CALLER, Scripted())
    [shown] = _told(call)
    assert shown.startswith(f"Twilio's debugger shows {told}")
    assert (heard(call), how(call)) == ([APOLOGY], How.ERROR)


def test_no_answer_at_all(service: Service) -> None:
    """A service that takes the request and says nothing is waited for as long as Twilio waits, and no longer."""
    end = threading.Event()

    def silent(_: Asked) -> Reply:
        end.wait(5)
        return Reply()

    service.on("/voice", silent)
    call = service.telephone(TwilioNumber(HELPLINE, voice_url="/voice#rt=200")).call(CALLER, Scripted())
    end.set()
    assert _told(call) == [f"Twilio's debugger shows 11205: No answer in time from {VOICE}."]
    assert (heard(call), how(call)) == ([APOLOGY], How.ERROR)


@pytest.mark.parametrize(
    ("first", "following", "ring"),
    [
        ("<Redirect>/round</Redirect>", "<Redirect>/voice</Redirect>", Busy()),
        ("<Say>Een ogenblik.</Say><Redirect>/voice</Redirect>", "", Busy()),
        ('<Gather numDigits="1"><Say>Toets 1.</Say></Gather><Redirect>/voice</Redirect>', "", Busy()),
        (f'<Dial action="/voice">{NUMBER}</Dial>', "", Busy()),
        (f'<Dial><Number url="/round">{NUMBER}</Number></Dial>', "<Redirect>/round</Redirect>", Answered()),
    ],
    ids=["documents", "words", "question", "ring", "whisper"],
)
def test_a_call_in_circles(service: Service, first: str, following: str, ring: RingReply) -> None:
    """Documents that lead to each other for ever are stopped after a number of them, wherever the circle is."""
    service.on("/voice", first)
    service.on("/round", following)
    party = Scripted(*[Keys("1")] * MAX_DOCUMENTS, rings=[ring] * MAX_DOCUMENTS)
    call = service.telephone().call(CALLER, party)
    assert (how(call), len(service.asked)) == (How.TOO_MANY, MAX_DOCUMENTS)
    assert str(MAX_DOCUMENTS) in How.TOO_MANY.value


def test_a_call_that_lasts_for_ever(service: Service) -> None:
    """Words without end are stopped by the clock."""
    service.on("/voice", f'<Say loop="0">{"woord " * 60}</Say>')
    assert how(service.telephone().call(CALLER, Scripted())) is How.TOO_LONG
    assert (MAX_SECONDS / 3600, How.TOO_LONG.value) == (6, "it did not end: stopped after six hours")
