"""Requests of the carrier: only signed ones get in, and each gets a document with a way on.

1. A request that is not the carrier's gets 403, one that is too large 413, and nothing else is done.
2. After that nothing fails for a caller: any fault of ours is answered 200 with the national desk.
3. A fault is logged with its place in the code, never with its message: that could hold what a caller keyed.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import Response

from helpline.bootstrap import Helpline
from helpline.carrier import form
from helpline.carrier.signature import SETTINGS_HEADER, SIGNATURE_HEADER

MOST_BYTES = 64 * 1024  # Twilio's forms are 1 to 2 kB

log = structlog.get_logger()


@dataclass(frozen=True)
class CarrierRequest:
    """What a signed request said: its form's (or a GET's) fields, and the trail of our own address."""

    fields: Mapping[str, str]
    trail: str


Answer = Callable[[Helpline, CarrierRequest], str]
Endpoint = Callable[[Request], Awaitable[Response]]


class FromCarrier:
    """Guards the carrier's routes."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline

    def answered_by(self, answer: Answer, *, worker: bool = False) -> Endpoint:
        """An endpoint whose document `answer` makes; `worker` where it is the worker who hears it."""

        async def endpoint(request: Request) -> Response:
            refused, carrier_request = await self._read(request)
            if carrier_request is None:
                return Response(status_code=refused)
            return _document(self._answer(answer, carrier_request, worker=worker))

        return endpoint

    async def noted(self, request: Request) -> Response:
        """A status callback: nothing to say, and nothing that could fail."""
        refused, carrier_request = await self._read(request)
        return Response(status_code=204 if carrier_request else refused)

    def _answer(self, answer: Answer, request: CarrierRequest, *, worker: bool) -> str:
        try:
            return answer(self._helpline, request)
        except Exception as fault:
            log.error("fault", kind=type(fault).__name__, at=_places(fault))
            if worker:
                return self._helpline.documents.worker_fault()
            return self._helpline.documents.fault(self._helpline.directory.current)

    async def _read(self, request: Request) -> tuple[int, CarrierRequest | None]:
        """The request, or None and the status with which it is refused."""
        body = await _body(request)
        if body is None:
            return 413, None
        query = form.read(request.scope["query_string"])
        fields = form.read(body) if _is_form(request) else []
        if not self._genuine(request, body, fields):
            return 403, None
        own = form.first_of_each(query)
        return 200, CarrierRequest(form.first_of_each(fields or query), own.get("trail", ""))

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


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith(form.FORM)


def _document(text: str) -> Response:
    return Response(text, media_type="text/xml")


def _places(fault: BaseException) -> list[str]:
    """Where the fault came from, innermost last: files, lines and functions, without any value."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)]
