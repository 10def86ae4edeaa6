"""Requests of the carrier: only signed ones get in, and each gets a document with a way on.

1. A request that is not the carrier's gets 403, one that is too large 413, and nothing else is done.
2. After that nothing fails for a caller: any fault of ours is answered 200 with the national desk.
3. A fault is logged with its place in the code, never with its message: that could hold what a caller keyed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import anyio
import structlog
from starlette.types import Receive, Scope, Send

from helpline.bootstrap import Helpline
from helpline.carrier import form, signature
from helpline.log import without_words
from helpline.web.afterwards import Afterwards, Done
from helpline.web.answered import Answered, AnsweredFault
from helpline.web.no_harm import no_harm
from helpline.web.whole_answers import IS_WHOLE

TELL_EVERY_SECONDS = 60
MOST_SECONDS = 5  # for a body to come in; Twilio sends it at once
MOST_BYTES = 64 * 1024  # Twilio's forms are 1 to 2 kB
MOST_OWN = 2_000  # queries that are remembered, each of some hundred bytes
# As ASGI has them: in bytes, names in small letters.
FORM, SIGNATURE, SETTINGS = (
    each.encode() for each in (form.FORM, signature.SIGNATURE_HEADER, signature.SETTINGS_HEADER)
)
XML = ((b"content-type", b"text/xml; charset=utf-8"),)

log = structlog.get_logger()


class CarrierRequest(NamedTuple):
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


class FromCarrier:
    """Guards the carrier's routes."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self._afterwards = Afterwards(helpline)
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
            with no_harm():
                self._afterwards.add(Done(path, request.fields, answered, time.perf_counter() - began))
            return 200, answered.document

        return Endpoint(self._helpline, self._refusals, reply)

    def noting(self) -> Endpoint:
        """An endpoint for status callbacks: nothing to say, and nothing that could fail."""

        async def reply(path: str, request: CarrierRequest) -> Reply:
            with no_harm():
                self._afterwards.add(Done(path, request.fields, None, 0))
            return 204, ""

        return Endpoint(self._helpline, self._refusals, reply)

    def _answer(self, answer: Answer, fault: Fault, request: CarrierRequest) -> Answered:
        try:
            return answer(self._helpline, request)
        except Exception as broken:
            log.error("fault", **without_words(broken))
            with no_harm():
                self._helpline.metrics.fault(type(broken).__name__)
                self._helpline.alerts.fault(type(broken).__name__)
        return AnsweredFault(fault(self._helpline, request))


class Endpoint:
    """One of the carrier's addresses, as a bare ASGI application: a request and a response of a framework's cost more
    than the turn.
    """

    def __init__(
        self, helpline: Helpline, refusals: Refusals, reply: Callable[[str, CarrierRequest], Awaitable[Reply]]
    ) -> None:
        self._signatures = helpline.signatures
        self._metrics = helpline.metrics
        self._refusals = refusals
        self._reply = reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        self._metrics.in_flight += 1
        try:
            status, document = await self._answered(scope, receive)
        finally:
            self._metrics.in_flight -= 1
        body = _encoded(document)
        headers = [] if status == 204 else [(b"content-length", b"%d" % len(body)), *(XML if status == 200 else ())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answered(self, scope: Scope, receive: Receive) -> Reply:
        """What is not the carrier's is refused; what cannot be read is answered 500, and Twilio asks its fallback."""
        try:
            status, body = await _body(scope, receive)
            request = self._genuine(scope, body) if status == 200 else None
            if request is not None:
                return await self._reply(scope["path"], request)
        except Disconnected:
            return 500, ""  # nobody gets it
        except Exception as unread:
            log.error("unread", **without_words(unread))
            with no_harm():
                self._metrics.unread()
            return 500, ""
        if status == 200:
            status = 403
            self._refusals.tell()
        with no_harm():
            self._metrics.refused(status)
        return status, ""

    def _genuine(self, scope: Scope, body: bytes) -> CarrierRequest | None:
        """The request; None where the carrier did not sign it."""
        target, query = scope["raw_path"], scope["query_string"]
        headers = dict(scope["headers"])
        is_form = headers.get(b"content-type", b"").lower().startswith(FORM)
        sent = form.read(body) if is_form else []
        asked = (target + b"?" + query if query else target).decode("latin-1")
        signed = headers.get(SIGNATURE, b"").decode("latin-1")
        settings = headers.get(SETTINGS, b"").decode("latin-1")
        if b"bodySHA256=" in query and not is_form:
            genuine = self._signatures.genuine_json(asked, body, signed, settings)
        else:
            genuine = self._signatures.genuine(asked, sent, signed, settings)
        if not genuine:
            return None
        own = _own(query) if is_form else form.first_of_each(form.read(query))
        return CarrierRequest(form.first_of_each(sent) if sent else own, own)


_encoded = lru_cache(MOST_OWN)(str.encode)  # most documents are given to many calls


@lru_cache(MOST_OWN)
def _own(query: bytes) -> Mapping[str, str]:
    """The query of an address that we gave out; it is remembered, for many calls are given the same.

    Only of what the carrier has signed: anybody else could fill the memory with it.
    """
    return form.first_of_each(form.read(query))


class Disconnected(Exception):
    """Whoever asked is gone."""


async def _body(scope: Scope, receive: Receive) -> tuple[int, bytes]:
    """200 and the whole body; or the status for one that does not come to its end in time, or is too large."""
    if IS_WHOLE in scope:
        return await _whole(receive)
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await _whole(receive)
    except TimeoutError:
        return 408, b""


async def _whole(receive: Receive) -> tuple[int, bytes]:
    """It is refused as soon as it is larger than any that the carrier sends."""
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
            return 413, b""
        more = message.get("more_body", False)
    return 200, b"".join(parts)
