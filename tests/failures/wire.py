"""What went over the wire between the carrier and us, call by call: each request, and the answer or the lack of one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx

from helpline.carrier.addresses import DIALLED, KEYED, TURN
from helpline.simulator.party import Party
from helpline.simulator.player import Call, Telephone
from helpline.web.erasure import CALL_IS_OVER
from tests.web.test_published import version_in

STATUS = "/voice/status"
TURNS = ("/voice", TURN, KEYED, DIALLED)  # of the caller's own leg; a whisper is another's


@dataclass(frozen=True)
class Sent:
    """One request, sent `at` a moment of the monotonic clock; without a status no answer came, for this `fault`.

    `version` is that of the routing table which the answer goes on with.
    """

    path: str
    fields: dict[str, str]
    at: float
    seconds: float
    status: int | None = None
    fault: str = ""
    version: str = ""

    @property
    def is_noted(self) -> bool:
        """Whether the service notes it for its records: a turn that was answered, or that a call is over."""
        if self.path == STATUS:
            return self.status == httpx.codes.NO_CONTENT and self.fields.get("CallStatus") in CALL_IS_OVER
        return self.status == httpx.codes.OK and self.path in TURNS


class Wire(httpx.BaseTransport):
    """The connections of one call, each request after a pause: so a call takes a while, and things fail within it."""

    def __init__(self, inner: httpx.BaseTransport, pause: float) -> None:
        self.sent: list[Sent] = []
        self._inner = inner
        self._pause = pause

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends it, and notes what came of it."""
        time.sleep(self._pause)
        fields = dict(parse_qsl((request.content or request.url.query).decode(), keep_blank_values=True))
        at = time.monotonic()
        try:
            response = self._inner.handle_request(request)
            response.read()
        except httpx.HTTPError as fault:
            took = time.monotonic() - at
            self.sent.append(Sent(request.url.path, fields, at, took, fault=type(fault).__name__))
            raise
        took, version = time.monotonic() - at, version_in(response.text)
        self.sent.append(Sent(request.url.path, fields, at, took, response.status_code, version=version))
        return response


@dataclass(frozen=True)
class Overheard(Telephone):
    """A telephone whose calls are listened to; `pause` is how many seconds pass before each request."""

    pause: float = 0.0
    heard: list[tuple[Call, Sequence[Sent]]] = field(default_factory=list)

    def call_over(self, transport: httpx.BaseTransport, caller: str | None, party: Party) -> Call:
        """The call, and what was sent for it."""
        wire = Wire(transport, self.pause)
        call = super().call_over(wire, caller, party)
        self.heard.append((call, wire.sent))
        return call

    def sent_for(self, call: Call) -> Sequence[Sent]:
        """What was sent for this very call."""
        return next(sent for each, sent in self.heard if each is call)
