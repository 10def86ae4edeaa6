"""Twilio's REST, played: what is asked, what is made of the answers, and what is asked again."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qsl

import httpx
import pytest
import respx

from helpline.carrier.rest import Rest
from helpline.errors import CarrierAway, CarrierRefused, HelplineError, NotAtCarrier
from tests.carrier.rest import ACCOUNT, CALLS, MESSAGES, NUMBERS, SECRET, asked, number_fields, one

CALLEE = "+31300000001"
OWN = "+31700002000"
CALL = {
    "sid": "CA1",
    "status": "completed",
    "duration": "42",
    "start_time": "Tue, 24 Nov 2026 10:00:00 +0000",
    "end_time": "Tue, 24 Nov 2026 10:00:42 -0000",
    "from": CALLEE,
    "to": OWN,
}
TEXT = {"sid": "SM1", "status": "queued", "to": CALLEE, "body": "words"}
FOLLOWING = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?PageSize=1000&Page=1&PageToken=PACA1"

Asking = Callable[[Rest], Awaitable[object]]


def call_placed(rest: Rest) -> Awaitable[object]:
    """Something new is made."""
    return rest.place_call(to=CALLEE, caller_id=OWN, twiml="<Response/>", ring_seconds=20)


def text_sent(rest: Rest) -> Awaitable[object]:
    """Something new is made, too."""
    return rest.send_message(to=CALLEE, sender=OWN, body="words")


def form_of(route: respx.Route) -> dict[str, str]:
    """The form that was last sent."""
    return dict(parse_qsl(route.calls.last.request.content.decode(), keep_blank_values=True))


def page(*items: object, following: str | None = None) -> dict[str, object]:
    """One page of a list of calls."""
    return {"calls": list(items), "next_page_uri": following}


# What is asked


def test_numbers_are_read_with_what_is_not_set_as_empty(respx_mock: respx.MockRouter) -> None:
    """Twilio writes null or an empty text; here both are empty. The account signs in by a header."""
    answer = {"incoming_phone_numbers": [number_fields(voice_url=None)], "next_page_uri": None}
    route = respx_mock.get(NUMBERS, params={"PageSize": "1000"}).respond(json=answer)
    [number] = asked(Rest.numbers)
    assert (number.voice_url, number.trunk_sid, number.voice_method) == ("", "", "POST")
    assert number.capabilities.sms
    assert route.calls.last.request.headers["authorization"].startswith("Basic ")


def test_a_number_is_changed_by_twilios_names(respx_mock: respx.MockRouter) -> None:
    """Only what is given is sent, empty values too; what comes back is the number as Twilio now has it."""
    route = respx_mock.post(one("IncomingPhoneNumbers", "PN1")).respond(json=number_fields(voice_url="https://a/voice"))
    number = asked(lambda rest: rest.change_number("PN1", {"VoiceUrl": "https://a/voice", "TrunkSid": ""}))
    assert number.voice_url == "https://a/voice"
    assert form_of(route) == {"VoiceUrl": "https://a/voice", "TrunkSid": ""}


def test_a_call_is_placed_with_its_words_in_it(respx_mock: respx.MockRouter) -> None:
    """Who is called stands in the body, never in the address."""
    route = respx_mock.post(CALLS).respond(201, json={**CALL, "status": "queued", "start_time": None, "end_time": ""})
    call = asked(lambda rest: rest.place_call(to=CALLEE, caller_id=OWN, twiml="<Response/>", ring_seconds=20))
    assert (call.sid, call.status, call.start_time, call.end_time) == ("CA1", "queued", None, None)
    assert form_of(route) == {"To": CALLEE, "From": OWN, "Twiml": "<Response/>", "Timeout": "20"}


def test_a_document_too_long_for_a_request_is_not_sent() -> None:
    """Twilio: at most 4,000 characters, https://www.twilio.com/docs/api/errors/32018"""
    with pytest.raises(CarrierRefused, match="4001 characters"):
        asked(lambda rest: rest.place_call(to=CALLEE, caller_id=OWN, twiml="x" * 4001, ring_seconds=20))


def test_a_call_keeps_nobodys_number(respx_mock: respx.MockRouter) -> None:
    """Status, seconds and moments with their zone are read; from and to are dropped."""
    respx_mock.get(one("Calls", "CA1")).respond(json=CALL)
    call = asked(lambda rest: rest.call("CA1"))
    assert call.duration_seconds == 42
    assert call.start_time == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    assert call.end_time == datetime(2026, 11, 24, 10, 0, 42, tzinfo=UTC)
    assert CALLEE not in repr(call)
    assert OWN not in repr(call)


