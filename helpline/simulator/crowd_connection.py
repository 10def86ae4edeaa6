"""The connection of one line of a crowd, kept from call to call; one that the service let go of meanwhile is no loss.

A service closes what has been idle for some seconds. Where this machine has too much to do, that can be just while a
request is on its way there, which says nothing of the service: as any HTTP client does, it is sent over a new one.
"""

from __future__ import annotations

import time
from typing import Any

import httpx

from helpline.simulator.webhook import certificates

KEPT_SECONDS = 2.0  # idle; from then on the service may let go of it at any time
CLOSED = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)  # no byte of an answer came


def kept_connection() -> KeptConnection:
    """One that is not used any more once the service may have let go of it."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=1, keepalive_expiry=KEPT_SECONDS)
    return KeptConnection(httpx.HTTPTransport(verify=certificates(), limits=limits), KEPT_SECONDS)


class KeptConnection(httpx.BaseTransport):
    """One connection at a time, new where the last has been idle for too long."""

    def __init__(self, transport: httpx.BaseTransport, kept_seconds: float) -> None:
        self._transport = transport
        self._kept_seconds = kept_seconds
        self._answered = time.monotonic()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends it; once more over a new connection if it went over one that was idle for too long."""
        way = _Way()
        request.extensions["trace"] = way.note
        try:
            response = self._transport.handle_request(request)
        except CLOSED:
            if way.is_new or way.sent - self._answered < self._kept_seconds:
                raise
            response = self._transport.handle_request(request)
        self._answered = time.monotonic()
        return response

    def close(self) -> None:
        """Closes it."""
        self._transport.close()


class _Way:
    """How a request went out: over a new connection or a kept one, and when it had been sent."""

    def __init__(self) -> None:
        self.is_new = False
        self.sent = time.monotonic()

    def note(self, event: str, _: dict[str, Any]) -> None:
        """What the transport tells of its work."""
        self.is_new = self.is_new or event.startswith("connection.connect")
        if event.startswith("http11.send"):
            self.sent = time.monotonic()
