"""The ring chain of an organisation as its callers live it when nobody answers: what they hear, what rings, how long.

It is played from the conversation itself, so it cannot tell another story than flow/call.py.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from helpline.directory.table import Route, Table
from helpline.flow.call import RING_SECONDS, connect, connect_doctor
from helpline.flow.steps import Caller, Lookup, Ring, Say, Script, Step
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.in_words import in_words
from helpline.simulator.ringing import EXTRA_RING_SECONDS
from helpline.simulator.speech import seconds_to_say


@dataclass(frozen=True)
class Lived:
    """One step, `begins` seconds after the caller was found a place: words that are heard, or a number that rings."""

    begins: int
    seconds: int
    words: str = ""
    route: Route | None = None

    @property
    def at(self) -> str:
        """When it begins, as a clock has it: "1:05"."""
        return clock(self.begins)


def clock(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


def lived(table: Table, slug: str, catalogue: Catalogue, *, doctor: bool = False) -> list[Lived]:
    """Each step where nobody answers, in Dutch; that of a doctor who finds the vertrouwensarts at work."""
    sound = in_words(catalogue, table)
    steps: list[Lived] = []
    passed = 0.0
    for step in _unanswered(_of_doctor(slug) if doctor else _of_caller(slug), table):
        words, route = "", None
        if isinstance(step, Say):
            words, seconds = sound(step).removeprefix("… "), seconds_to_say(sound(step))
        else:
            route, seconds = table.routes(step.line, step.region)[step.route], float(RING_SECONDS + EXTRA_RING_SECONDS)
        steps.append(Lived(round(passed), round(seconds), words, route))
        passed += seconds
    return steps


def _of_caller(slug: str) -> Script[None]:
    yield Say("connecting", "nl")
    yield from connect(slug, Caller())


def _of_doctor(slug: str) -> Script[None]:
    yield from connect_doctor(slug, Caller(doctor=True))
    yield from connect(slug, Caller(doctor=True))


def _unanswered(script: Script[None], table: Table) -> Iterator[Say | Ring]:
    """What the script says and rings where nobody ever answers, and the vertrouwensarts is at work."""
    with contextlib.suppress(StopIteration):
        step = next(script)
        while True:
            if isinstance(step, Say | Ring):
                yield step
            step = script.send(_ending(step, table))


def _ending(step: Step, table: Table) -> str:
    match step:
        case Lookup("doctors_line", _):
            return "open"
        case Lookup(name, of):
            return str(len(table.routes(name.removeprefix("routes_"), of)))
        case Ring():
            return "unanswered"
        case _:
            return ""
