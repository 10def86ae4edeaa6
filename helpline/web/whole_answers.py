"""How the server reads and writes: a head has an end, and an answer leaves in one piece.

1. The parser keeps whatever it is sent, so what is too long to be a head is refused before it has come to its end.
2. Most requests come whole, and an application is told so of them: to wait for the rest it has to set a clock.
3. The server writes an answer's head, then its body. A process that is killed in between leaves half an answer, which a
   proxy has passed on by then and Twilio does not ask for again. Written at once, an answer is there or it is not, and
   where it is not, another machine is asked.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024  # Twilio's heads are 1 kB, their address 2 kB at most
IS_WHOLE = "helpline.is_whole"  # in the scope of a request that was there to its end before it was looked at


class WholeAnswers(HttpToolsProtocol):
    """The server's protocol, with heads that end, on a connection on which an answer is one write."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._is_head = True
        self._heads = 0
        self._of_head = 0  # bytes that came and ended no head

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins with what somebody connected by."""
        super().connection_made(cast(asyncio.Transport, InOnePiece(transport, self.loop)))

    def data_received(self, data: bytes) -> None:
        """Reads on, unless this is no head that we should wait for."""
        was_head, heads = self._is_head, self._heads
        super().data_received(data)
        if not (was_head and self._is_head and self._heads == heads):
            return
        self._of_head += len(data)
        if self._of_head > MOST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_headers_complete(self) -> None:
        """A head has ended."""
        self._is_head, self._of_head = False, 0
        self._heads += 1
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes next is a head."""
        self._is_head = True
        cast(dict[str, Any], self.scope)[IS_WHOLE] = True
        super().on_message_complete()


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
