"""Signing: HMAC-SHA1 over the URL and each POST field, as Twilio's own library checks it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from helpline.simulator.account import TwilioNumber
from helpline.simulator.signing import sign, signed_url
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, TOKEN, Asked, Service

FIELDS = st.lists(st.tuples(st.text(max_size=8), st.text(max_size=12)), max_size=8, unique_by=lambda each: each[0])


def _is_valid(asked: Asked) -> bool:
    signature = asked.headers["X-Twilio-Signature"]
    return bool(RequestValidator(TOKEN).validate(PUBLIC + asked.target, asked.fields, signature))


@fact("Signature", "base64(HMAC-SHA1(token, URL + each POST key and value, sorted)); blank values are kept")
@given(FIELDS)
def test_oracle(fields: list[tuple[str, str]]) -> None:
    """For any fields, blank ones too, the signature is the one Twilio's own library computes."""
    url = "https://helpline.example/voice?trail=a.b&x=%20"
    assert sign(url, fields, TOKEN) == RequestValidator(TOKEN).compute_signature(url, dict(fields))


@fact("Signature", "A repeated key counts with the set of its values, sorted")
def test_repeated_field() -> None:
    """A repeated field is signed as the set of its values, sorted."""
    fields = [("Media", "b"), ("Media", "a"), ("Media", "b")]
    assert sign(PUBLIC, fields, TOKEN) == sign(PUBLIC, [("Media", "a"), ("Media", "b")], TOKEN)


@fact("Signature", "Voice over HTTPS: the port is dropped; so are password and fragment")
def test_https_port_is_dropped() -> None:
    """Voice over HTTPS is signed without port, password and fragment."""
    assert signed_url("https://u:p@helpline.example:8443/voice?a=1#ct=1000") == "https://helpline.example/voice?a=1"


@fact("Signature", "Over HTTP the port is kept")
def test_http_port_is_kept() -> None:
    """Over HTTP the port is part of what is signed."""
    assert signed_url("http://helpline.example:8080/voice") == "http://helpline.example:8080/voice"


def test_post_over_the_wire(service: Service) -> None:
    """A POST that arrives carries a signature over the public URL and its fields."""
    service.on("/voice", "<Redirect>/next?trail=ask_place.silence~1&amp;v=3#ct=1000</Redirect>")
    service.on("/next", "<Hangup/>")
    service.telephone().call(CALLER, Scripted())
    assert [_is_valid(each) for each in service.asked] == [True, True]


def test_get_over_the_wire(service: Service) -> None:
    """A GET carries its fields in the query, which is signed as part of the URL."""
    service.on("/voice", "<Hangup/>")
    service.telephone(TwilioNumber(HELPLINE, voice_method="GET")).call(CALLER, Scripted())
    [asked] = service.asked
    assert (asked.method, asked.query["From"], _is_valid(asked)) == ("GET", CALLER, True)


def test_odd_characters_in_a_url(service: Service) -> None:
    """A URL with characters that must be escaped is signed as it is sent."""
    service.on("/voice", "<Redirect>/next?plaats='s-Gravenhage|é,(1)</Redirect>")
    service.on("/next", "<Hangup/>")
    service.telephone().call(CALLER, Scripted())
    assert [_is_valid(each) for each in service.asked] == [True, True]