def test_a_call_not_answered_has_no_duration(respx_mock: respx.MockRouter) -> None:
    """Null or empty is no duration, not zero."""
    respx_mock.get(one("Calls", "CA1")).respond(json={**CALL, "duration": ""})
    assert asked(lambda rest: rest.call("CA1")).duration_seconds is None


def test_child_calls_are_asked_by_their_parent(respx_mock: respx.MockRouter) -> None:
    """The address holds a SID only."""
    respx_mock.get(CALLS, params={"ParentCallSid": "CA0", "PageSize": "1000"}).respond(json=page(CALL))
    assert [call.sid for call in asked(lambda rest: rest.child_calls("CA0"))] == ["CA1"]


def test_a_list_comes_page_by_page(respx_mock: respx.MockRouter) -> None:
    """Twilio: "next_page_uri", relative to its host, null on the last page."""
    query = {"ParentCallSid": "CA0", "PageSize": "1000"}
    respx_mock.get(f"https://api.twilio.com{FOLLOWING}").respond(json=page({**CALL, "sid": "CA2"}))
    respx_mock.get(CALLS, params=query).respond(json=page(CALL, following=FOLLOWING))
    assert [call.sid for call in asked(lambda rest: rest.child_calls("CA0"))] == ["CA1", "CA2"]


def test_of_the_calls_to_an_own_number_the_last_thousand_come(respx_mock: respx.MockRouter) -> None:
    """One page is asked, however many there are: a sweep takes them bit by bit."""
    query = {"To": OWN, "EndTime<": "2026-11-23", "PageSize": "1000"}
    route = respx_mock.get(CALLS, params=query).respond(json=page(CALL, following=FOLLOWING))
    calls = asked(lambda rest: rest.calls_to(OWN, ended_before=date(2026, 11, 23)))
    assert [call.sid for call in calls] == ["CA1"]
    assert route.call_count == 1


@pytest.mark.parametrize(
    "following",
    [
        "https://elsewhere.example/2010-04-01/Accounts/",
        "/2010-04-01/Accounts/AC1/Calls.json",
        f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?ParentCallSid=CA0&PageSize=1000",
    ],
    ids=["another host", "another account", "the page itself"],
)
def test_a_next_page_that_leads_astray_is_not_followed(respx_mock: respx.MockRouter, following: str) -> None:
    """The token goes nowhere else, and no list goes in a circle."""
    route = respx_mock.get(CALLS).respond(json=page(CALL, following=following))
    with pytest.raises(CarrierAway, match="could not be read"):
        asked(lambda rest: rest.child_calls("CA0"))
    assert route.call_count == 1


@pytest.mark.parametrize(("ours", "name"), [({"to": OWN}, "To"), ({"sender": OWN}, "From")], ids=["to", "from"])
def test_texts_are_listed_by_an_own_number(respx_mock: respx.MockRouter, ours: dict[str, str], name: str) -> None:
    """Of a text its SID and its status are read, nothing else."""
    query = {name: OWN, "DateSent<": "2026-11-23", "PageSize": "1000"}
    route = respx_mock.get(MESSAGES).respond(json={"messages": [TEXT], "next_page_uri": None})
    [message] = asked(lambda rest: rest.messages(sent_before=date(2026, 11, 23), **ours))
    assert message.model_dump() == {"sid": "SM1", "status": "queued"}
    assert dict(route.calls.last.request.url.params) == query


def test_a_text_is_sent_redacted_and_deleted(respx_mock: respx.MockRouter) -> None:
    """Twilio: "to redact a message, POST an empty Body"."""
    sent = respx_mock.post(MESSAGES).respond(201, json=TEXT)
    redacted = respx_mock.post(one("Messages", "SM1")).respond(json=TEXT)
    respx_mock.delete(one("Messages", "SM1")).respond(204)
    message = asked(lambda rest: rest.send_message(to=CALLEE, sender=OWN, body="words"))
    asked(lambda rest: rest.redact_message(message.sid))
    asked(lambda rest: rest.delete_message(message.sid))
    assert form_of(sent) == {"To": CALLEE, "From": OWN, "Body": "words"}
    assert form_of(redacted) == {"Body": ""}


def test_a_call_is_deleted(respx_mock: respx.MockRouter) -> None:
    """Twilio answers 204 without a body. A SID cannot lead to another address."""
    route = respx_mock.delete(one("Calls", "CA1%2F..")).respond(204)
    asked(lambda rest: rest.delete_call("CA1/.."))
    assert route.called


# What is asked again


