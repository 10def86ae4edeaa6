"""Twilio's side of the wire, as fast as Python can be: some connections that are kept, one request under way on each.

Every answer is checked, at little cost: whole, 200, and with the words in it that belong to this very request. What is
read for the first time is read as XML too.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree

from benchmarks.wire import Expected, Request

CONNECTIONS = 8  # enough that the server always has something to do
MOST_SECONDS = 20.0  # for one answer; nothing here takes so long unless it hangs
LENGTH = b"content-length:"


class Wrong(AssertionError):
    """An answer that is not the right one; a figure that was measured with it would be worth nothing."""


class Connection:
    """One connection, made anew where the server ends it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def send(self, request: bytes) -> None:
        """Sends one request, whole."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=MOST_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)

    def answer(self) -> tuple[bytes, bytes]:
        """The head and the body of the answer. Raises Wrong where it does not come whole."""
        assert self._socket is not None
        got = self._socket.recv(65536)
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, body = got[:end].lower(), got[end + 4 :]
        place = head.find(LENGTH)
        if place < 0:
            raise Wrong(f"An answer that does not say how long it is: {got!r}")
        missing = int(head[place + len(LENGTH) :].partition(b"\r\n")[0]) - len(body)
        while missing > 0:
            more = self._more()
            body, missing = body + more, missing - len(more)
        if b"connection: close" in head:
            self.close()
        return head, body

    def close(self) -> None:
        """Ends it, where there is one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _more(self) -> bytes:
        assert self._socket is not None
        got = self._socket.recv(65536)
        if not got:
            raise Wrong("The server ended the connection before its answer was whole.")
        return got


@dataclass
class Checker:
    """Whether answers are right; what was once read as XML is not read again."""

    read: set[bytes] = field(default_factory=set)

    def check(self, head: bytes, body: bytes, expected: Expected) -> None:
        """Raises Wrong."""
        if not head.startswith(b"http/1.1 200"):
            raise Wrong(f"{head!r}\n{body[:500]!r}")
        for words in expected.words:
            if words not in body:
                raise Wrong(f"Nothing of {words!r} in {body!r}")
        if body not in self.read:
            self._read(head, body)

    def _read(self, head: bytes, body: bytes) -> None:
        if b"xml" not in head:
            raise Wrong(f"No XML: {head!r}")
        try:
            root = ElementTree.fromstring(body)  # noqa: S314 - of a program of ours on this machine
        except ElementTree.ParseError as fault:
            raise Wrong(f"{fault}: {body!r}") from fault
        if root.tag != "Response":
            raise Wrong(f"No TwiML: {body!r}")
        self.read.add(body)


def send(port: int, requests: Sequence[Request], count: int, checker: Checker) -> float:
    """Sends so many requests, each of them fresh, in turn from the pool; the seconds until all are answered.

    Raises Wrong at the first answer that is not right.
    """
    fresh = [(each.fresh(), each.expected) for each in (requests[turn % len(requests)] for turn in range(count))]
    connections = [Connection(port) for _ in range(min(CONNECTIONS, count))]
    try:
        began = time.perf_counter()
        _send(connections, fresh, checker.check)
        return time.perf_counter() - began
    finally:
        for each in connections:
            each.close()


def _send(
    connections: Sequence[Connection],
    requests: Sequence[tuple[bytes, Expected]],
    check: Callable[[bytes, bytes, Expected], None],
) -> None:
    many = len(connections)
    for turn, (request, _) in enumerate(requests):
        connection = connections[turn % many]
        if turn >= many:
            check(*connection.answer(), requests[turn - many][1])
        connection.send(request)
    for turn in range(len(requests) - many, len(requests)):
        check(*connections[turn % many].answer(), requests[turn][1])


def ask(port: int, request: bytes) -> bytes:
    """The body of the answer to one request."""
    connection = Connection(port)
    try:
        connection.send(request)
        return connection.answer()[1]
    finally:
        connection.close()
