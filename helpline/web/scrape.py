"""GET /metrics: a page of metrics for whoever may read it, which is not everybody.

1. Whoever could read it all the time would see a count rise at the moment somebody rings who lives with them.
2. With HELPLINE_METRICS_TOKEN only who sends it may read; it is compared in constant time.
3. Without it, only what comes from this machine itself: not through a proxy on it, which hands on what others ask.
"""

from __future__ import annotations

import hmac

import anyio
import structlog
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response

from helpline.bootstrap import Helpline
from helpline.log import without_words
from helpline.web import workers
from helpline.web.gauges import Gauges

# What proxies add, https://www.rfc-editor.org/rfc/rfc7239 and https://www.rfc-editor.org/rfc/rfc9110#field.via
HANDED_ON = ("forwarded", "via", "x-real-ip")
HANDED_ON_TOO = "x-forwarded-"
THIS_MACHINE = ("127.0.0.1", "localhost")

log = structlog.get_logger()


class Scrape:
    """/metrics."""

    def __init__(self, helpline: Helpline, gauges: Gauges) -> None:
        self._gauges = gauges
        self._metrics = helpline.metrics
        token = helpline.settings.helpline_metrics_token
        self._token = token.get_secret_value().encode() if token else None

    async def read(self, request: Request) -> Response:
        """All metrics in Prometheus' text format; 401 without the token, 404 where there is none and it is not us."""
        if self._token is None and not _is_of_this_machine(request):
            return Response(status_code=404)
        if self._token is not None and not hmac.compare_digest(_bearer(request), self._token):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            self._gauges.take()
            page = await anyio.to_thread.run_sync(self._page)
        except Exception as fault:
            log.error("metrics_not_read", **without_words(fault))
            return Response(status_code=503)
        return Response(page, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"})

    def _page(self) -> bytes:
        if self._metrics.folder is not None:
            workers.forget_the_dead(self._metrics.folder)
        return self._metrics.exposition()


def _bearer(request: Request) -> bytes:
    """The token that was sent; empty where none was."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip().encode() if scheme.lower() == "bearer" else b""


def _is_of_this_machine(request: Request) -> bool:
    """From this machine, by a name of this machine, and handed on by nobody.

    nginx as it comes adds no header; but most of them speak HTTP/1.0 to us, as no program does that reads metrics.
    """
    headers, peer = request.headers, request.client
    if any(name in HANDED_ON or name.startswith(HANDED_ON_TOO) for name in headers):
        return False
    named = headers.get("host", "").partition(":")[0] in THIS_MACHINE
    return peer is not None and peer.host == "127.0.0.1" and named and request.scope["http_version"] != "1.0"
