"""The proxy before several machines: each request goes to the next of them, as it would be sent on by nginx.

1. A machine that takes no connection within a second is passed over, and the next is tried.
2. What was sent and not answered is not sent to another: a POST may have been done. It is answered 502, or 504 where
   nothing came for three seconds, and to try again is the carrier's business.
https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream
"""

from __future__ import annotations

import http.client
import itertools
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 3.0
NOT_HANDED_ON = frozenset({"connection", "content-length", "transfer-encoding", "server", "date"})


@dataclass
class Proxy:
    """Where it listens, and how many requests each machine has answered, by its port."""

    ports: Sequence[int]
    address: str = ""
    answered: Counter[int] = field(default_factory=Counter)
    _turns: Iterator[int] = field(default_factory=itertools.count)

    def order(self) -> list[int]:
        """The machines for one request: the one whose turn it is, then the others."""
        first = next(self._turns) % len(self.ports)
        return [*self.ports[first:], *self.ports[:first]]

    def connected(self) -> tuple[int, http.client.HTTPConnection] | None:
        """A connection to the first that takes one."""
        for port in self.order():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CONNECT_SECONDS)
            with suppress(OSError):
                connection.connect()
                connection.sock.settimeout(ANSWER_SECONDS)
                return port, connection
        return None


class _Server(ThreadingHTTPServer):
    proxy: Proxy
    request_queue_size = 128


class _HandingOn(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._hand_on()

    def do_POST(self) -> None:
        self._hand_on()

    def _hand_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, answer = self._answer(body)
        with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked may not have waited
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in NOT_HANDED_ON:
                    self.send_header(name, value)
            if status != http.client.NO_CONTENT:
                self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def _answer(self, body: bytes) -> tuple[int, Sequence[tuple[str, str]], bytes]:
        proxy = cast(_Server, self.server).proxy
        found = proxy.connected()
        if found is None:
            return http.client.BAD_GATEWAY, (), b""
        port, connection = found
        with closing(connection):
            try:
                headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
                connection.request(self.command, self.path, body, headers | {"Connection": "close"})
                response = connection.getresponse()
                answer = response.read()
            except TimeoutError:
                return http.client.GATEWAY_TIMEOUT, (), b""
            except (OSError, http.client.HTTPException):
                return http.client.BAD_GATEWAY, (), b""
        proxy.answered[port] += 1
        return response.status, response.getheaders(), answer

    def log_message(self, *_: object) -> None:
        """Says nothing on the screen."""


@contextmanager
def handing_on(ports: Sequence[int]) -> Iterator[Proxy]:
    """A proxy before the machines at these ports, while the block runs."""
    with _Server(("127.0.0.1", 0), _HandingOn) as server:
        server.proxy = Proxy(ports, f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.proxy
        finally:
            server.shutdown()
            thread.join()
