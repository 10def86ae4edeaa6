"""Requests to a service in this very process: there is no port, no network, and nobody else who could ask."""

from __future__ import annotations

import anyio
import httpx
from starlette.types import ASGIApp


class InProcess(httpx.BaseTransport):
    """Hands each request to an ASGI application, in a loop of its own; called from a thread that has none."""

    def __init__(self, service: ASGIApp) -> None:
        self._service = service

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The whole answer. What the service does not catch is a connection that broke."""
        try:
            status, headers, body = anyio.run(self._answered, request)
        except Exception as fault:
            raise httpx.ReadError("the service broke", request=request) from fault
        return httpx.Response(status, headers=headers, content=body)

    async def _answered(self, request: httpx.Request) -> tuple[int, httpx.Headers, bytes]:
        async with httpx.ASGITransport(self._service) as transport:
            response = await transport.handle_async_request(request)
            return response.status_code, response.headers, await response.aread()
