"""How this service grows: eight panels, each a question of whoever runs it, with the figures to draw and to tell."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from pydantic import SecretStr

from benchmarks.candidates import Stage, ours
from benchmarks.growing import (
    POSTCODES,
    SPOKEN,
    Point,
    Turns,
    along_a_trail,
    dealt_out,
    on_table,
    with_diversions,
    with_places,
)
from benchmarks.jobs import action_of
from benchmarks.load import Checker, send
from benchmarks.process import cores, on
from benchmarks.wire import OWN_NUMBER, PUBLIC_URL, TOKEN, Expected, Request, call_fields
from helpline import bootstrap, log
from helpline.bootstrap import Helpline
from helpline.settings import Settings

MOST_START_MS, MOST_START_MB = 400, 80
LANGUAGES = ("nl", "en", "de", "fr", "es", "pl", "tr", "ar", "uk")


@dataclass(frozen=True)
class Panel:
    """One small picture: lines by name, all from zero; `most` is a target, which is drawn too."""

    title: str
    across: str
    up: str
    lines: dict[str, Sequence[Point]]
    most: float | None = None
    size: float | None = None  # megabytes of a worker then


@dataclass(frozen=True)
class Effort:
    """How much is done to measure: turns of a point, requests of a number of workers, calls, and starts."""

    turns: int = 1_500
    requests: int = 20_000
    calls: int = 100_000
    starts: int = 5


def panels(stage: Stage, effort: Effort, tell: Callable[[str], None]) -> Iterator[Panel]:
    """All of them, each as soon as it is measured."""
    settings = Settings(
        _env_file=None,
        twilio_auth_token=SecretStr(TOKEN),
        helpline_public_url=PUBLIC_URL,
        helpline_numbers=(OWN_NUMBER,),
        helpline_regions=stage.regions,
    )
    service = bootstrap.helpline(settings, unread_languages=True)
    tell("the trail, the table, the languages")
    with (stage.folder / "log").open("w") as kept, contextlib.redirect_stderr(kept):  # as in production, to a file
        log.configure()
        yield from _in_process(service, effort)
    yield from _served(stage, effort, tell)


def _in_process(service: Helpline, effort: Effort) -> Iterator[Panel]:
    yield Panel("Length of a call", "steps in the trail", "µs", {"turn": [*along_a_trail(service, effort.turns)]})
    table = service.directory.current
    for title, across, made in (
        ("Organisations", "organisations", {n: dealt_out(table, n) for n in (2, 26, 100, 200, 342)}),
        ("Diversions", "lines diverted", {n: with_diversions(table, n) for n in (0, 5, 15, 30, 50)}),
    ):
        costs = {n: _costs(on_table(service, each, LANGUAGES), effort) for n, each in made.items()}
        yield Panel(title, across, "µs", _by_name(costs))
    costs = {n: _costs(on_table(service, table, LANGUAGES[:n]), effort) for n in (2, 4, 6, 9)}
    yield Panel("Languages", "languages on offer", "µs", _by_name(costs))
    whole = len(table.country.geography.places)
    costs = {}
    for share in (0, 1, 2, 3, 4):
        there = on_table(service, with_places(table, whole * share // 4), LANGUAGES)
        costs[whole * share // 4] = _costs(there, effort) | {"spoken place": _spoken(there, effort)}
    yield Panel("Places", "places beside municipalities", "µs", _by_name(costs))


def _costs(service: Helpline, effort: Effort) -> dict[str, float]:
    asked = Turns(service, effort.turns)
    keyed = action_of(asked.document("/voice"))
    return {"first turn": asked.cost("/voice"), "postcode turn": asked.cost(keyed, "Digits", POSTCODES)}


def _spoken(service: Helpline, effort: Effort) -> float:
    """At the second asking, which is the one that listens."""
    asked = Turns(service, max(1, effort.turns // 5))
    again = action_of(asked.document(action_of(asked.document("/voice")), Digits="99"))
    return asked.cost(again, "SpeechResult", SPOKEN)


def _by_name(costs: dict[int, dict[str, float]]) -> dict[str, Sequence[Point]]:
    names = next(iter(costs.values()))
    return {name: [(n, each[name]) for n, each in costs.items()] for name in names}


def _served(stage: Stage, effort: Effort, tell: Callable[[str], None]) -> Iterator[Panel]:
    tell("one worker and two")
    speed, cost = [], []
    for workers in (1, 2):
        rate, used = _with_workers(stage, workers, effort.requests)
        speed.append((float(workers), rate))
        cost.append((float(workers), used))
    yield Panel("Workers: speed", "workers", "requests per second", {"postcode turn": speed})
    yield Panel("Workers: cost", "workers", "µs", {"postcode turn": cost})
    tell("starts")
    times, sizes = zip(*(_start(stage) for _ in range(effort.starts + 1)), strict=True)
    yield Panel(
        "Start to first answer",
        "start",
        "ms",
        {"start": [*enumerate(times[1:], start=1)]},  # the very first publishes the files
        most=MOST_START_MS,
        size=median(sizes[1:]),
    )
    tell(f"memory after {effort.calls} calls")
    yield Panel("Memory of a worker", "calls, in thousands", "MB", {"resident": [*_memory(stage, effort.calls)]})


def _with_workers(stage: Stage, workers: int, requests: int) -> tuple[float, float]:
    with ExitStack() as running:
        candidate = ours()
        both = cores()[0] | cores()[1]
        with on(both):
            server = running.enter_context(
                stage.running(candidate, f"{workers}-workers", both, WEB_CONCURRENCY=str(workers))
            )
        pool, checker = stage.pool(candidate, server)["postcode turn"], Checker()
        send(server.port, pool, 2_000, checker)
        before = server.rested_cpu_seconds()
        seconds = send(server.port, pool, requests, checker)
        used = server.rested_cpu_seconds() - before
        return requests / seconds, used / requests * 1e6


def _start(stage: Stage) -> tuple[float, float]:
    """Milliseconds from the command to the first answer, and megabytes then."""
    request = Request("/voice", call_fields("+31612345601", "ringing"), Expected((b"<Gather",)))
    began = time.perf_counter()
    with stage.running(ours(), "starts") as server:
        send(server.port, [request], 1, Checker())
        return (time.perf_counter() - began) * 1e3, server.rss_bytes()[0] / 1e6


def _memory(stage: Stage, calls: int) -> Iterator[Point]:
    """A call is three requests here: the first turn, a postcode, how the dial ended."""
    with stage.running(ours(), "memory") as server, on(cores()[1]):
        pool, checker = stage.pool(ours(), server), Checker()
        made = 0
        for until in (0, calls // 10, calls // 4, calls // 2, calls * 3 // 4, calls):
            for job in ("first turn", "postcode turn", "dial result"):
                for begun in range(made, until, 5_000):
                    send(server.port, pool[job], min(5_000, until - begun), checker)
            made = until
            server.rested_cpu_seconds()
            yield until / 1_000, max(server.rss_bytes()) / 1e6
