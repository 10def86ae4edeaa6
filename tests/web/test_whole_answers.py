"""What leaves for one request, write by write, as a process that is killed would cut it off."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from helpline.web.whole_answers import IS_WHOLE, InOnePiece, WholeAnswers

ASKED = b"POST /voice HTTP/1.0\r\nHost: helpline.example\r\nContent-Length: 1\r\n\r\nx"


class Connection:
    """A transport that leads nowhere, and tells what was written on it and whether it is closed."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes) -> None:
        """Notes it."""
        self.written.append(data)

    def close(self) -> None:
        """Notes that too."""
        self.is_closed = True

    def is_closing(self) -> bool:
        """As a real one."""
        return self.is_closed

    def get_extra_info(self, _name: str) -> Any:
        """None: it leads nowhere."""
        return None


async def _answered(connection: Connection) -> None:
    config = Config(PlainTextResponse("<Response/>"), http=WholeAnswers, log_config=None)
    config.load()
    protocol = WholeAnswers(config, ServerState(), {})
    protocol.connection_made(cast(asyncio.Transport, connection))
    protocol.data_received(ASKED)
    await asyncio.sleep(0.1)


async def _streamed(connection: Connection) -> None:
    transport = InOnePiece(cast(asyncio.Transport, connection), asyncio.get_running_loop())
    transport.write(b"a")
    transport.write(b"b")
    await asyncio.sleep(0.1)
    transport.write(b"c")
    await asyncio.sleep(0.1)


async def _asked_in(parts: list[bytes]) -> list[bool]:
    """Whether the application was told that the request is whole."""
    told: list[bool] = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        told.append(IS_WHOLE in scope)

    config = Config(application, http=WholeAnswers, log_config=None, interface="asgi3")
    config.load()
    protocol = WholeAnswers(config, ServerState(), {})
    protocol.connection_made(cast(asyncio.Transport, Connection()))
    for part in parts:
        protocol.data_received(part)
        await asyncio.sleep(0.01)
    return told


def test_a_request_that_comes_at_once_is_told_to_be_whole() -> None:
    """One of which the body is still to come is not."""
    assert asyncio.run(_asked_in([ASKED])) == [True]
    assert asyncio.run(_asked_in([ASKED[:-1], ASKED[-1:]])) == [False]


def test_an_answer_is_one_write() -> None:
    """Head and body of an answer leave together, before the connection is closed."""
    connection = Connection()
    asyncio.run(_answered(connection))
    [written] = connection.written
    assert written.startswith(b"HTTP/1.1 200 OK\r\n")
    assert written.endswith(b"\r\n\r\n<Response/>")
    assert connection.is_closed


def test_what_is_streamed_leaves_part_by_part() -> None:
    """Nothing is kept longer than until whoever writes waits for something."""
    connection = Connection()
    asyncio.run(_streamed(connection))
    assert connection.written == [b"ab", b"c"]
