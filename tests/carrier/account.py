"""An account at Twilio, kept in memory: its numbers, listed and changed as its REST does it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import respx

from helpline.carrier.rest_answers import OwnNumber
from tests.carrier.rest import NUMBERS, number_fields


def own_number(**changed: object) -> OwnNumber:
    """A number, set to nothing but what is given."""
    return OwnNumber.model_validate(number_fields(**changed))


@dataclass
class Account:
    """Numbers by SID. Settings in `ignored` (Twilio's names) stay as they are; a number in `refused` cannot be set."""

    numbers: dict[str, dict[str, Any]]
    ignored: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def answer(self, respx_mock: respx.MockRouter) -> None:
        """Answers for Twilio from now on."""
        respx_mock.route(host="api.twilio.com", method="GET").mock(side_effect=self._list)
        respx_mock.route(host="api.twilio.com", method="POST").mock(side_effect=self._change)

    def _list(self, request: httpx.Request) -> httpx.Response:
        assert str(request.url).startswith(NUMBERS)
        self.asked.append("list")
        return httpx.Response(200, json={"incoming_phone_numbers": list(self.numbers.values()), "next_page_uri": None})

    def _change(self, request: httpx.Request) -> httpx.Response:
        sid = request.url.path.rpartition("/")[2].removesuffix(".json")
        if sid in self.refused:
            return httpx.Response(400, json={"code": 21402})
        number = self.numbers[sid]
        form = dict(parse_qsl(request.content.decode(), keep_blank_values=True))
        self.asked += sorted(form)
        taken = {name: value for name, value in form.items() if name not in self.ignored}
        number |= {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): value for name, value in taken.items()}
        return httpx.Response(200, json=number)
