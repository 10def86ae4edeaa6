"""Everybody side by side: in each round each of them has a short slice of each job, and the order goes round.

What the machine does meanwhile befalls all of them alike; that is why ratios within a round are what is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.candidates import Candidate, Stage
from benchmarks.jobs import JOBS, Pool
from benchmarks.load import Checker, send
from benchmarks.process import Server, cores, on

WARM = 2_000  # requests before anything is counted: caches are filled, and node has compiled what is hot
LEAST = 200  # requests of a slice


@dataclass(frozen=True)
class Slice:
    """What one server did of one job in one round."""

    cpu_seconds: float  # for each request
    per_second: float


Round = Mapping[str, Mapping[str, Slice]]  # by job, then by candidate
Run = Sequence[Round]


@dataclass(frozen=True)
class Length:
    """How long it is measured."""

    runs: int = 3
    rounds: int = 5
    seconds: float = 1.0  # of each slice, about

    def told(self) -> str:
        """In words."""
        return f"{self.runs} runs, {self.rounds} rounds in each, slices of about {self.seconds:g} s"


class Contestant:
    """A candidate that runs, with what it is sent."""

    def __init__(self, candidate: Candidate, server: Server, pool: Pool) -> None:
        self.name = candidate.name
        self._server = server
        self._pool = pool
        self._checker = Checker()
        self._counts: dict[str, int] = {}

    def warm(self, seconds: float) -> None:
        """Sends enough of each job that what follows is steady, and finds out how many fill a slice."""
        for job in JOBS:
            send(self._server.port, self._pool[job], WARM, self._checker)
            rate = WARM / send(self._server.port, self._pool[job], WARM, self._checker)
            self._counts[job] = max(LEAST, int(rate * seconds))

    def slice(self, job: str) -> Slice:
        """One slice. Raises Wrong where an answer is."""
        count = self._counts[job]
        before = self._server.rested_cpu_seconds()
        seconds = send(self._server.port, self._pool[job], count, self._checker)
        used = self._server.rested_cpu_seconds() - before
        return Slice(used / count, count / seconds)

    def check(self, count: int) -> None:
        """Sends so many requests of each job and measures nothing. Raises Wrong."""
        for job in JOBS:
            send(self._server.port, self._pool[job], count, self._checker)


def run(stage: Stage, candidates: Sequence[Candidate], length: Length, tell: Callable[[str], None]) -> Run:
    """One run: all are started anew."""
    with ExitStack() as running, on(cores()[1]):
        contestants = [started(stage, each, running) for each in candidates]
        for each in contestants:
            each.warm(length.seconds)
        rounds = []
        for turn in range(length.rounds):
            tell(f"  round {turn + 1} of {length.rounds}")
            place = turn % len(contestants)
            rounds.append(_round([*contestants[place:], *contestants[:place]]))
        return rounds


def started(stage: Stage, candidate: Candidate, running: ExitStack, **more: int) -> Contestant:
    """A contestant that runs until the stack is left."""
    server = running.enter_context(stage.running(candidate))
    return Contestant(candidate, server, stage.pool(candidate, server, **more))


def _round(contestants: Sequence[Contestant]) -> Round:
    return {job: {each.name: each.slice(job) for each in contestants} for job in JOBS}
