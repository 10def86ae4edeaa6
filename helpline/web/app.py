"""All routes on one screen, and what runs beside them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

import anyio
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Lifespan, Receive, Scope, Send

from helpline.bootstrap import Helpline
from helpline.carrier.addresses import ACCEPTED, DIALLED, KEYED, TEST_CALL, TEXT_STATUS, TURN, WHISPER
from helpline.log import without_words
from helpline.web import health, sms, test_calls, voice
from helpline.web.carrier_requests import CarrierRequest, Endpoint, FromCarrier, last_resort
from helpline.web.gauges import Gauges
from helpline.web.refresh import keep_table_fresh
from helpline.web.scrape import Scrape

if TYPE_CHECKING:  # a process that answers calls is there sooner without them
    from helpline.console.console import Console
    from helpline.web.phone import Phone

log = structlog.get_logger()


def app(helpline: Helpline, phone: Phone | None = None, console: Console | None = None) -> Starlette:
    """The service; with a `phone` it can be rung from a browser on this machine, with a `console` operators sign in."""
    carrier = FromCarrier(helpline)
    probes = health.Probes(helpline)
    gauges = Gauges(helpline)
    routes = [
        Route("/voice", carrier.answered_by(voice.incoming), methods=["GET", "POST"]),
        Route(TURN, carrier.answered_by(voice.turn), methods=["POST"]),
        Route(KEYED, carrier.answered_by(voice.keyed), methods=["POST"]),
        Route(DIALLED, carrier.answered_by(voice.dialled), methods=["POST"]),
        Route(WHISPER, carrier.answered_by(voice.whisper, fault=voice.whisper_fault), methods=["POST"]),
        Route(ACCEPTED, carrier.answered_by(voice.accepted, fault=voice.whisper_fault), methods=["POST"]),
        Route(TEST_CALL, carrier.answered_by(test_calls.keyed, fault=test_calls.fault, waits=True), methods=["POST"]),
        Route("/voice/status", carrier.noting(), methods=["POST"]),
        Route("/voice/{unknown:path}", carrier.answered_by(voice.unknown), methods=["GET", "POST"]),
        Route("/sms", carrier.answered_by(sms.incoming, fault=sms.fault), methods=["POST"]),
        Route(TEXT_STATUS, carrier.noting(), methods=["POST"]),
        Route("/live", probes.live),
        Route("/ready", probes.ready),
        Route("/metrics", Scrape(helpline, gauges).read),
        *(phone.routes if phone else []),
        *(console.routes if console else []),
        Route("/{unknown:path}", carrier.answered_by(voice.unknown, fault=_mistyped), methods=["POST"]),
        Route("/{unknown:path}", _nowhere),
    ]

    @contextlib.asynccontextmanager
    async def beside(_app: Starlette) -> AsyncIterator[None]:
        async with _told_of_its_end(), anyio.create_task_group() as tasks:
            tasks.start_soon(gauges.run)
            tasks.start_soon(keep_table_fresh, helpline.directory, helpline.alerts, helpline.fallback)
            tasks.start_soon(helpline.alerts.run)
            if helpline.eraser is not None:
                tasks.start_soon(helpline.eraser.run)
            if helpline.records is not None:
                tasks.start_soon(helpline.records.run)
            if helpline.forgetting is not None:
                tasks.start_soon(helpline.forgetting.run)
            if helpline.daily_round is not None:
                tasks.start_soon(helpline.daily_round.run)
            yield
            tasks.cancel_scope.cancel()

    service = Service(routes=routes, lifespan=beside)
    service.router.redirect_slashes = False  # a redirected POST loses its keys
    return service


class Service(Starlette):
    """Starlette, which would try one route after the other and wrap each answer while a caller waits.

    The carrier's own addresses are found at once and asked as they are; everything else is Starlette's.
    """

    def __init__(self, routes: Sequence[BaseRoute], lifespan: Lifespan[Starlette]) -> None:
        super().__init__(routes=routes, lifespan=lifespan)
        self._of_carrier = {
            (method, route.path): route.endpoint
            for route in routes
            if isinstance(route, Route) and isinstance(route.endpoint, Endpoint) and not route.param_convertors
            for method in route.methods or ()
        }

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Coroutine[Any, Any, None]:
        """Answers a request, or begins and ends what runs beside."""
        endpoint = self._of_carrier.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        return (endpoint or super().__call__)(scope, receive, send)


@contextlib.asynccontextmanager
async def _told_of_its_end() -> AsyncIterator[None]:
    """A fault that ends what runs beside the calls is told here: the server would tell it as a traceback."""
    try:
        yield
    except Exception as fault:
        log.critical("beside_ended", **without_words(fault))
        raise


async def _nowhere(_request: Request) -> Response:
    """Not a page of ours."""
    return Response(status_code=404)


def _mistyped(helpline: Helpline, request: CarrierRequest) -> str:
    """A webhook mistyped at Twilio: a call or a text, each has its last resort."""
    return (sms.fault if "MessageSid" in request.fields else last_resort)(helpline, request)
