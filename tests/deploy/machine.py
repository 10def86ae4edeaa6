"""A machine that is none of ours: it keeps what it was asked, byte for byte, and answers, or fails as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, cast

How = Literal["answers", "hangs", "breaks off", "500"]
HANG_SECONDS = 4  # longer than Twilio waits


class Machine(socketserver.ThreadingTCPServer):
    """Listens on a port of its own until it `refuses`; `asked` is each request as it came, head and body."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.port: int = self.server_address[1]
        self.asked: list[bytes] = []
        self.how: How = "answers"
        self.over = threading.Event()

    def lines(self) -> list[str]:
        """The first line of each request."""
        return [request.partition(b"\r\n")[0].decode() for request in self.asked]

    def refuse(self) -> None:
        """Takes no connection any more."""
        self.shutdown()
        self.server_close()


class _Asked(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        machine = cast(Machine, self.server)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            if not (line := self.rfile.readline()):
                return
            head += line
        length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        machine.asked.append(head + self.rfile.read(int(length[0].partition(b":")[2]) if length else 0))
        match machine.how:
            case "answers":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n%5d" % machine.port)
            case "500":
                self.wfile.write(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")
            case "hangs":
                machine.over.wait(HANG_SECONDS)
            case "breaks off":
                pass


@contextmanager
def listening() -> Iterator[Machine]:
    """One that runs while the block does."""
    with Machine() as machine:
        thread = threading.Thread(target=machine.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield machine
        finally:
            machine.over.set()
            machine.shutdown()
            thread.join()