@pytest.mark.parametrize("fault", [httpx.ConnectError, httpx.ConnectTimeout], ids=["down", "slow"])
@pytest.mark.parametrize("asking", [Rest.numbers, call_placed, text_sent])
def test_no_connection_is_tried_four_times(
    respx_mock: respx.MockRouter, asking: Asking, fault: type[httpx.RequestError]
) -> None:
    """Nothing was sent, so anything may be asked again, after waits that grow and are random."""
    route = respx_mock.route().mock(side_effect=fault("secret words"))
    waits: list[float] = []
    with pytest.raises(CarrierAway, match="could not be reached"):
        asked(asking, waits)
    assert route.call_count == 4
    assert [0 <= wait <= most for wait, most in zip(waits, (1, 2, 4), strict=True)] == [True] * 3


@pytest.mark.parametrize("outcome", [httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("half"), httpx.Response(503)])
def test_what_is_the_same_twice_as_once_is_asked_again(
    respx_mock: respx.MockRouter, outcome: httpx.Response | httpx.RequestError
) -> None:
    """After a slow, broken or unable answer a list is asked again, and a second good answer is good."""
    good = httpx.Response(200, json={"incoming_phone_numbers": [], "next_page_uri": None})
    route = respx_mock.get(NUMBERS).mock(side_effect=[outcome, good])
    assert asked(Rest.numbers) == []
    assert route.call_count == 2


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (httpx.ReadTimeout("slow"), "did not answer in time"),
        (httpx.RemoteProtocolError("half"), "broke off"),
        (httpx.Response(500), "cannot answer now (500)"),
    ],
)
@pytest.mark.parametrize("asking", [call_placed, text_sent])
def test_what_may_have_been_made_is_not_made_twice(
    respx_mock: respx.MockRouter, asking: Asking, outcome: httpx.Response | httpx.RequestError, told: str
) -> None:
    """No telephone rings twice, no text comes twice; the error says that it may have."""
    route = respx_mock.post().mock(side_effect=[outcome])
    with pytest.raises(CarrierAway) as caught:
        asked(asking)
    assert str(caught.value) == f"Twilio {told}; what was asked may have been done all the same."
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (httpx.ReadTimeout("slow"), "Twilio did not answer in time."),
        (httpx.ReadError("half"), "Twilio broke off."),
        (httpx.Response(503, html="<h1>Sorry</h1>"), "Twilio cannot answer now (503)."),
        (httpx.Response(429), "Twilio has had too many requests of this account (429)."),
    ],
)
def test_after_four_tries_twilio_is_away(
    respx_mock: respx.MockRouter, outcome: httpx.Response | httpx.RequestError, told: str
) -> None:
    """The error says what the last try met."""
    route = respx_mock.get(NUMBERS).mock(side_effect=[outcome] * 4)
    with pytest.raises(CarrierAway) as caught:
        asked(Rest.numbers)
    assert str(caught.value) == told
    assert caught.value.help
    assert route.call_count == 4


@pytest.mark.parametrize(
    ("named", "least", "most"),
    [("7", 7, 7), ("3600", 30, 30), ("soon", 0, 1), ("", 0, 1), ("²", 0, 1), ("Sat, 01 Jan 2000 00:00:00 -0000", 0, 0)],
)
def test_twilio_says_when_to_come_back(respx_mock: respx.MockRouter, named: str, least: float, most: float) -> None:
    """The wait that Twilio names is kept, up to 30 seconds, before a call is placed too."""
    busy = httpx.Response(429, headers=[(b"Retry-After", named.encode())] if named else [])
    respx_mock.post(CALLS).mock(side_effect=[busy, httpx.Response(201, json=CALL)])
    waits: list[float] = []
    asked(call_placed, waits)
    assert least <= waits[0] <= most


def test_twilio_may_name_a_moment(respx_mock: respx.MockRouter) -> None:
    """RFC 9110, 10.2.3: "Retry-After = HTTP-date / delay-seconds"."""
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    busy = httpx.Response(429, headers={"Retry-After": moment})
    respx_mock.post(CALLS).mock(side_effect=[busy, httpx.Response(201, json=CALL)])
    waits: list[float] = []
    asked(call_placed, waits)
    assert 15 <= waits[0] <= 20


# What is refused


