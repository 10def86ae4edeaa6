"""Requests as Twilio sends them, made with Twilio's own signature, for tests that need more than a telephone does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from tests.conftest import PUBLIC_URL, TOKEN
from tests.web.documents import hold_against_the_schema

# The fields of an incoming call as Twilio sends them, many of them empty.
FIELDS = {
    "AccountSid": "AC" + "0" * 32,
    "ApiVersion": "2010-04-01",
    "CallSid": "CA" + "1" * 32,
    "CallStatus": "ringing",
    "Called": "+31700002000",
    "CalledCity": "",
    "CalledCountry": "NL",
    "CalledState": "",
    "CalledZip": "",
    "Caller": "+31612345601",
    "CallerCity": "",
    "CallerCountry": "NL",
    "CallerState": "",
    "CallerZip": "",
    "CallToken": "%7B%22parentCallInfoToken%22%3A%22x%22%7D",
    "Direction": "inbound",
    "From": "+31612345601",
    "FromCity": "",
    "FromCountry": "NL",
    "FromState": "",
    "FromZip": "",
    "StirVerstat": "TN-Validation-Passed-A",
    "To": "+31700002000",
    "ToCity": "",
    "ToCountry": "NL",
    "ToState": "",
    "ToZip": "",
}


@dataclass(frozen=True)
class Carrier:
    """Twilio's side of the wire. A document that comes over it must be one in which Twilio would find no fault."""

    client: httpx.Client

    def __post_init__(self) -> None:
        """Every response is judged, also one that was asked for without a signature."""
        self.client.event_hooks = {"response": [hold_against_the_schema]}

    def post(self, target: str, fields: Mapping[str, str] | None = None, **more: str) -> httpx.Response:
        """A signed POST to a path and query."""
        body = {**FIELDS, **(fields or {}), **more}
        return self.client.post(target, data=body, headers={"X-Twilio-Signature": self.signature(target, body)})

    def get(self, path: str, **more: str) -> httpx.Response:
        """A signed GET, with everything in the query."""
        target = f"{path}?{urlencode({**FIELDS, **more})}"
        return self.client.get(target, headers={"X-Twilio-Signature": self.signature(target, {})})

    def signature(self, target: str, fields: Mapping[str, str]) -> str:
        """Twilio's signature for the public address."""
        return str(RequestValidator(TOKEN).compute_signature(PUBLIC_URL + target, dict(fields)))


def action(document: str) -> str:
    """The address of the Gather or Dial in a document, as Twilio would ask it: without its fragment."""
    found = re.search(r'<(?:Gather|Dial) action="([^"#]+)', document)
    assert found, document
    return found[1].replace("&amp;", "&")
