"""A service with a telephone in the browser, and a browser's requests to it."""

from __future__ import annotations

import json
import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from helpline.bootstrap import Helpline
from helpline.flow.drawing_svg import svg
from helpline.pages.own_pages import OwnPages
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal_line import RehearsalLine
from helpline.web.phone import Phone
from helpline.web.phone_calls import LEFT_ALONE_SECONDS
from helpline.web.serving import serving
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN
from tests.flow.test_drawing import drawn, in_words

Told = dict[str, Any]


@contextmanager
def ringable(
    helpline: Helpline, *, patience: float = LEFT_ALONE_SECONDS, elsewhere: str | None = None
) -> Iterator[tuple[str, Telephone]]:
    """A running service that can be rung from a browser: its address, and the telephone that it rings by.

    The telephone rings the service itself, or one that runs `elsewhere`.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        twilio = Twilio(public_url=PUBLIC_URL, connect_to=elsewhere or address, auth_token=TOKEN, owned=(OWN_NUMBER,))
        telephone = Telephone(twilio, TwilioNumber(OWN_NUMBER, status_callback="/voice/status"))
        line = RehearsalLine(telephone, helpline.directory.current.line_of)
        only, drawing = (
            OwnPages([address, f"http://localhost:{listener.getsockname()[1]}"]).only,
            svg(drawn(), in_words),
        )
        phone = Phone(lambda draft: None if draft else line, only, lambda: drawing, patience=patience)
        with serving(helpline, listener, phone):
            yield address, telephone


@dataclass(frozen=True)
class Browser:
    """A page of ours, and what it asks."""

    client: httpx.Client

    def post(self, path: str, sent: object = None, **headers: str) -> httpx.Response:
        """A POST as the page's script makes it."""
        own = {"Origin": str(self.client.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=sent, headers={**own, **named})

    def call(self, caller: str = "+31612345601") -> str:
        """Begins a call; its path."""
        begun = self.post("/phone/calls", {"caller": caller})
        assert begun.status_code == 201, begun.text
        return f"/phone/calls/{begun.json()['token']}"

    def told(self, call: str, after: int = 0, *, listens: bool = True) -> Generator[tuple[int, Told]]:
        """What is told of a call, each with its number, until the stream ends; prompts are heard out, if `listens`."""
        number = 0
        with self.client.stream("GET", f"{call}/events", headers={"Last-Event-ID": str(after)}) as stream:
            for line in stream.iter_lines():
                name, _, value = line.partition(": ")
                number = int(value) if name == "id" else number
                if name == "data":
                    event = json.loads(value)
                    if event["kind"] == "prompt" and listens:
                        self.post(f"{call}/listens", {"stop": number})
                    yield number, event

    def play(self, call: str, does: Sequence[tuple[str, str]]) -> list[Told]:
        """The whole call, with what is done at each stop in turn."""
        left, events = list(does), []
        for number, event in self.told(call):
            events.append(event)
            if event["kind"] in ("question", "ring"):
                act, what = left.pop(0)
                assert self.post(f"{call}/{act}", {"stop": number, "what": what}).status_code == 204
        assert left == []
        return events
