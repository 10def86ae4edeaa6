"""In the service's process: around the service, and beside all that it does to files and to the net."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from helpline.bootstrap import Helpline
from helpline.errors import HelplineError
from helpline.web import serving
from tests.no_trace import forced, now
from tests.no_trace.faults import made
from tests.no_trace.loose import LOOSE
from tests.no_trace.now import BROKE, LAST, NOW, WORKER, tell

SHUTDOWN = "shutdown"  # breaks when the service is told to end
_told: set[tuple[str, str]] = set()
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Watched:
    """The service, in whose requests things break as they ask for; each answer says which process gave it."""

    service: ASGIApp
    breaks_at_the_end: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request, or the life of the service."""
        if scope["type"] == "lifespan":
            await self.service(scope, partial(self._receive, receive), send)
            return
        now.begin(scope)
        request = NOW.get()
        if request and request.armed in LOOSE:
            LOOSE[request.armed](request.told)
        elif request and request.armed == forced.END:
            forced.BREAKING.everything = True
        elif request and request.armed == SHUTDOWN:
            self.breaks_at_the_end = True
            _break_the_server()
        await self.service(scope, receive, partial(_named, send))

    async def _receive(self, receive: Receive) -> Message:
        message = await receive()
        if self.breaks_at_the_end and message["type"] == "lifespan.shutdown":
            raise made(0, LAST[0].told)
        return message


async def _named(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        request = NOW.get()
        told = [(WORKER.encode(), str(os.getpid()).encode())]
        if request and request.given:
            told.append((BROKE.encode(), b"yes"))
        message["headers"] = [*message.get("headers", ()), *told]
    await send(message)


def watch() -> None:
    """From here on."""
    begun: Callable[[Helpline], ASGIApp] = serving._begun
    serving._begun = lambda helpline: Watched(begun(helpline))
    _watch_our_errors()
    sys.addaudithook(_audit)


def _watch_our_errors() -> None:
    """What our own errors say may be logged: it is looked through like a log."""
    init = HelplineError.__init__

    def told(self: HelplineError, message: str, **more: Any) -> None:
        init(self, message, **more)
        tell("ours", message)

    HelplineError.__init__ = told  # type: ignore[method-assign]


def _break_the_server() -> None:
    """The server itself breaks, after all else has ended."""
    shutdown = uvicorn.Server.shutdown

    async def broken(self: uvicorn.Server, sockets: Any = None) -> None:
        await shutdown(self, sockets)
        raise made(0, LAST[0].told)

    uvicorn.Server.shutdown = broken  # type: ignore[method-assign]


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Tells each file that is opened for writing, and whom this process connects to."""
    if event == "open" and isinstance(arguments[0], str | bytes) and (arguments[2] or 0) & WRITES:
        path = os.fsdecode(arguments[0])
        _tell_once("wrote", os.path.abspath(path))  # noqa: PTH100 - without looking at the disk
    elif event == "sqlite3.connect":
        _tell_once("wrote", str(arguments[0]))
    elif event == "socket.connect":
        _tell_once("connected", str(arguments[1]))


def _tell_once(kind: str, what: str) -> None:
    if (kind, what) not in _told and what != os.environ[now.TOLD]:
        _told.add((kind, what))
        tell(kind, what)
