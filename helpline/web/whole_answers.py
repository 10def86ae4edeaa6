"""An answer leaves in one piece: its head and its body are written at once.

The server writes one after the other. A process that is killed in between leaves half an answer, which a proxy has
passed on by then and Twilio does not ask for again. Written at once, an answer is there or it is not, and where it is
not, another machine is asked.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol


class WholeAnswers(H11Protocol):
    """The server's protocol, on a connection on which an answer is one write."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins with what somebody connected by."""
        super().connection_made(cast(asyncio.Transport, InOnePiece(transport, self.loop)))


class InOnePiece:
    """A transport that keeps what is written until whoever writes has come to a wait; all else is the transport's."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._kept: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keeps it for this turn of the loop."""
        if not self._kept:
            self._loop.call_soon(self._send)
        self._kept.append(data)

    def close(self) -> None:
        """Sends what is kept, and closes."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._kept:
            kept, self._kept = b"".join(self._kept), []
            self._transport.write(kept)
