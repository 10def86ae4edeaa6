"""A telephone in the browser, at /phone: it rings the helpline by the simulator, and a person plays all sides."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from helpline.pages.own_pages import Endpoint
from helpline.pages.static import static
from helpline.simulator.rehearsal_line import RehearsalLine
from helpline.web.phone_answers import caller_of, reply_of
from helpline.web.phone_call import BrowserCall
from helpline.web.phone_calls import LEFT_ALONE_SECONDS, Calls
from helpline.web.phone_page import page

MOST_BYTES = 4096
LOOK_SECONDS = 0.05  # how often a stream looks for what is new
COMMENT_EVERY_SECONDS = 15  # so that whatever stands between keeps the stream open


class Phone:
    """The telephone's routes, each for whom `only` lets in; `picture` draws the conversation as SVG.

    `line_to` is what is rung: the helpline itself for "", or what there is of that name; None where it cannot be rung.
    """

    def __init__(
        self,
        line_to: Callable[[str], RehearsalLine | None],
        only: Callable[[Endpoint], Endpoint],
        picture: Callable[[], str],
        *,
        patience: float = LEFT_ALONE_SECONDS,
    ) -> None:
        self._calls = Calls(patience)
        self._line_to = line_to
        self._picture = picture
        self.routes = [
            Route("/phone", only(self._page)),
            Route("/phone/static/{name}", only(self._static)),
            Route("/phone/calls", only(self._begin), methods=["POST"]),
            Route("/phone/calls/{token}/events", only(self._events)),
            Route("/phone/calls/{token}/hang-up", only(self._hang_up), methods=["POST"]),
            Route("/phone/calls/{token}/{act}", only(self._answer), methods=["POST"]),
        ]

    def close(self) -> None:
        """Hangs up every call, and lets no other begin."""
        self._calls.hang_up()

    async def _page(self, request: Request) -> Response:
        picture = await anyio.to_thread.run_sync(self._picture)
        asked = request.query_params
        return Response(page(asked.get("lang", "nl"), picture, asked.get("draft", "")), media_type="text/html")

    async def _static(self, request: Request) -> Response:
        return static("helpline.web", request.path_params["name"])

    async def _begin(self, request: Request) -> Response:
        sent = await _sent(request)
        caller, draft = caller_of(sent.get("caller")), sent.get("draft", "")
        if caller is None or not isinstance(draft, str):
            return JSONResponse({"problem": "number"}, 422)
        line = await anyio.to_thread.run_sync(self._line_to, draft)
        if line is None:
            return JSONResponse({"problem": "draft"}, 409)
        call = self._calls.begin(caller, line)
        if call is None:
            return JSONResponse({"problem": "engaged"}, 503, {"Retry-After": "60"})
        return JSONResponse({"token": call.token}, 201)

    async def _events(self, request: Request) -> Response:
        call = self._found(request)
        if call is None:
            return Response(status_code=404)
        last = request.headers.get("last-event-id", "0")
        after = int(last) if last.isascii() and last.isdigit() else 0
        return StreamingResponse(self._stream(call, after), media_type="text/event-stream")

    async def _hang_up(self, request: Request) -> Response:
        call = self._found(request)
        if call is None:
            return Response(status_code=404)
        call.hang_up()
        return Response(status_code=204)

    async def _answer(self, request: Request) -> Response:
        call, sent = self._found(request), await _sent(request)
        if call is None:
            return Response(status_code=404)
        reply, stop = reply_of(request.path_params["act"], sent.get("what")), sent.get("stop")
        if reply is None or not isinstance(stop, int):
            return JSONResponse({"problem": "answer"}, 422)
        if not call.answer(stop, reply):
            return JSONResponse({"problem": "late"}, 409)
        return Response(status_code=204)

    def _found(self, request: Request) -> BrowserCall | None:
        return self._calls.find(request.path_params["token"])

    async def _stream(self, call: BrowserCall, told: int) -> AsyncIterator[str]:
        """What is told from there on, each with its number, until the call is over."""
        quiet = 0.0
        yield "retry: 1000\n\n"
        while not self._calls.are_ending:
            is_over = call.is_over  # looked at first: what is told after it is read below
            for event in call.since(told):
                told, quiet = told + 1, 0.0
                yield f"id: {told}\ndata: {event}\n\n"
            if is_over:
                call.is_told.set()
                return
            if quiet >= COMMENT_EVERY_SECONDS:
                quiet = 0.0
                yield ": still here\n\n"
            await anyio.sleep(LOOK_SECONDS)
            quiet += LOOK_SECONDS


async def _sent(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; empty where it is none, or too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return {}
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
