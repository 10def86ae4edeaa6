"""The carrier's routes over real HTTP: who gets in, and what everybody else and every fault gets."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import time
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.web import carrier_requests
from tests.web.carrier import FIELDS, Carrier, action

DESK = "+31700000900"
ROUTES = [
    "/voice",
    "/voice/turn",
    "/voice/keyed",
    "/voice/dialled",
    "/voice/whisper",
    "/voice/accepted",
    "/voice/status",
]
CALLERS = [
    *("+31612345601", "0612345601", "sip:+31300123456@sip.example", "sip:anonymous@anonymous.invalid", "client:demo"),
    *("anonymous", "unknown", "Restricted", "unavailable", "+266696687", "+7378742833", "+2562533", "+464", ""),
    *("+31850000000", "+31880000000", "14030", "+3220000000", "garbage <&> é 🙂", "x" * 500),
]


def dialled(document: str) -> list[str]:
    """The numbers a document dials."""
    return re.findall(r"<Number[^>]*>([^<]+)</Number>", document)


def assert_desk(response: httpx.Response) -> None:
    """The last resort: 112, then the national desk, with no address of ours in it."""
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/xml")
    assert "1 1 2" in response.text.partition("<Dial")[0]
    assert dialled(response.text) == [DESK]
    assert "action=" not in response.text
    assert "<Redirect" not in response.text
    assert "url=" not in response.text
    assert 'callerId="+31700002000"' in response.text


@pytest.mark.parametrize("caller", CALLERS)
def test_every_caller_is_asked(carrier: Carrier, caller: str) -> None:
    """Whatever stands in From, the caller hears 112 and the question."""
    response = carrier.post("/voice", From=caller, Caller=caller)
    assert response.status_code == 200
    assert response.text.index("1 1 2") < response.text.index("<Gather")
    assert "<Redirect" in response.text


def test_a_missing_caller_is_asked(carrier: Carrier) -> None:
    """A call without any From is a call."""
    fields = {name: value for name, value in FIELDS.items() if name not in ("From", "Caller")}
    signature = carrier.signature("/voice", fields)
    response = carrier.client.post("/voice", data=fields, headers={"X-Twilio-Signature": signature})
    assert "<Gather" in response.text


def test_get_is_answered_as_post(carrier: Carrier) -> None:
    """A number set up with GET reaches the same first turn."""
    assert carrier.get("/voice").text == carrier.post("/voice").text


def test_new_parameters_of_twilio_do_no_harm(carrier: Carrier) -> None:
    """Twilio adds fields without notice."""
    assert "<Gather" in carrier.post("/voice", SomethingNew="x", Another="").text


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "headers", [{}, {"X-Twilio-Signature": "bm90IHR3aWxpbw=="}, {"X-Twilio-Signature": "é🙂".encode()}]
)
def test_unsigned_requests_are_refused(carrier: Carrier, route: str, headers: dict[str, str]) -> None:
    """Without Twilio's signature every route of the carrier says 403 and nothing else."""
    response = carrier.client.post(route, data=FIELDS, headers=headers)
    assert (response.status_code, response.text) == (403, "")


def test_a_changed_trail_is_refused(carrier: Carrier) -> None:
    """Nobody but Twilio can ask an address of ours with another trail: the signature covers it."""
    target = action(carrier.post("/voice").text)
    signature = carrier.signature(target, FIELDS)
    response = carrier.client.post(target + "x", data=FIELDS, headers={"X-Twilio-Signature": signature})
    assert response.status_code == 403


@pytest.mark.parametrize("route", ROUTES)
def test_a_body_that_is_too_large_is_refused(carrier: Carrier, route: str) -> None:
    """More than 64 KiB is not read on."""
    assert carrier.client.post(route, content=b"x" * 65537).status_code == 413


def test_a_body_without_a_length_that_grows_too_large_is_refused(carrier: Carrier) -> None:
    """Nor is a body that does not say how long it is."""
    assert carrier.client.post("/voice", content=(b"x" * 1000 for _ in range(70))).status_code == 413


def test_a_status_callback_is_noted(carrier: Carrier) -> None:
    """A status callback is answered 204, whatever it tells and of whichever call."""
    response = carrier.post("/voice/status", CallStatus="completed", CallDuration="12", CallSid="CA-unheard-of")
    assert (response.status_code, response.text) == (204, "")


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/voice/turn",
            "/voice/turn?trail=",
            "/voice/keyed?trail=v1~~",
            "/voice/dialled?trail=%3Cxml%3E",
            "/voice/keyed?trail=%00",
        ),
        *("/voice/keyed?trail=v1~an_old_step.utrecht", "/voice/turn?trail=v1~region_of_caller.atlantis~place.silence"),
        *("/voice/dialled?trail=v1~region_of_caller.utrecht", "/voice/turn?trail=" + "v" * 5000),
        *(
            "/voice/keyed?trail=v1~announcement.none~region_of_caller.unknown~languages.nl-en~place.doubt-99",
            "/voice/an-address-of-an-earlier-release",
        ),
        *(
            "/voice/turn?trail=v1~announcement.none~region_of_caller.unknown~languages.nl-en~place.utrecht~announcement.none~routes_advice.99"
            + "~ring_advice.busy" * 5,
            "/voice/",
        ),
    ],
)
def test_a_call_that_does_not_fit_reaches_the_national_desk(carrier: Carrier, target: str) -> None:
    """A trail of an earlier release, a cut one, a made-up one: 112 and the national desk, never an error page."""
    assert_desk(carrier.post(target, Digits="3011"))