@pytest.mark.parametrize(
    ("answer", "kind", "told", "help_told"),
    [
        ((401, {"code": 20003}), CarrierRefused, "credentials (401, its error 20003)", "TWILIO_AUTH_TOKEN"),
        ((403, {}), CarrierRefused, "does not allow this (403)", "suspended"),
        ((404, {"code": 20404}), NotAtCarrier, "nothing under that SID", "deleted"),
        ((400, {"code": 21211}), CarrierRefused, "(400, its error 21211)", "twilio.com/docs/api/errors/21211"),
        ((400, {"code": "words"}), CarrierRefused, "(400)", "error log"),
        ((302, {}), CarrierAway, "could not be read", "later"),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_a_refusal_has_its_help(
    respx_mock: respx.MockRouter, answer: tuple[int, object], kind: type[HelplineError], told: str, help_told: str
) -> None:
    """Each refusal is not asked again and says what to look at, with Twilio's number for it."""
    route = respx_mock.post(CALLS).respond(answer[0], json=answer[1])
    with pytest.raises(kind) as caught:
        asked(call_placed)
    assert told in str(caught.value)
    assert help_told in caught.value.help
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("body", "code"), [('{"code": 21211, "message": "x"}', 21211), ("<html>", None), ("[]", None), ("{}", None)]
)
def test_the_number_of_an_error_is_kept(respx_mock: respx.MockRouter, body: str, code: int | None) -> None:
    """A program can tell why; where Twilio gave no number there is none."""
    respx_mock.post(CALLS).respond(400, text=body)
    with pytest.raises(CarrierRefused) as caught:
        asked(call_placed)
    assert caught.value.code == code


# What is not understood


@pytest.mark.parametrize(
    "body",
    ['{"sid": "CA1", "sta', "<!DOCTYPE html><h1>Sorry</h1>", "[]", '{"sid": "CA1"}', "", b"\xff\xfe"],
    ids=["half", "HTML", "a list", "a field missing", "nothing", "no text"],
)
def test_an_answer_that_makes_no_sense_is_no_answer(respx_mock: respx.MockRouter, body: str | bytes) -> None:
    """Half an answer, a page of HTML, another shape: none is taken for an answer."""
    respx_mock.get(one("Calls", "CA1")).respond(content=body)
    with pytest.raises(CarrierAway, match="could not be read"):
        asked(lambda rest: rest.call("CA1"))


@pytest.mark.parametrize(
    "wrong", [{"start_time": "yesterday"}, {"start_time": 5}, {"duration": "long"}, {"start_time": ["x"]}], ids=str
)
def test_a_field_that_makes_no_sense_is_no_answer(respx_mock: respx.MockRouter, wrong: dict[str, object]) -> None:
    """So is a moment that is none."""
    respx_mock.get(one("Calls", "CA1")).respond(json={**CALL, **wrong})
    with pytest.raises(CarrierAway, match="could not be read"):
        asked(lambda rest: rest.call("CA1"))


# What nobody may read


@pytest.mark.parametrize(
    "outcome",
    [
        httpx.Response(400, json={"code": 21211, "message": f"The 'To' number {CALLEE} is not valid."}),
        httpx.Response(403, json={"code": 21215, "message": CALLEE}),
        httpx.Response(404, text=CALLEE),
        httpx.Response(500, text=f"{CALLEE} {SECRET}"),
        httpx.Response(201, json={"sid": [CALLEE]}),
        httpx.Response(201, text=f'{{"sid": "{CALLEE}'),
        httpx.ReadTimeout(CALLEE),
        httpx.ConnectError(f"{CALLEE} {SECRET}"),
    ],
    ids=str,
)
@pytest.mark.parametrize("asking", [call_placed, text_sent])
def test_no_error_holds_a_number_or_a_secret(
    respx_mock: respx.MockRouter, asking: Asking, outcome: httpx.Response | httpx.RequestError
) -> None:
    """Neither its words and help nor anything in its chain, which a log would print."""
    respx_mock.post().mock(side_effect=[outcome] * 4)
    with pytest.raises(HelplineError) as caught:
        asked(asking)
    told = "".join(traceback.format_exception(caught.value)) + caught.value.help + repr(caught.value.args)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert CALLEE not in told
    assert CALLEE[1:] not in told
    assert SECRET not in told


def test_a_client_does_not_show_its_token() -> None:
    """Not in its repr, which a debugger or a log could print."""
    assert SECRET not in repr(Rest(ACCOUNT, SECRET))


def test_a_log_of_everything_holds_no_callers_number(
    respx_mock: respx.MockRouter, caplog: pytest.LogCaptureFixture
) -> None:
    """httpx logs each address; ours hold SIDs and own numbers only."""
    caplog.set_level(logging.DEBUG)
    respx_mock.post(CALLS).respond(201, json=CALL)
    respx_mock.post(MESSAGES).respond(201, json=TEXT)
    respx_mock.get(CALLS).respond(json=page(CALL))
    asked(call_placed)
    asked(text_sent)
    asked(lambda rest: rest.child_calls("CA0"))
    assert "api.twilio.com" in caplog.text
    assert CALLEE not in caplog.text
    assert CALLEE[1:] not in caplog.text
    assert SECRET not in caplog.text
