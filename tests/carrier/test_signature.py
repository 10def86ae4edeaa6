"""The signature check agrees with Twilio's own RequestValidator on every input tried.

https://www.twilio.com/docs/usage/security#validating-requests
"""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator, get_signature_algorithm

from helpline.carrier import form
from helpline.carrier.signature import Signatures, algorithm_of

TOKEN, OTHER, SHARED = "a-token", "the-other-token", "a-shared-secret"
PUBLIC = "https://helpline.example"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
fields = st.lists(st.tuples(st.sampled_from(["From", "To", "Digits", "CallSid", "é"]) | words, words), max_size=30)
targets = st.from_regex(r"/voice(/[a-z]{1,8})?(\?[a-z]{1,5}=[a-zA-Z0-9.~_-]{1,30})?", fullmatch=True)


class MultiDict(dict[str, list[str]]):
    """Fields as the web frameworks that Twilio's validator knows hand them over."""

    def getlist(self, name: str) -> list[str]:
        """All values of one name."""
        return self[name]


def multi(pairs: list[tuple[str, str]]) -> MultiDict:
    """The pairs by name, in order."""
    found = MultiDict()
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


@given(targets, fields, st.sampled_from(["", ":443", ":8443"]), st.sampled_from(["http", "https"]))
def test_what_twilio_signs_is_genuine(target: str, pairs: list[tuple[str, str]], port: str, scheme: str) -> None:
    """Whatever is sent, with repeated keys and blank values, on whatever port: Twilio's signature is taken."""
    public = f"{scheme}://Helpline.example{port}"
    signature = RequestValidator(TOKEN).compute_signature(public + target, multi(pairs))
    assert Signatures(public, [TOKEN]).genuine(target, pairs, signature)


@given(targets, fields, fields, st.sampled_from([TOKEN, OTHER]))
def test_it_says_what_the_validator_says(
    target: str, pairs: list[tuple[str, str]], signed: list[tuple[str, str]], token: str
) -> None:
    """For a signature over the same or other fields, with the right or another token, both give one answer."""
    signature = RequestValidator(token).compute_signature(PUBLIC + target, multi(signed))
    theirs = RequestValidator(TOKEN).validate(PUBLIC + target, multi(pairs), signature)
    assert Signatures(PUBLIC, [TOKEN]).genuine(target, pairs, signature) == theirs


@given(targets, fields, st.text(max_size=40))
def test_a_made_up_signature_is_refused(target: str, pairs: list[tuple[str, str]], signature: str) -> None:
    """No signature that somebody made up is taken, and none breaks the check."""
    assert not Signatures(PUBLIC, [TOKEN]).genuine(target, pairs, signature)


@pytest.mark.parametrize("target", ["/voice", "/voice?trail=v1~place.silence"])
@pytest.mark.parametrize(
    ("ours", "theirs"), [("https://h.example", "https://h.example:443"), ("http://h", "http://h:80")]
)
def test_with_the_port_and_without(target: str, ours: str, theirs: str) -> None:
    """Twilio signs some requests with the default port and some without; both are taken."""
    signature = RequestValidator(TOKEN).compute_signature(theirs + target, {})
    assert Signatures(ours, [TOKEN]).genuine(target, [], signature)


def test_two_tokens_while_they_rotate() -> None:
    """During a rotation requests signed with either token are taken."""
    signature = RequestValidator(OTHER).compute_signature(PUBLIC + "/voice", {"From": ""})
    assert Signatures(PUBLIC, [TOKEN, OTHER]).genuine("/voice", [("From", "")], signature)
    assert not Signatures(PUBLIC, [TOKEN]).genuine("/voice", [("From", "")], signature)


@given(targets, fields, st.sampled_from(["HMAC_SHA256", "hmac_sha256", "HMAC_SHA1", "HMAC_MD5", ""]))
def test_a_shared_key(target: str, pairs: list[tuple[str, str]], algorithm: str) -> None:
    """With the settings header the named algorithm decides, with that key's secret; an unknown one is refused."""
    settings = f"key=webhooks_sharedkey_x,algorithm={algorithm}"
    sha256 = get_signature_algorithm(settings).upper() == "HMAC_SHA256"
    secret = SHARED if sha256 else TOKEN
    signature = RequestValidator(secret).compute_signature(
        PUBLIC + target, multi(pairs), "HMAC_SHA256" if sha256 else "HMAC_SHA1"
    )
    theirs = RequestValidator(secret).validate(
        PUBLIC + target, multi(pairs), signature, get_signature_algorithm(settings)
    )
    assert Signatures(PUBLIC, [TOKEN], SHARED).genuine(target, pairs, signature, settings) == theirs


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_the_settings_header_is_read_as_the_library_reads_it(settings: str) -> None:
    """Whatever stands in the settings header, the same algorithm is understood."""
    assert algorithm_of(settings) == get_signature_algorithm(settings).upper()


def test_without_a_shared_key_sha256_is_refused() -> None:
    """An account that has set no shared key takes nothing that claims to be signed with one, not with an empty key."""
    signature = RequestValidator("").compute_signature(PUBLIC + "/voice", {}, "HMAC_SHA256")
    assert not Signatures(PUBLIC, [TOKEN]).genuine("/voice", [], signature, "algorithm=HMAC_SHA256")


@given(st.binary(max_size=80).filter(lambda body: b"\xff" not in body), st.booleans())
def test_a_json_body_is_bound_by_its_hash(body: bytes, changed: bool) -> None:
    """A body that is no form is taken only when it is the one whose hash stands in the signed address."""
    text = body.decode("utf-8", "ignore")
    target = f"/voice/status?bodySHA256={hashlib.sha256(text.encode()).hexdigest()}"
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + target, {})
    sent = text + "x" if changed else text
    theirs = RequestValidator(TOKEN).validate(PUBLIC + target, sent, signature)
    assert Signatures(PUBLIC, [TOKEN]).genuine_json(target, sent.encode(), signature) == theirs == (not changed)


def test_a_json_body_without_its_hash_is_refused() -> None:
    """An address without the hash binds no body."""
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + "/voice", {})
    assert not Signatures(PUBLIC, [TOKEN]).genuine_json("/voice", b"{}", signature)


def test_blank_values_are_kept() -> None:
    """Twilio sends many empty fields, an empty From among them; the signature covers them."""
    pairs = form.read(b"From=&FromCity=&To=%2B31700002000&Flag")
    assert pairs == [("From", ""), ("FromCity", ""), ("To", "+31700002000"), ("Flag", "")]
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + "/voice", dict(pairs))
    assert Signatures(PUBLIC, [TOKEN]).genuine("/voice", pairs, signature)
