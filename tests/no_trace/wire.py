"""Requests as the carrier sends them, signed, over a connection that stays; with what is private of each in a header.

The header tells the service's process of these tests what a fault is to hold; no code of ours looks at it.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from helpline.simulator.signing import sign
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN
from tests.no_trace.now import ARMED, BROKE, PRIVATE, WORKER

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
SECONDS = 20
# What Twilio sends with each call, https://www.twilio.com/docs/voice/twiml#request-parameters
ALWAYS = {
    "AccountSid": "AC" + "0" * 32,
    "ApiVersion": "2010-04-01",
    "Called": OWN_NUMBER,
    "CalledCountry": "NL",
    "Direction": "inbound",
    "To": OWN_NUMBER,
    "ToCountry": "NL",
}


@dataclass(frozen=True)
class Answer:
    """What came back, and the number of the process that gave it, 0 where none of ours did; and whether it `broke`."""

    status: int
    document: str
    worker: int
    broke: bool


@dataclass(frozen=True)
class Asked:
    """A request that can be sent again: `target` is path and query, without fields it is a GET."""

    target: str
    fields: Mapping[str, str] | None
    private: Mapping[str, str] = field(default_factory=dict)


class Wire:
    """One connection to the service, opened again where the service closes it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)

    def send(self, asked: Asked, *, armed: str = "", signed: bool = True) -> Answer:
        """A request of the carrier's, in which a fault of the kind `armed` is to happen."""
        target = asked.target.partition("#")[0]
        headers = {ARMED: armed, PRIVATE: json.dumps(dict(asked.private))}
        if signed:
            fields = [*asked.fields.items()] if asked.fields is not None else []
            headers["X-Twilio-Signature"] = sign(PUBLIC_URL + target, fields, TOKEN)
        if asked.fields is None:
            return self.bare("GET", target, headers)
        return self.bare("POST", target, headers | {"Content-Type": FORM}, urlencode(asked.fields).encode())

    def bare(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """Any request, as it is given."""
        try:
            self._connection.request(method, target, body, dict(headers))
            response = self._connection.getresponse()
            document, worker = response.read().decode("utf-8", "replace"), int(response.headers.get(WORKER, 0))
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return Answer(0, "", 0, broke=False)
        return Answer(response.status, document, worker, broke=BROKE in response.headers or not worker)

    def close(self) -> None:
        """The next request comes over a new connection, perhaps to another process."""
        self._connection.close()
