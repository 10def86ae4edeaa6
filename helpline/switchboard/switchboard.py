"""The switchboard: each turn of a call, worked out anew from its trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from helpline.directory.live import Directory
from helpline.directory.numbers import area_code_of
from helpline.directory.table import Table
from helpline.errors import Diverged
from helpline.flow.call import CODES
from helpline.flow.dialled import Dialled, ending_of
from helpline.flow.replay import Played, play
from helpline.flow.steps import SILENCE, UNCLEAR, Ask, Lookup, Ring
from helpline.flow.trail import Trail
from helpline.flow.whisper import whisper
from helpline.switchboard.turn import Keyed, PutThrough, Question, Turn

POSTCODE_DIGITS = 4


class Switchboard:
    """Works out turns; remembers nothing of a call. `clock` gives the time with its zone."""

    def __init__(self, directory: Directory, clock: Callable[[], datetime]) -> None:
        self._directory = directory
        self._clock = clock

    def incoming(self, caller: str) -> Turn:
        """The first turn; `caller` is the number as the carrier sent it, in whatever form."""
        return self.resume(Trail(self._directory.current.version), caller)

    def resume(self, trail: Trail, caller: str) -> Turn:
        """The turn that follows a trail whose last step has ended. Raises Diverged where the trail does not fit."""
        table = self._directory.at(trail.version)
        played = play(trail, lambda step: self._look_up(step, table, caller))
        return Turn(table, played.trail, played.said, _resolved(played, table))

    def proceed(self, trail: Trail, caller: str, answer: Keyed | Dialled) -> Turn:
        """The turn that follows, once the step in which the call waits has ended with `answer`."""
        waiting = self.resume(trail, caller)
        name, ending = _ended(waiting, answer)
        return self.resume(waiting.trail.then(name, ending), caller)

    def ringing(self, trail: Trail) -> Turn:
        """The turn in which a line is being rung, for what the worker hears. Raises Diverged in any other."""
        turn = self.resume(trail, "")
        if not isinstance(turn.then, PutThrough):
            raise Diverged("No line is being rung at this point of the call.")
        return turn

    def _look_up(self, step: Lookup, table: Table, caller: str) -> str:
        match step.name:
            case "region_of_caller":
                return table.of_area_code(area_code_of(caller))
            case "routes_advice":
                return str(len(table.routes("advice", step.of)))
            case "routes_doctors":
                return str(len(table.routes("doctors", step.of)))
            case "doctors_line":
                return table.doctors_line(step.of, self._clock())
            case "likeliest":
                return table.choices(step.of)[0].region
        raise Diverged(f"Nothing here can look up {step.name!r}.")


def _resolved(played: Played, table: Table) -> Question | PutThrough | None:
    """The step a call waits in, with the table's own numbers and names in it."""
    match played.pause:
        case Ask() as ask:
            choices = table.choices(ask.doubt) if ask.doubt else ()
            read_out = [
                replace(ask.says[0], prompt="choice", place=choice.place, key=str(key))
                for key, choice in enumerate(choices, start=1)
            ]
            return Question(ask, (*ask.says, *read_out), 1 if choices else POSTCODE_DIGITS)
        case Ring() as ring:
            routes = table.routes(ring.line, ring.region)
            if ring.route >= len(routes):
                raise Diverged("The line has fewer numbers than this call has tried.")
            route = routes[ring.route]
            return PutThrough(ring, route, whisper(ring, organisation=route.organisation, accept=route.accept))
        case _:
            return None


def _ended(waiting: Turn, answer: Keyed | Dialled) -> tuple[str, str]:
    """The step in which the call waits, and the word for how it ended."""
    match waiting.then, answer:
        case Question(ask=ask), Keyed(digits):
            return ask.name, _heard(digits, ask, waiting.table)
        case PutThrough(ring=ring, route=route), Dialled():
            return ring.name, ending_of(answer, accept=route.accept)
    raise Diverged("The answer does not belong to the step the call waits in.")


def _heard(digits: str, ask: Ask, table: Table) -> str:
    if not digits:
        return SILENCE
    if ask.doubt:
        chosen = dict(zip("123456789", table.choices(ask.doubt), strict=False)).get(digits)
        return chosen.region if chosen else UNCLEAR
    return CODES.get(digits) or table.of_postcode(digits)
