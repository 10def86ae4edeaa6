"""A request as Twilio sends it, byte by byte: thirty fields, signed, with names of its own each time it is sent."""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = "a-token-for-benchmarks"  # noqa: S105 - nobody's
HOST = "helpline.example"
PUBLIC_URL = f"https://{HOST}"
OWN_NUMBER = "+31700002000"
# Stand for the names of a call and of a leg, which no two requests share.
SID, LEG_SID = b"f" * 32, b"e" * 32

_ACCOUNT = "AC" + "0" * 32
_PARENT_CALL = (  # made up; as long as Twilio's
    '{"parentCallInfoToken":"eyJhbGciOiJFUzI1NiJ9.eyJjYWxsU2lkIjoiQ0EwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCIsImZy'
    'b20iOiIrMzE2MTIzNDU2MDEiLCJ0byI6IiszMTcwMDAwMjAwMCIsImlhdCI6IjE3OTMxODA4MDAifQ.rehearsal-rehearsal-rehearsal",'
    '"identityHeaderTokens":[]}'
)
_HEAD = (
    b"POST %s HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
    b"X-Forwarded-Proto: https\r\nX-Home-Region: us1\r\nI-Twilio-Idempotency-Token: %s\r\nX-Twilio-Signature: %s\r\n"
    b"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: %d\r\n\r\n"
)


@dataclass(frozen=True)
class Expected:
    """What an answer must hold to be right."""

    words: tuple[bytes, ...]


class Request:
    """One request but for its names; `target` is the path and query that are asked."""

    def __init__(self, target: str, fields: Mapping[str, str], expected: Expected) -> None:
        self.expected = expected
        self._target = target.encode()
        self._body = urlencode(fields).encode()
        text = f"{PUBLIC_URL}{target}" + "".join(name + value for name, value in sorted(fields.items()))
        self._signed = text.encode()

    def expecting(self, expected: Expected) -> Request:
        """The same request, of which another answer is right."""
        other = copy(self)
        other.expected = expected
        return other

    def fresh(self) -> bytes:
        """The whole request, for a call that there has not been, with Twilio's signature."""
        names = os.urandom(32).hex().encode()
        sid, leg = names[:32], names[32:]
        text = self._signed.replace(SID, sid).replace(LEG_SID, leg)
        signature = base64.b64encode(hmac.digest(TOKEN.encode(), text, "sha1"))
        body = self._body.replace(SID, sid).replace(LEG_SID, leg)
        return _HEAD % (self._target, sid, signature, len(body)) + body


def call_fields(caller: str, status: str, **more: str) -> dict[str, str]:
    """What a request about a call says: 27 fields, and those of its own."""
    fields = {
        "AccountSid": _ACCOUNT,
        "ApiVersion": "2010-04-01",
        "CallSid": f"CA{SID.decode()}",
        "CallStatus": status,
        "CallToken": _PARENT_CALL,
        "Direction": "inbound",
        "StirVerstat": "TN-Validation-Passed-C",
    }
    for party, number in (("Called", OWN_NUMBER), ("Caller", caller), ("From", caller), ("To", OWN_NUMBER)):
        fields |= {party: number, **_place(party)}
    return fields | more


def text_fields(sender: str, body: str) -> dict[str, str]:
    """What a request about a text says: Twilio sends no more than these 19."""
    sids = {name: f"SM{SID.decode()}" for name in ("MessageSid", "SmsSid", "SmsMessageSid")}
    return {
        **sids,
        "AccountSid": _ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": body,
        "From": sender,
        **_place("From"),
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "To": OWN_NUMBER,
        **_place("To"),
    }


def _place(party: str) -> dict[str, str]:
    return {f"{party}City": "", f"{party}State": "", f"{party}Zip": "", f"{party}Country": "NL"}