@pytest.mark.parametrize("step", ["whisper", "accepted"])
@pytest.mark.parametrize(
    "rest",
    [
        "an_old_step.utrecht",
        "announcement.none~region_of_caller.unknown~languages.nl-en~place.utrecht~announcement.none~routes_advice.x",
    ],
)
def test_a_whisper_that_goes_wrong_joins_nobody(carrier: Carrier, step: str, rest: str) -> None:
    """The worker's side of a fault is hung up, since it may be a voicemail; the caller's next route is rung."""
    response = carrier.post(f"/voice/{step}?trail=v1~{rest}")
    assert response.status_code == 200
    assert response.text.endswith("<Response><Hangup/></Response>")


def test_a_bug_of_ours_reaches_the_national_desk(
    carrier: Carrier, helpline: Helpline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever breaks inside, the caller hears 112 and is put through; the log names the place, not the caller."""

    def broken(caller: str) -> None:
        raise RuntimeError(f"something with {caller}")

    monkeypatch.setattr(helpline.switchboard, "incoming", broken)
    assert_desk(carrier.post("/voice"))
    told = "".join(capsys.readouterr())
    assert "RuntimeError" in told
    assert "test_voice.py" in told
    assert "612345601" not in told


def test_the_same_request_gets_the_same_document(carrier: Carrier) -> None:
    """A retry is answered as the first time, at every step."""
    target = action(carrier.post("/voice").text)
    first, again = (carrier.post(target, Digits="3011") for _ in range(2))
    assert first.text == again.text


def test_no_address_holds_anything_of_the_caller(carrier: Carrier) -> None:
    """No address we make holds the caller's number, postcode or keys."""
    documents = [carrier.post("/voice").text]
    for keys in ("01", "3511"):
        documents.append(carrier.post(action(documents[-1]), Digits=keys).text)
    addresses = re.findall(r'(?:action|url)="([^"]+)"|<Redirect>([^<]+)<', "".join(documents))
    text = " ".join(part for pair in addresses for part in pair)
    assert "ring_doctors" in text or "patient" in text
    assert not re.search(r"3511|612345601|Digits", text)


def test_addresses_tell_twilio_not_to_wait(carrier: Carrier) -> None:
    """Every address carries connection overrides: a machine that hangs costs seconds, not fifteen."""
    document = carrier.post("/voice").text
    addresses = re.findall(r'action="([^"]+)"|<Redirect>([^<]+)<', document)
    assert len(addresses) == 2
    for pair in addresses:
        address = "".join(pair).replace("&amp;", "&")
        assert urlsplit(address).fragment == "ct=1000&rt=3000&rc=1&rp=all"


def test_a_number_on_an_accept_line_needs_the_key(carrier: Carrier, helpline: Helpline) -> None:
    """A worker who presses 1 is joined; another key, or none, hangs up, and the next route is rung."""
    version = helpline.directory.current.version
    asked_for = (
        "announcement.none~region_of_caller.unknown~languages.nl-en~place.doctor~patient.utrecht~announcement.none"
    )
    trail = f"{version}~{asked_for}~doctors_line.open~routes_doctors.1"
    child = {"CallSid": "CA" + "2" * 32, "ParentCallSid": FIELDS["CallSid"], "Direction": "outbound-dial"}
    asked = carrier.post(f"/voice/whisper?trail={trail}", child).text
    assert asked.endswith("</Gather><Hangup/></Response>")
    assert "<Gather" not in carrier.post(action(asked), child, Digits="1").text
    assert "<Hangup" not in carrier.post(action(asked), child, Digits="1").text
    assert carrier.post(action(asked), child, Digits="2").text.endswith("<Response><Hangup/></Response>")


@given(fields=st.dictionaries(st.text(max_size=12), st.text(max_size=30), max_size=6), step=st.sampled_from(ROUTES[:4]))
@example_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_form_leads_to_an_error(carrier: Carrier, fields: dict[str, str], step: str) -> None:
    """Whatever a signed form holds, the answer is 200 and a document that rings somebody or asks."""
    fields = {name: value for name, value in fields.items() if name.isprintable() and value.isprintable()}
    response = carrier.post(step, fields)
    assert response.status_code == 200
    assert "<Dial" in response.text or "<Gather" in response.text


def test_garbage_instead_of_http_does_not_stop_the_service(address: str, carrier: Carrier) -> None:
    """A connection that talks nonsense is closed; the next call is answered."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as rude:
        rude.sendall(b"\x00\x01 nonsense\r\n\r\n")
        rude.recv(1000)
    assert "<Gather" in carrier.post("/voice").text


def test_json_bodies_are_bound_by_their_hash(carrier: Carrier) -> None:
    """A signed JSON body is genuine only with the hash in the address."""
    body = json.dumps({"status": "completed"}).encode()
    headers = {"content-type": "application/json"}
    refused = carrier.client.post("/voice/status", content=body, headers=headers)
    assert refused.status_code == 403
    target = f"/voice/status?bodySHA256={hashlib.sha256(body).hexdigest()}"
    headers["X-Twilio-Signature"] = carrier.signature(target, {})
    assert carrier.client.post(target, content=body, headers=headers).status_code == 204
    assert carrier.client.post(target, content=body + b" ", headers=headers).status_code == 403


@pytest.mark.parametrize("header", [b"X-Long: " + b"x" * 1_000 + b"\r\n", b"x" * 1_000, b"a:b\r\n" * 200], ids=len)
@pytest.mark.parametrize("before", [b"", b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["first", "second"])
def test_an_endless_head_is_cut_off(address: str, carrier: Carrier, before: bytes, header: bytes) -> None:
    """Headers without end are refused at 64 KiB, also after a request that was answered; the next call is answered."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as rude:
        rude.sendall(before + b"POST /voice HTTP/1.1\r\nHost: x\r\n")
        with pytest.raises(OSError, match=r"."):
            for _ in range(2_000):
                rude.sendall(header)
                time.sleep(0.0005)
    assert "<Gather" in carrier.post("/voice").text


def test_a_body_that_does_not_come_is_given_up(address: str, carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that never ends is answered 408; others are answered meanwhile."""
    monkeypatch.setattr(carrier_requests, "MOST_SECONDS", 0.2)
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"POST /voice HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nFrom=")
        assert "<Gather" in carrier.post("/voice").text
        assert slow.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_goes_away_is_not_an_error(
    address: str, carrier: Carrier, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who breaks off in the middle of a request leaves nothing in the log."""
    host, _, port = address.removeprefix("http://").partition(":")
    for route in ("/voice", "/voice/status"):
        with socket.create_connection((host, int(port))) as gone:
            gone.sendall(f"POST {route} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nFrom=".encode())
    assert "<Gather" in carrier.post("/voice").text
    assert "Traceback" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("route", ["/voice", "/voice/status"])
def test_a_request_that_cannot_be_read_goes_to_the_fallback(
    carrier: Carrier,
    helpline: Helpline,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    route: str,
) -> None:
    """A fault before the request is known to be Twilio's answers 500: Twilio then asks the static document."""

    def broken(*_: object) -> bool:
        raise RuntimeError("+31612345601")

    monkeypatch.setattr(helpline.signatures, "genuine", broken)
    assert carrier.post(route).status_code == 500
    told = "".join(capsys.readouterr())
    assert "unread" in told
    assert "612345601" not in told


@pytest.mark.parametrize("target", ["/", "/Voice", "/something"])
def test_a_mistyped_webhook_reaches_the_national_desk(carrier: Carrier, target: str) -> None:
    """A signed request to an address that is not ours is a call all the same."""
    assert_desk(carrier.post(target))


def test_refusals_are_told_once_a_minute(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong token refuses every call: the log says so, without a line for each."""
    refusals = carrier_requests.Refusals()
    for _ in range(5):
        refusals.tell()
    monkeypatch.setattr(carrier_requests, "TELL_EVERY_SECONDS", 0)
    refusals.tell()
    told = "".join(capsys.readouterr())
    assert told.count("refused") == 2
    assert "TWILIO_AUTH_TOKEN" in told


def test_a_whisper_that_goes_wrong_on_a_switchboard_joins(
    carrier: Carrier, helpline: Helpline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a staffed switchboard a whisper that cannot be made is left out; on an accept line nobody is joined."""

    def broken(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(helpline.documents, "whisper", broken)
    asked = f"{helpline.directory.current.version}~announcement.none~region_of_caller.unknown~languages.nl-en"
    switchboard = f"{asked}~place.mute~place_by_key.utrecht~announcement.none~routes_advice.5"
    accept = f"{asked}~place.doctor~patient.utrecht~announcement.none~doctors_line.open~routes_doctors.1"
    assert carrier.post(f"/voice/whisper?trail={switchboard}").text.endswith("<Response></Response>")
    assert carrier.post(f"/voice/whisper?trail={accept}").text.endswith("<Response><Hangup/></Response>")
