"""A small real HTTP service that answers with prepared documents and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.events import Ended, Event, Heard, How
from helpline.simulator.player import Call, Telephone

TOKEN = "not-a-real-token"
PUBLIC = "https://helpline.example"
HELPLINE = "+31300004000"
CALLER = "+31612345600"


@dataclass(frozen=True)
class Reply:
    """One prepared answer."""

    body: bytes = b""
    status: int = 200
    content_type: str | None = "text/xml"
    headers: tuple[tuple[str, str], ...] = ()


def twiml(verbs: str) -> Reply:
    """A Response around these verbs."""
    return Reply(f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>'.encode())


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: Message
    fields: dict[str, str]

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


Prepared = Reply | Callable[[Asked], Reply]


@dataclass
class Service:
    """Answers by path; a path with several answers gives them in turn and then repeats the last."""

    address: str = ""
    answers: dict[str, list[Prepared]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def on(self, path: str, *prepared: str | Prepared) -> None:
        """Prepares the answers for a path; a string stands for verbs."""
        self.answers[path] = [twiml(each) if isinstance(each, str) else each for each in prepared]

    def answer(self, asked: Asked) -> Reply:
        """The next answer prepared for this path, or 404."""
        self.asked.append(asked)
        prepared = self.answers.get(asked.path)
        if not prepared:
            return Reply(status=404)
        each = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        return each if isinstance(each, Reply) else each(asked)

    def at(self, path: str) -> list[Asked]:
        """The requests for a path, in order."""
        return [each for each in self.asked if each.path == path]

    def telephone(self, number: TwilioNumber | None = None) -> Telephone:
        """A telephone whose Twilio connects here."""
        return Telephone(Twilio(PUBLIC, self.address, TOKEN), number or TwilioNumber(HELPLINE))


class _Server(ThreadingHTTPServer):
    service: Service


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        asked = Asked(self.command, self.path, self.headers, fields)
        reply = cast(_Server, self.server).service.answer(asked)
        self.send_response(reply.status)
        if reply.content_type is not None:
            self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the telephone may not have waited
            self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Says nothing on the screen."""


@contextmanager
def serving() -> Iterator[Service]:
    """A service on a free port of this machine, for as long as the block lasts."""
    with _Server(("127.0.0.1", 0), _Answering) as server:
        server.service = Service(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.service
        finally:
            server.shutdown()
            thread.join()


def heard(call: Call) -> list[str]:
    """What the caller heard, in order."""
    return [each.text for each in call.events if isinstance(each, Heard)]


def only(call: Call, kind: type[Event]) -> list[Event]:
    """The events of one kind, in order."""
    return [each for each in call.events if isinstance(each, kind)]


def how(call: Call) -> How:
    """How the call ended."""
    ended = call.events[-1]
    assert isinstance(ended, Ended)
    return ended.how
