"""Twilio's REST as far as test calls need it, and whoever answers: they press a key, which is posted to the service."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import httpx
import respx

from helpline.storage.rung import Rung
from helpline.storage.tested_number import TestedNumber
from tests.conftest import PUBLIC_URL
from tests.web.carrier import Carrier
from tests.web.documents import warnings_of

ACCOUNT = "AC" + "a" * 32
CALLS = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Calls"
REFUSED = {"code": 21211, "message": "The 'To' number +31300000001 is not a valid phone number.", "status": 400}


@dataclass
class Workers:
    """Who answers at which number, and with which keys; a word instead of keys is how the call ends without answer.

    `carrier` is None where no service runs; `polls` are the words that Twilio has of a call before it is over.
    """

    carrier: Carrier | None = None
    keys: dict[str, str] = field(default_factory=dict)
    otherwise: str = "1"
    polls: tuple[str, ...] = ("ringing",)
    rung: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    _calls: dict[str, Iterable[str]] = field(default_factory=dict)

    def answer(self, respx_mock: respx.MockRouter) -> None:
        """Twilio takes calls."""
        respx_mock.route(host="127.0.0.1").pass_through()
        respx_mock.post(f"{CALLS}.json").mock(side_effect=self._placed)
        respx_mock.get(url__regex=f"{CALLS}/CA").mock(side_effect=self._looked)

    def _placed(self, request: httpx.Request) -> httpx.Response:
        [to], [twiml] = (parse_qs(request.content.decode())[name] for name in ("To", "Twiml"))
        assert warnings_of(twiml.encode(), "text/xml") == ()
        self.rung.append(to)
        does = self.keys.get(to, self.otherwise)
        if does == "refused":
            return httpx.Response(400, json=REFUSED)
        if does == "away":
            return httpx.Response(500)
        sid = f"CA{len(self.rung):032x}"
        over = "completed" if does == "" or does.isdigit() else does
        self._calls[sid] = itertools.chain(self.polls, itertools.repeat(over))
        if over == "completed":
            self._press(twiml, does, sid)
        return httpx.Response(201, json={"sid": sid, "status": "queued"})

    def _looked(self, request: httpx.Request) -> httpx.Response:
        sid = request.url.path.rpartition("/")[2].removesuffix(".json")
        status = next(iter(self._calls[sid]))
        if status == "deleted":
            return httpx.Response(404)
        if status == "away":
            return httpx.Response(400)
        return httpx.Response(200, json={"sid": sid, "status": status, "duration": "5"})

    def _press(self, document: str, keys: str, sid: str) -> None:
        """Each key is an answer to what was heard last; it comes before we hear that the call was placed."""
        self.heard.append(document)
        for key in keys:
            action = re.search(r'<Gather action="([^"#]+)', self.heard[-1])
            assert action and self.carrier, self.heard
            target = html.unescape(action[1]).removeprefix(PUBLIC_URL)
            self.heard.append(self.carrier.post(target, CallSid=sid, Digits=key).text)


def accepted(rung: Rung, *numbers: TestedNumber) -> list[str]:
    """How each of these numbers was last rung."""
    return [(rung.latest(number) or (None, "never"))[1] for number in numbers]
