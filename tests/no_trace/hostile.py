"""What somebody sends who is not the carrier, or a carrier gone mad, with a number and words in each part."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from helpline.simulator.signing import sign
from tests.conftest import PUBLIC_URL, TOKEN
from tests.no_trace.private import ARABIC, NAME, Private, call_sid
from tests.no_trace.wire import ALWAYS, FORM, Wire

SECONDS = 5


def fields_of(private: Private, number: int) -> Mapping[str, str]:
    """A call's first request, with all that is theirs."""
    caller = private.callers[number % len(private.callers)]
    return {
        **ALWAYS,
        "CallSid": call_sid(number),
        "From": caller.number,
        "CallerName": NAME,
        "Digits": private.keyed[number % len(private.keyed)],
        "SpeechResult": f"{ARABIC} {private.places[number % len(private.places)]}",
    }


def unsigned(wire: Wire, private: Private, number: int) -> None:
    """At every address of ours and some that are not: without a signature, with a wrong one, with one of another."""
    fields = fields_of(private, number)
    body, query = urlencode(fields).encode(), urlencode(fields)
    theirs = f"{fields['Digits']}/{quote(fields['From'])}"
    for path in ("/voice", "/voice/keyed", "/voice/status", "/sms", "/voice/turn", f"/voice/{theirs}", f"/{theirs}"):
        for signature in ("", "x" * 28, sign(PUBLIC_URL + "/other", [*fields.items()], TOKEN)):
            headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
            wire.bare("POST", f"{path}?trail=1~place.{fields['Digits']}&{query}", headers, body)
    for path in (f"/{theirs}", "/ready", "/live", "/metrics", f"/console/{theirs}", "/console", "/phone", "/voice"):
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
            wire.bare(method, f"{path}?{query}", {"Referer": f"https://x/?{query}", "User-Agent": NAME})


def signed_nonsense(wire: Wire, private: Private, number: int) -> None:
    """A genuine signature over what is not to be read, or not by us."""
    fields = fields_of(private, number)
    theirs = f"{fields['From']} {fields['Digits']} {fields['SpeechResult']}"
    trails = ("", "~", f"1~place.{fields['Digits']}", quote(theirs), f"1~place.{'a' * 70}", f"1~{quote(theirs)}.x")
    for path in ("/voice/keyed", "/voice/turn", "/voice/dialled", "/voice/whisper", "/voice/accepted", "/voice/old"):
        for trail in trails:
            _signed(wire, f"{path}?trail={trail}", [*fields.items()])
    _signed(wire, f"/voice/test-call?organisation={quote(NAME)}&place={fields['Digits']}&version=1", [*fields.items()])
    _signed(wire, "/voice/nowhere", [*fields.items()] * 2)
    _signed(wire, "/mistyped", [*fields.items(), ("MessageSid", "SM" + "x" * 32), ("Body", theirs)])
    _signed(wire, "/voice/keyed?trail=1", [("Digits", theirs * 20), ("From", theirs)])
    _signed(wire, "/sms", [("From", theirs), ("Body", theirs * 50), ("MessageSid", theirs)])


def bodies_that_are_none(wire: Wire, private: Private, number: int) -> None:
    """Far too large, in another encoding, half a form, JSON, several parts."""
    fields = fields_of(private, number)
    theirs = f"{fields['From']} {fields['Digits']} {NAME}"
    form = {"Content-Type": FORM, "X-Twilio-Signature": "x"}
    wire.bare("POST", "/voice", form, (theirs * 10_000).encode())
    for body in (theirs.encode("utf-16"), b"From=%E9%FF%" + theirs.encode("latin-1"), b"\x00\xff" + theirs.encode()):
        for kind in (FORM, "application/x-www-form-urlencoded; charset=utf-16", "text/plain", f"multipart/{NAME}"):
            wire.bare("POST", "/sms", form | {"Content-Type": kind}, body)
    wire.bare("POST", f"/voice?bodySHA256={NAME}", form | {"Content-Type": "application/json"}, f'{{"{theirs}'.encode())


def raw(port: int, private: Private, number: int) -> None:
    """Bytes that are no HTTP, or end too soon."""
    for data in _raw(fields_of(private, number)):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass


def _raw(fields: Mapping[str, str]) -> Iterator[bytes]:
    query = urlencode(fields)
    start, host = f"POST /voice?{query} HTTP/1.1\r\n", f"Host: x\r\nX-Caller: {fields['From']} {NAME}\r\n"
    yield f"GET /voice?{query} HTTP/1.1\r\nHost\r\n\r\n".encode()
    yield f"GET /voice?{query}\x00 HTTP/1.1\r\n{host}\r\n".encode()
    yield f"{start}{host}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{query}".encode()
    yield f"{start}{host}Content-Length: {NAME}\r\n\r\n{query}".encode()
    yield f"{start}{host}Content-Length: 5000\r\nContent-Type: {FORM}\r\n\r\n{query}".encode()
    yield f"GET /voice?{query} HTTP/1.1\r\n{host}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n".encode()
    yield f"GET http://[{fields['From']} HTTP/1.1\r\n{host}\r\n".encode()
    yield f"{start}{host}Cookie: {'x' * 70_000}{NAME}\r\n\r\n".encode()
    yield f"{fields['From']} {NAME}\r\n\r\n".encode("utf-16")
    yield f"GET /{NAME} HTTP/9.9\r\n{host}\r\n".encode()
    yield f"{start}{host}Expect: {NAME}\r\nContent-Length: 3\r\n\r\nabcPOST /{query}".encode()


def _signed(wire: Wire, target: str, fields: list[tuple[str, str]]) -> None:
    headers = {"Content-Type": FORM, "X-Twilio-Signature": sign(PUBLIC_URL + target, fields, TOKEN)}
    wire.bare("POST", target, headers, urlencode(fields, errors="replace").encode())
