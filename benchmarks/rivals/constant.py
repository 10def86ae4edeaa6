"""One answer to whatever is asked, as bare ASGI and as a Starlette route, on a server set just as ours is."""

from __future__ import annotations

import os
import sys
from typing import Any
from unittest import mock

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from helpline.settings import Settings
from helpline.web import listening, serving

DOCUMENT = (
    b'<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="/voice/keyed" numDigits="4">'
    b'<Say language="nl-NL">Direct gevaar? Bel 1 1 2. Toets de vier cijfers van de postcode.</Say></Gather></Response>'
)
HEADERS = [(b"content-length", b"%d" % len(DOCUMENT)), (b"content-type", b"text/xml; charset=utf-8")]


async def raw(scope: Scope, receive: Receive, send: Send) -> None:
    """The least that an ASGI application can do; the body is read by the server and looked at by nobody."""
    if scope["type"] == "lifespan":
        await _begin_and_end(receive, send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": DOCUMENT})


async def _begin_and_end(receive: Receive, send: Send) -> None:
    for phase in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{phase}.complete"})


async def answer(_request: Request) -> Response:
    """As Starlette's introduction has it."""
    return Response(DOCUMENT, media_type="text/xml")


routed = Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])


def serve(application: str) -> None:
    """Serves it in the place of ours: whatever `helpline serve` tells the server, it is told here too."""

    def listen_with(_service: str, port: int, _console_port: int | None, **options: Any) -> None:
        listening.listen(f"{__name__}:{application}", port, None, **{**options, "factory": False})

    with mock.patch.object(serving, "listen", listen_with):
        serving.serve(Settings(_env_file=None, port=int(os.environ["PORT"])))


if __name__ == "__main__":
    from benchmarks.rivals import constant  # by its name, by which the server imports it too

    constant.serve(sys.argv[1])
