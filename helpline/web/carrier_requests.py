"""Requests of the carrier: only signed ones get in, and each gets a document with a way on.

1. A request that is not the carrier's gets 403, one that is too large 413, and nothing else is done.
2. After that nothing fails for a caller: any fault of ours is answered 200 with the national desk.
3. A fault is logged with its place in the code, never with its message: that could hold what a caller keyed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import anyio
import structlog
from starlette.types import Receive, Scope, Send

from helpline.bootstrap import Helpline
from helpline.carrier import form, signature
from helpline.log import without_words
from helpline.web import afterwards
from helpline.web.answered import Answered, AnsweredFault
from helpline.web.no_harm import no_harm

TELL_EVERY_SECONDS = 60
MOST_SECONDS = 5  # for a body to come in; Twilio sends it at once
MOST_BYTES = 64 * 1024  # Twilio's forms are 1 to 2 kB
# As ASGI has them: in bytes, names in small letters.
FORM, SIGNATURE, SETTINGS = (
    each.encode() for each in (form.FORM, signature.SIGNATURE_HEADER, signature.SETTINGS_HEADER)
)
XML = ((b"content-type", b"text/xml; charset=utf-8"),)

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
Reply = tuple[int, str]  # the status, and the document where it is 200


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


def last_resort(helpline: Helpline, _request: CarrierRequest) -> str:
    """For a call that met a fault of ours: 112, then the national desk."""
    return helpline.documents.fault(helpline.directory.current)


@dataclass(frozen=True)
class Endpoint:
    """One of the carrier's addresses, as a bare ASGI application: a request and a response of a framework's cost more
    than the turn.
    """

    reply: Callable[[Scope, Receive], Awaitable[Reply]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        status, document = await self.reply(scope, receive)
        body = document.encode()
        headers = [] if status == 204 else [(b"content-length", b"%d" % len(body)), *(XML if status == 200 else ())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class FromCarrier:
    """Guards the carrier's routes."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self._refusals = Refusals()

    def answered_by(self, answer: Answer, *, fault: Fault = last_resort, waits: bool = False) -> Endpoint:
        """An endpoint whose document `answer` makes; `fault` makes the one for a fault.

        An answer that `waits`, as for the database, is made in a thread, so that no call waits with it.
        """

        async def reply(path: str, request: CarrierRequest) -> Reply:
            began = time.perf_counter()
            if waits:
                answered = await anyio.to_thread.run_sync(self._answer, answer, fault, request)
            else:
                answered = self._answer(answer, fault, request)
            afterwards.answered(self._helpline, path, request.fields, answered, time.perf_counter() - began)
            return 200, answered.document

        return self._only_genuine(reply)

    def noting(self) -> Endpoint:
        """An endpoint for status callbacks: nothing to say, and nothing that could fail."""

        async def reply(path: str, request: CarrierRequest) -> Reply:
            afterwards.noted(self._helpline, path, request.fields)
            return 204, ""

        return self._only_genuine(reply)

    def _answer(self, answer: Answer, fault: Fault, request: CarrierRequest) -> Answered:
        try:
            return answer(self._helpline, request)
        except Exception as broken:
            log.error("fault", **without_words(broken))
            with no_harm():
                self._helpline.metrics.fault(type(broken).__name__)
                self._helpline.alerts.fault(type(broken).__name__)
        return AnsweredFault(fault(self._helpline, request))

    def _only_genuine(self, reply: Callable[[str, CarrierRequest], Awaitable[Reply]]) -> Endpoint:
        """What is not the carrier's is refused; what cannot be read is answered 500, and Twilio asks its fallback."""
        metrics = self._helpline.metrics

        async def guarded(scope: Scope, receive: Receive) -> Reply:
            metrics.in_flight += 1
            try:
                status, request = await self._read(scope, receive)
                if request is not None:
                    return await reply(scope["path"], request)
            except Disconnected:
                return 500, ""  # nobody gets it
            except Exception as unread:
                log.error("unread", **without_words(unread))
                with no_harm():
                    metrics.unread()
                return 500, ""
            finally:
                metrics.in_flight -= 1
            with no_harm():
                metrics.refused(status)
            return status, ""

        return Endpoint(guarded)

    async def _read(self, scope: Scope, receive: Receive) -> tuple[int, CarrierRequest | None]:
        """The request, or None and the status with which it is refused."""
        try:
            async with asyncio.timeout(MOST_SECONDS):
                body = await _body(receive)
        except TimeoutError:
            return 408, None
        if body is None:
            return 413, None
        headers = dict(scope["headers"])
        is_form = headers.get(b"content-type", b"").lower().startswith(FORM)
        query = form.read(scope["query_string"])
        fields = form.read(body) if is_form else []
        if not self._genuine(scope, headers, body, fields, is_form=is_form):
            self._refusals.tell()
            return 403, None
        return 200, CarrierRequest(form.first_of_each(fields or query), form.first_of_each(query))

    def _genuine(
        self, scope: Scope, headers: Mapping[bytes, bytes], body: bytes, fields: form.Fields, *, is_form: bool
    ) -> bool:
        target = scope["raw_path"].decode("latin-1")
        if query := scope["query_string"].decode("latin-1"):
            target += f"?{query}"
        signed = headers.get(SIGNATURE, b"").decode("latin-1")
        settings = headers.get(SETTINGS, b"").decode("latin-1")
        if "bodySHA256=" in query and not is_form:
            return self._helpline.signatures.genuine_json(target, body, signed, settings)
        return self._helpline.signatures.genuine(target, fields, signed, settings)


class Disconnected(Exception):
    """Whoever asked is gone."""


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None as soon as it is larger than any the carrier sends."""
    parts: list[bytes] = []
    left = MOST_BYTES
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Disconnected
        parts.append(message.get("body", b""))
        left -= len(parts[-1])
        if left < 0:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)
