"""Where the operators' console is served: beside the calls, at a port of its own, or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import anyio
import structlog
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from helpline.bootstrap import Helpline
from helpline.settings import Settings
from helpline.web.app import app

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
INSIDE = ("/console", "/phone")

log = structlog.get_logger()


def with_console(helpline: Helpline) -> ASGIApp:
    """The service with its console, as set."""
    settings = helpline.settings
    origins = _origins(settings)
    if not settings.helpline_console:
        return app(helpline)
    if unsafe := [origin for origin in origins if not _is_safe(origin)]:
        log.error("console_not_served", at=unsafe, help="Operators sign in over https only: set HELPLINE_CONSOLE_URL.")
        return app(helpline)
    public, port = app(helpline), settings.helpline_console_port
    # A webhook that was mistyped as one of these paths still rings somebody; at a port of its own no call comes in.
    otherwise = [Route("/{other:path}", public)] if port is None else []
    return Beside(public, port, WhenAsked(lambda: _inside(helpline, origins, otherwise)))


@dataclass(frozen=True)
class Beside:
    """Two services in one process: what is for the one `inside` goes there, all else to the public one.

    Where it has a `port`, that is what comes in at that port of the socket itself, whatever a request says of it; else
    what is asked of its paths.
    """

    public: ASGIApp
    port: int | None
    inside: ASGIApp

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answers a request, or minds the start and the end, which the public one does for both."""
        is_inside = scope["type"] == "http" and self._is_inside(scope)
        return (self.inside if is_inside else self.public)(scope, receive, send)

    def _is_inside(self, scope: Scope) -> bool:
        if self.port is not None:
            return (scope.get("server") or ("", None))[1] == self.port
        return scope["path"].startswith(INSIDE) and f"/{scope['path'].split('/')[1]}" in INSIDE


class WhenAsked:
    """An application that is loaded when somebody first asks for it.

    The console is a third of the program. A process that answers calls is there sooner, and smaller, without it.
    """

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None
        self._one_at_a_time = anyio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        async with self._one_at_a_time:
            if self._made is None:
                self._made = await anyio.to_thread.run_sync(self._make)
            made = self._made
        await made(scope, receive, send)


def _inside(helpline: Helpline, origins: list[str], otherwise: list[Route]) -> ASGIApp:
    from helpline.bootstrap.office import office
    from helpline.console.console import Console
    from helpline.web.phone_inside import phone_inside
    from helpline.web.rehearsing import rehearsal_line

    line_to = rehearsal_line(helpline.settings, unread_languages=False)
    its_office = office(helpline)
    console = Console(its_office, origins, line_to=line_to)
    phone = phone_inside(its_office, console, line_to)
    inside = Starlette(routes=[*(phone.routes if phone else []), *console.routes, *otherwise])
    inside.router.redirect_slashes = False
    return inside


def _origins(settings: Settings) -> list[str]:
    if settings.helpline_console_url:
        return [settings.helpline_console_url]
    if settings.helpline_console_port:
        return [f"http://{name}:{settings.helpline_console_port}" for name in ("127.0.0.1", "localhost")]
    return [settings.helpline_public_url or ""]


def _is_safe(origin: str) -> bool:
    """Over plain http a password can be read on its way, unless it does not leave the machine."""
    parts = urlsplit(origin)
    return parts.scheme == "https" or parts.hostname in THIS_MACHINE
