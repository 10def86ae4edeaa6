"""How the cost of a turn grows with what there is: in one process, by its CPU time, from the application's border on.

1. What is varied is the table or the languages; the table is made by hand, as no folder of files could be.
2. Each point is the lowest of some tries: what the machine does meanwhile can only add to it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from starlette.types import ASGIApp, Message, Scope

from benchmarks.jobs import action_of
from benchmarks.wire import Expected, Request, call_fields
from helpline.bootstrap import Helpline
from helpline.directory.content import Diversion
from helpline.directory.country import Country
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL
from helpline.switchboard.switchboard import Switchboard
from helpline.web.app import app

MOBILE = "+31612345601"
POSTCODES = ["3011", "1011", "3511", "9711", "6211", "8011", "7511", "5611", "4811", "2311"]
SPOKEN = ["Zeist", "Assen", "Tilburg", "Groningen", "Maastricht", "Zwolle", "Enschede", "Eindhoven", "Breda", "Leiden"]
TURNS, TRIES = 1_500, 5
Point = tuple[float, float]


@dataclass(frozen=True)
class Fixed:
    """A directory of one table, whatever a call says it began with."""

    current: Table

    def at(self, _table: str) -> Table:
        """The only one."""
        return self.current


class Turns:
    """The application, asked without a connection."""

    def __init__(self, helpline: Helpline, turns: int = TURNS) -> None:
        self._app: ASGIApp = app(helpline)
        self._turns = turns

    def document(self, target: str, **more: str) -> str:
        """The answer to one request."""
        return self._ask(_scoped(target, call_fields(MOBILE, "in-progress", **more)))

    def cost(self, target: str, field: str = "", values: Sequence[str] = ("",)) -> float:
        """Microseconds of CPU time for a request to an address, with these values of a field in turn."""
        requests = [
            _scoped(target, call_fields(MOBILE, "in-progress", **({field: value} if field else {}))) for value in values
        ]
        for request in requests * 3:
            assert "<Response>" in self._ask(request)
        return min(self._try(requests) for _ in range(TRIES))

    def _try(self, requests: Sequence[tuple[Scope, bytes]]) -> float:
        async def ask_all() -> float:
            began = time.process_time()
            for turn in range(self._turns):
                await self._asked(*requests[turn % len(requests)], [])
            return (time.process_time() - began) / self._turns * 1e6

        return asyncio.run(ask_all())

    def _ask(self, request: tuple[Scope, bytes]) -> str:
        sent: list[Message] = []
        asyncio.run(self._asked(*request, sent))
        assert sent[0]["status"] == 200, sent
        return bytes(sent[1]["body"]).decode()

    async def _asked(self, scope: Scope, body: bytes, sent: list[Message]) -> None:
        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(dict(scope), receive, send)


def _scoped(target: str, fields: dict[str, str]) -> tuple[Scope, bytes]:
    """A request as the server hands it on."""
    head, _, body = Request(target, fields, Expected(())).fresh().partition(b"\r\n\r\n")
    told = [line.split(b": ", 1) for line in head.split(b"\r\n")[1:]]
    path, _, query = target.partition("?")
    scope: dict[str, object] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
    }
    scope |= {"path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode()}
    scope |= {"headers": [(name.lower(), value) for name, value in told], "client": ("127.0.0.1", 1)}
    return scope, body


def on_table(helpline: Helpline, table: Table, languages: Sequence[str]) -> Helpline:
    """The same helpline on another table, with these languages."""
    fixed = Fixed(table)
    table.warm()
    board = Switchboard(fixed, helpline.clock, languages)  # type: ignore[arg-type]  # all of it that a call needs
    return replace(helpline, switchboard=board)


def along_a_trail(helpline: Helpline, turns: int) -> Iterator[Point]:
    """The longest call: all questions, then every number rung in vain, twice; steps in the trail, and the cost."""
    asked = Turns(helpline, turns)
    target, questions = "/voice", 0
    document = asked.document(target)
    while found := action_of(document):
        if "<Gather" in document:
            questions += 1
            field, value = "Digits", "0" if questions < 5 else POSTCODES[0]
        else:
            field, value = "DialCallStatus", "no-answer"
        yield found.count("~"), asked.cost(found, field, (value,))
        target, document = found, asked.document(found, **{field: value})


def dealt_out(table: Table, organisations: int) -> Table:
    """The municipalities dealt out to so many organisations."""
    template = next(each for slug, each in table.organisations.items() if slug != NATIONAL)
    slugs = [f"organisation-{number}" for number in range(organisations)]
    served = {slug: replace(template, slug=slug, name=slug, stand_in=None) for slug in slugs}
    dealt = {code: slugs[turn % organisations] for turn, code in enumerate(table.region_of_municipality)}
    served[NATIONAL] = table.organisations[NATIONAL]
    return replace(table, organisations=served, region_of_municipality=dealt, region_of_area_code={})


def with_places(table: Table, places: int) -> Table:
    """So many places beside the municipalities."""
    kept = table.country.geography.places[:places]
    return replace(table, country=Country(replace(table.country.geography, places=kept), "made-up"))


def with_diversions(table: Table, diversions: int) -> Table:
    """So many lines diverted to a number."""
    lines = [(slug, line) for line in ("advice", "doctors") for slug in sorted(table.organisations)][:diversions]
    until = datetime.now(UTC) + timedelta(days=1)
    made = {each: Diversion(*each, "+31102000099", True, until, "nobody", "to measure") for each in lines}
    return replace(table, diversions=made)
