"""Requests byte by byte, as no client of ours sends them: signed or not, in parts, never whole, or far too many."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from typing import Self
from urllib.parse import urlencode

from helpline.simulator.signing import sign
from tests.conftest import PUBLIC_URL, TOKEN
from tests.web.carrier import FIELDS

HOST = "127.0.0.1"
ANSWER_SECONDS = 30.0


def posted(path: str, *, signed: bool) -> tuple[bytes, bytes]:
    """Head and body of a POST; unsigned it has the signature of somebody who does not know the token."""
    signature = sign(f"{PUBLIC_URL}{path}", [*FIELDS.items()], TOKEN if signed else "guessed")
    body = urlencode(FIELDS).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: helpline.example\r\nX-Twilio-Signature: {signature}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode(), body


def connected(port: int) -> socket.socket:
    """A connection to a service of this machine, on which nobody waits for ever."""
    return socket.create_connection((HOST, port), ANSWER_SECONDS)


def answered(connection: socket.socket) -> bytes:
    """One answer, whole; empty where the other side closed instead. Only for answers that say how long they are."""
    came = b""
    while not _is_whole(came):
        part = connection.recv(65536)
        if not part:
            return b""
        came += part
    return came


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in head.splitlines() if line.lower().startswith(b"content-length:")]
    return bool(end) and len(body) >= int(lengths[0])


class Trickle:
    """So many connections while the block runs, over each of which a signed request comes byte by byte, never whole.

    Half of them are still at its head, the others within a body that is announced as longer.
    """

    def __init__(self, port: int, sockets: int) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._trickle, name="trickle")
        head, body = posted("/voice", signed=True)
        self._open: dict[socket.socket, bytes] = {}
        for number in range(sockets):
            connection = connected(port)
            if number % 2:
                connection.sendall(head)
            self._open[connection] = body if number % 2 else head

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for connection in self._open:
            connection.close()

    def _trickle(self) -> None:
        """A byte each, five times a second."""
        while not self._over.wait(0.2):
            for connection, left in list(self._open.items()):
                try:
                    connection.send(left[:1])
                    self._open[connection] = left[1:]
                except OSError:
                    connection.close()  # the service has
                    del self._open[connection]


class Flood:
    """Unsigned requests while the block runs, some `per_second`, over so many connections that are kept open."""

    def __init__(self, port: int, per_second: int, connections: int = 8) -> None:
        self.answers: Counter[str] = Counter()
        self.seconds = 0.0
        self._port = port
        self._pause = connections / per_second
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._flood, name="flood") for _ in range(connections)]

    def __enter__(self) -> Self:
        self.seconds = -time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self.seconds += time.monotonic()

    def _flood(self) -> None:
        request = b"".join(posted("/voice", signed=False))
        with connected(self._port) as connection:
            while not self._over.wait(self._pause):
                connection.sendall(request)
                self.answers[answered(connection).partition(b"\r\n")[0].decode()] += 1
