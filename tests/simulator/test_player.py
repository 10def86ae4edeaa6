"""A whole call: documents in a chain, relative URLs, fallback, the ways to end."""

from __future__ import annotations

import pytest

from helpline.simulator.account import TwilioNumber
from helpline.simulator.events import Ended, Heard, How, Warned
from helpline.simulator.party import Answered, Keys
from helpline.simulator.player import APOLOGY, Call
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, Prepared, Reply, Service, heard, how, only


def _play(service: Service, *verbs: str | Prepared, number: TwilioNumber | None = None) -> Call:
    service.on("/voice", *verbs)
    return service.telephone(number).call(CALLER, Scripted())


def _codes(call: Call) -> list[int]:
    return [each.code for each in only(call, Warned) if isinstance(each, Warned)]


@fact(
    "Request",
    "CallSid, AccountSid, From, To, CallStatus, ApiVersion and Direction always; geography may be empty; ringing first",
)
def test_first_request(service: Service) -> None:
    """A call begins with a POST of some thirty fields: ringing, inbound, geography empty."""
    _play(service, "<Hangup/>")
    [asked] = service.asked
    assert (asked.method, asked.path, len(asked.fields)) == ("POST", "/voice", 27)
    assert asked.fields["CallStatus"] == "ringing"
    assert asked.fields["Direction"] == "inbound"
    assert asked.fields["From"] == asked.fields["Caller"] == CALLER
    assert asked.fields["To"] == asked.fields["Called"] == HELPLINE
    assert asked.fields["FromCity"] == ""
    assert asked.fields["CallSid"].startswith("CA") and len(asked.fields["CallSid"]) == 34


def test_missing_from(service: Service) -> None:
    """A caller of None sends neither From nor Caller."""
    service.on("/voice", "<Hangup/>")
    service.telephone().call(None, Scripted())
    assert {"From", "Caller"} & set(service.asked[0].fields) == set()


@fact("Request", "CallStatus is in-progress once the call is answered")
def test_same_call(service: Service) -> None:
    """CallSid stays the same through a call, and CallStatus becomes in-progress."""
    _play(service, "<Say>a</Say><Redirect/>", "<Hangup/>")
    first, second = service.asked
    assert first.fields["CallSid"] == second.fields["CallSid"]
    assert second.fields["CallStatus"] == "in-progress"


@fact("Say", "Language en-US, voice man, loop 1 by default")
def test_heard(service: Service) -> None:
    """What is said is heard in its language and voice, at its second; a Pause takes its length."""
    service.on("/x.mp3", Reply(b"ID3", content_type="audio/mpeg"))
    call = _play(
        service,
        '<Say language="nl-NL" voice="Polly.Lotte">een twee</Say><Pause length="3"/>'
        '<Say loop="2">drie</Say><Play>/x.mp3</Play>',
    )
    assert call.events == (
        Heard("een twee", "nl-NL", "Polly.Lotte", 0.0),
        Heard("drie", "en-US", "man", 3.8),
        Heard("[sound /x.mp3]", "", "", 4.6),
        Ended(How.DOCUMENT_ENDED, 9.6),
    )


@fact("Pause", "As first verb it delays the pick-up")
def test_pause_first(service: Service) -> None:
    """A Pause as first verb delays the pick-up: the call's seconds begin after it."""
    call = _play(service, '<Pause length="3"/><Say>een</Say>')
    assert call.events[0] == Heard("een", "en-US", "man", 0.0)


@pytest.mark.parametrize("verbs", ["", "<Say>a</Say>"])
def test_end_of_document(service: Service, verbs: str) -> None:
    """The end of a document, and `<Response/>`, hang up."""
    assert how(_play(service, verbs)) is How.DOCUMENT_ENDED


@fact("Hangup", "At once")
def test_hangup(service: Service) -> None:
    """Hangup ends the call at once."""
    call = _play(service, "<Hangup/><Say>a</Say>")
    assert (heard(call), how(call)) == ([], How.HUNG_UP)


@fact("Redirect", "POST by default; verbs after it are ignored")
def test_redirect_ignores_what_follows(service: Service) -> None:
    """After Redirect nothing of the document plays."""
    service.on("/other", "<Say>other</Say>")
    assert heard(_play(service, "<Redirect>/other</Redirect><Say>a</Say>")) == ["other"]


@fact("Relative URLs", "Resolved against the URL of the document that holds them, its query dropped")
@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("next", "/voice/next"),
        ("../up", "/up"),
        ("?b=2", "/voice/deep?b=2"),
        ("/root#ct=1000", "/root"),
        (f"{PUBLIC}/whole", "/whole"),
        ("", "/voice/deep?a=1"),
    ],
)
def test_relative_urls(service: Service, written: str, target: str) -> None:
    """URLs are relative to the document they stand in; its query is dropped, a fragment never sent."""
    service.on("/voice", "<Redirect>/voice/deep?a=1</Redirect>")
    service.on("/voice/deep", f"<Redirect>{written}</Redirect>", "<Hangup/>")
    service.telephone().call(CALLER, Scripted())
    assert service.asked[2].target == target


