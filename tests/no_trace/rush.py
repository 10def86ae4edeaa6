"""All that is done to a service: hundreds of calls and texts, then each of their requests again while things break."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from tests.no_trace import forced, hostile, watched
from tests.no_trace.calls import Played, Telephones, bodies, ways
from tests.no_trace.loose import LOOSE
from tests.no_trace.private import Caller, Private
from tests.no_trace.service import MOST_SECONDS, Service
from tests.no_trace.wire import Asked, Wire

VERSION = "1"  # of the table
MOST_FUNCTIONS = 500  # that a request reaches


@dataclass(frozen=True)
class Size:
    """How many calls and texts; and how many faults of each kind that are nobody's."""

    calls: int
    texts: int
    loose: int


@dataclass
class Rush:
    """What was asked of a service, and what came back."""

    private: Private
    size: Size
    played: Played = field(default_factory=Played)

    def calls_and_texts(self, service: Service) -> None:
        """On every path, from every kind of number; nobody signs for some of it."""
        callers = self.private.callers
        with closing(Wire(service.port)) as wire:
            telephones = Telephones(wire, self.played)
            for number, acts in enumerate(islice(ways(self.private), self.size.calls)):
                if number % 10 == 0:
                    wire.close()  # so that another process may take the next
                telephones.call(callers[number % len(callers)], number, acts, by_get=number % 7 == 3)
            for number, (body, more) in enumerate(islice(bodies(self.private), self.size.texts)):
                caller = callers[number % len(callers)] if number % 9 else callers[0]
                telephones.text(caller, number, body, **more)
            for sender in ("ZWIEPMANS", "5571", "+31700002000"):
                telephones.text(Caller(sender, ""), 10_000, self.private.keyed[0])
            telephones.test_call(VERSION, callers[0], 1)

    def of_others(self, service: Service) -> None:
        """What is not the carrier's, or makes no sense."""
        with closing(Wire(service.port)) as wire:
            for number in (1, 11):
                hostile.unsigned(wire, self.private, number)
                hostile.signed_nonsense(wire, self.private, number)
                hostile.bodies_that_are_none(wire, self.private, number)
                hostile.raw(service.port, self.private, number)

    def faults(self, service: Service) -> None:
        """Each kind of request again, to each process, until nothing is left to break; then nobody's faults."""
        asked = [*_of_each_kind(self.played.asked)]
        for worker in service.workers:
            with closing(_wire_to(service, worker)) as wire:
                telephones = Telephones(wire, self.played)
                for each in asked:
                    for _ in range(MOST_FUNCTIONS):
                        if not telephones.ask(each, armed=forced.FUNCTION).broke:
                            break
                for number, kind in enumerate(LOOSE):
                    for times in range(self.size.loose):
                        telephones.ask(asked[(number + times) % len(asked)], armed=kind)

    def end(self, service: Service) -> None:
        """What runs beside the calls breaks in one process, its end in each other; then the service is stopped.

        Before that an alert got out: what sends them is slow on a busy machine, and breaks in many places first.
        """
        until = time.monotonic() + MOST_SECONDS
        while not service.webhook.got and time.monotonic() < until:
            time.sleep(0.1)
        for worker, armed in zip(service.workers, (watched.SHUTDOWN, forced.END), strict=False):
            with closing(_wire_to(service, worker)) as wire:
                wire.send(self.played.asked[0], armed=armed)
        time.sleep(1.5)  # for what runs every second
        service.stop()


def _wire_to(service: Service, worker: int) -> Wire:
    """A connection to this process; which one takes a new connection is chance."""
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        wire = Wire(service.port)
        if wire.send(Asked("/live", None), signed=False).worker == worker:
            return wire
        wire.close()
    raise AssertionError(f"process {worker} takes no connection")


def _of_each_kind(asked: Iterable[Asked]) -> Iterable[Asked]:
    """One request for each address and each set of fields, with something in them that is somebody's."""
    kinds: dict[object, Asked] = {}
    for each in asked:
        path, _, trail = each.target.partition("?")
        steps = tuple(step.partition(".")[0] for step in trail.split("~")[1:])
        kinds.setdefault((path, steps if each.fields else (), frozenset(each.private)), each)
    return kinds.values()
