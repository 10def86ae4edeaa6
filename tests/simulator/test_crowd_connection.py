"""The kept connection of a crowd: who lets go of it when it is idle loses no call, and any other loss is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from helpline.simulator.crowd_connection import KeptConnection, kept_connection

BODY = b"a=1"
ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"
Serve = Callable[[socket.socket], None]


def answers(connection: socket.socket) -> None:
    """One answer, and the connection stays."""
    read(connection)
    connection.sendall(ANSWER)


def lets_go(connection: socket.socket) -> None:
    """The request is read, and nothing comes back."""
    read(connection)
    connection.close()


def read(connection: socket.socket) -> None:
    """One request, which comes in parts."""
    came = b""
    while not came.endswith(BODY):
        came += connection.recv(4096)


@contextmanager
def service(*connections: tuple[Serve, ...]) -> Iterator[str]:
    """The address of a service that does this with each connection in turn."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            for acts in connections:
                connection, _ = listener.accept()
                with connection:
                    for act in acts:
                        act(connection)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/voice"
        thread.join(5)
    assert not thread.is_alive()  # all of it was asked for


def idle_at_once() -> KeptConnection:
    """One for which the least pause is too long, as after a stop of the whole machine."""
    return KeptConnection(httpx.HTTPTransport(), 0.0)


def post(transport: httpx.BaseTransport, address: str) -> int:
    """A request as the player sends it; its status."""
    response = transport.handle_request(
        httpx.Request("POST", address, content=BODY, extensions={"timeout": httpx.Timeout(5).as_dict()})
    )
    response.read()
    response.close()
    return response.status_code


def test_it_is_kept() -> None:
    """Two requests go over one connection."""
    with service((answers, answers)) as address, kept_connection() as kept:
        assert [post(kept, address) for _ in range(2)] == [204, 204]


def test_one_that_was_idle_too_long() -> None:
    """Closed just when the next request came: that goes over a new one, and nobody is lost."""
    with service((answers, lets_go), (answers,)) as address, idle_at_once() as kept:
        assert [post(kept, address) for _ in range(2)] == [204, 204]


def test_a_service_that_drops_a_request() -> None:
    """Over a connection that was in use a moment ago it is the service's loss, and told."""
    with (
        service((answers, lets_go)) as address,
        kept_connection() as kept,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        assert post(kept, address) == 204
        post(kept, address)


def test_a_service_that_drops_a_new_connection() -> None:
    """So it is over a new one, however long ago the last answer was."""
    with service((lets_go,)) as address, idle_at_once() as kept, pytest.raises(httpx.RemoteProtocolError):
        post(kept, address)