@fact("Relative URLs", "After HTTP redirects, against where the document was found")
def test_relative_after_http_redirect(service: Service) -> None:
    """After an HTTP redirect URLs are relative to where the document was found."""
    service.on("/moved/here", "<Redirect>next</Redirect>")
    service.on("/moved/next", "<Say>found</Say>")
    moved = Reply(status=302, headers=(("Location", "/moved/here"),))
    assert heard(_play(service, moved)) == ["found"]


def test_redirect_loses_digits(service: Service) -> None:
    """An action that answers with an HTTP redirect loses Digits."""
    service.on("/voice", '<Gather numDigits="4" action="/answer"/>')
    service.on("/answer", Reply(status=302, headers=(("Location", "/other"),)))
    service.on("/other", "<Hangup/>")
    service.telephone().call(CALLER, Scripted(Keys("3511")))
    assert service.asked[1].fields["Digits"] == "3511"
    assert service.asked[2].fields == service.asked[2].query == {}


@fact("Reject", "Only as first verb; reason rejected or busy: status no-answer or busy")
@pytest.mark.parametrize(("reason", "status"), [("rejected", "no-answer"), ("busy", "busy")])
def test_reject(service: Service, reason: str, status: str) -> None:
    """Reject as first verb: the call is never answered, and ends with the status of its reason."""
    service.on("/status", "")
    number = TwilioNumber(HELPLINE, status_callback="/status")
    call = _play(service, f'<Reject reason="{reason}"/>', number=number)
    assert (how(call), service.at("/status")[0].fields["CallStatus"]) == (How.REJECTED, status)


@fact("Reject", "After another verb it acts as Hangup")
def test_reject_later(service: Service) -> None:
    """Reject after another verb acts as Hangup."""
    assert how(_play(service, "<Say>a</Say><Reject/>")) is How.HUNG_UP


@fact("Retries", "Without fallback: an application error is announced, and the call is hung up")
def test_error_without_fallback(service: Service) -> None:
    """A fatal error without fallback: an application error is announced, and the call ends."""
    call = _play(service, Reply(status=500))
    assert (_codes(call), heard(call), how(call)) == ([11200], [APOLOGY], How.ERROR)


@fact("Answer", "An empty body or 204 for a call is an error; so is more than 64 kB, and any other content type")
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Reply(b"<html></html>", content_type="text/html"), 12102),
        (Reply(b"garbage"), 12100),
        (Reply(b"x" * 70_000), 11750),
        (Reply(b""), 11200),
        (Reply(status=204), 11200),
        (Reply(b"{}", content_type="application/json"), 12300),
        (Reply(b"<Response/>", content_type=None), 11200),
    ],
)
def test_unreadable_answers(service: Service, answer: Reply, code: int) -> None:
    """Garbage, HTML, 70 kB, nothing, JSON and no content type are errors, each by Twilio's number."""
    call = _play(service, answer)
    assert (_codes(call), how(call)) == ([code], How.ERROR)


def test_looping_documents(service: Service) -> None:
    """A service that sends its caller in circles is stopped, and the end says so."""
    call = _play(service, "<Redirect/>")
    assert (how(call), len(service.asked)) == (How.TOO_MANY, 200)


@fact("Say", "loop 0 is endless, a thousand times at most")
def test_endless_speech(service: Service) -> None:
    """A call that lasts beyond six hours is stopped, and the end says so."""
    assert how(_play(service, f'<Say loop="0">{"woord " * 60}</Say>')) is How.TOO_LONG


def test_status_callback(service: Service) -> None:
    """At the end the status callback tells completed and the seconds."""
    service.on("/status", Reply(status=204))
    call = _play(
        service, '<Say>een</Say><Pause length="60"/>', number=TwilioNumber(HELPLINE, status_callback="/status")
    )
    fields = service.at("/status")[0].fields
    assert (fields["CallStatus"], fields["CallDuration"], fields["Duration"]) == ("completed", "60", "1")
    assert _codes(call) == []


@fact("Retries", "A status callback answered with 4xx or 5xx is 15003")
def test_failing_status_callback(service: Service) -> None:
    """A status callback that fails is 15003; the call is not touched."""
    call = _play(service, "<Say>een</Say>", number=TwilioNumber(HELPLINE, status_callback="/missing"))
    assert (_codes(call), heard(call)) == ([15003], ["een"])


def test_warnings_are_noted(service: Service) -> None:
    """A schema warning is noted; the rest plays."""
    call = _play(service, '<Say colour="red">een</Say>')
    assert (_codes(call), heard(call)) == ([12200], ["een"])


def test_party_is_told_all(service: Service) -> None:
    """The party is told every event in order, as the call's record has it."""
    service.on("/voice", "<Say>een</Say><Gather/><Dial>+31300000001</Dial>")
    party = Scripted(rings=[Answered()])
    call = service.telephone().call(CALLER, party)
    assert tuple(party.events) == call.events
