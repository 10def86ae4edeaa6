"""Where the operators' console is served: beside the calls, at a port of its own, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.console.console import Console
from helpline.settings import Settings
from helpline.web.app import app
from helpline.web.phone_inside import phone_inside
from helpline.web.rehearsing import rehearsal_line

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")

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
    line_to = rehearsal_line(settings, unread_languages=False)
    office = bootstrap.office(helpline)
    console = Console(office, origins, line_to=line_to)
    phone = phone_inside(office, console, line_to)
    if settings.helpline_console_port is None:
        return app(helpline, phone, console)
    inside = Starlette(routes=[*(phone.routes if phone else []), *console.routes])
    return ByPort(app(helpline), settings.helpline_console_port, inside)


@dataclass(frozen=True)
class ByPort:
    """Two services in one process: what comes in at the port is for the one `inside`, all else for the public one.

    The port is that of the socket itself, not what a request says of it.
    """

    public: ASGIApp
    port: int
    inside: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or minds the start and the end, which the public one does for both."""
        is_inside = scope["type"] == "http" and (scope.get("server") or ("", None))[1] == self.port
        await (self.inside if is_inside else self.public)(scope, receive, send)


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
