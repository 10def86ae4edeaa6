"""Requests of the carrier: only signed ones get in, and each gets a document with a way on.

1. A request that is not the carrier's gets 403, one that is too large 413, and nothing else is done.
2. After that nothing fails for a caller: any fault of ours is answered 200 with the national desk.
3. A fault is logged with its place in the code, never with its message: that could hold what a caller keyed.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

import anyio
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from helpline.bootstrap import Helpline
from helpline.carrier import form
from helpline.carrier.signature import SETTINGS_HEADER, SIGNATURE_HEADER
from helpline.log import without_words
from helpline.web import afterwards
from helpline.web.answered import Answered, AnsweredFault
from helpline.web.no_harm import no_harm

TELL_EVERY_SECONDS = 60
MOST_SECONDS = 5  # for a body to come in; Twilio sends it at once
MOST_BYTES = 64 * 1024  # Twilio's forms are 1 to 2 kB

log = structlog.get_logger()


@dataclass(frozen=True)
class CarrierRequest:
    """What a signed request said: its form's (or a GET's) fields, and the query of our own address."""

    fields: Mapping[str, str]
    own: Mapping[str, str]

    @property
    def trail(self) -> str:
        """The trail of our own address."""
        return self.own.get("trail", "")


Answer = Callable[[Helpline, CarrierRequest], Answered]
Fault = Callable[[Helpline, CarrierRequest], str]
Endpoint = Callable[[Request], Awaitable[Response]]


class Refusals:
    """Tells of refused requests, at most once a minute: a wrong token refuses every call, and noise is refused too."""

    def __init__(self) -> None:
        self._count = 0
        self._told = float("-inf")

    def tell(self) -> None:
        """One more was refused."""
        self._count += 1
        if time.monotonic() - self._told >= TELL_EVERY_SECONDS:
            log.warning("refused", count=self._count, help="Are TWILIO_AUTH_TOKEN and HELPLINE_PUBLIC_URL right?")
            self._count, self._told = 0, time.monotonic()


class FromCarrier:
    """Guards the carrier's routes."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self._refusals = Refusals()

    def answered_by(self, answer: Answer, *, fault: Fault | None = None, waits: bool = False) -> Endpoint:
        """An endpoint whose document `answer` makes; `fault` makes the one for a fault, by default the last resort.

        An answer that `waits`, as for the database, is made in a thread, so that no call waits with it.
        """

        async def endpoint(request: Request) -> Response:
            with self._helpline.metrics.in_flight.track_inprogress():
                carrier_request = await self._let_in(request)
                if isinstance(carrier_request, Response):
                    return carrier_request
                made = partial(self._answer, answer, fault or last_resort, carrier_request)
                began = time.perf_counter()
                answered = await anyio.to_thread.run_sync(made) if waits else made()
                took = time.perf_counter() - began
                afterwards.answered(self._helpline, request.scope["path"], carrier_request.fields, answered, took)
                return Response(answered.document, media_type="text/xml")

        return endpoint

    async def noted(self, request: Request) -> Response:
        """A status callback: nothing to say, and nothing that could fail."""
        with self._helpline.metrics.in_flight.track_inprogress():
            carrier_request = await self._let_in(request)
            if isinstance(carrier_request, Response):
                return carrier_request
            afterwards.noted(self._helpline, request.scope["path"], carrier_request.fields)
            return Response(status_code=204)

    def _answer(self, answer: Answer, fault: Fault, request: CarrierRequest) -> Answered:
        try:
            return answer(self._helpline, request)
        except Exception as broken:
            log.error("fault", **without_words(broken))
            with no_harm():
                self._helpline.metrics.fault(type(broken).__name__)
                self._helpline.alerts.fault(type(broken).__name__)
        return AnsweredFault(fault(self._helpline, request))

    async def _let_in(self, request: Request) -> CarrierRequest | Response:
        """What the carrier asked; or what this request gets instead, whoever it is from."""
        try:
            refused, carrier_request = await self._read(request)
        except ClientDisconnect:
            return Response(status_code=500)  # nobody gets it
        except Exception as unread:  # then Twilio asks its fallback, which needs none of us
            log.error("unread", **without_words(unread))
            with no_harm():
                self._helpline.metrics.unread()
            return Response(status_code=500)
        if carrier_request is not None:
            return carrier_request
        with no_harm():
            self._helpline.metrics.refused(refused)
        return Response(status_code=refused)

    async def _read(self, request: Request) -> tuple[int, CarrierRequest | None]:
        """The request, or None and the status with which it is refused."""
        with anyio.move_on_after(MOST_SECONDS) as reading:
            body = await _body(request)
        if reading.cancelled_caught:
            return 408, None
        if body is None:
            return 413, None
        query = form.read(request.scope["query_string"])
        fields = form.read(body) if _is_form(request) else []
        if not self._genuine(request, body, fields):
            self._refusals.tell()
            return 403, None
        return 200, CarrierRequest(form.first_of_each(fields or query), form.first_of_each(query))

    def _genuine(self, request: Request, body: bytes, fields: form.Fields) -> bool:
        target = request.scope["raw_path"].decode("latin-1")
        if query := request.scope["query_string"].decode("latin-1"):
            target += f"?{query}"
        signature = request.headers.get(SIGNATURE_HEADER, "")
        settings = request.headers.get(SETTINGS_HEADER, "")
        if "bodySHA256=" in query and not _is_form(request):
            return self._helpline.signatures.genuine_json(target, body, signature, settings)
        return self._helpline.signatures.genuine(target, fields, signature, settings)


async def _body(request: Request) -> bytes | None:
    """The whole body; None as soon as it is larger than any the carrier sends."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def last_resort(helpline: Helpline, _request: CarrierRequest) -> str:
    """For a call that met a fault of ours: 112, then the national desk."""
    return helpline.documents.fault(helpline.directory.current)


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith(form.FORM)
