"""The switchboard: each turn of a call, worked out anew from its trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from helpline.directory.live import Directory
from helpline.directory.numbers import area_code_of
from helpline.directory.said_numbers import postcode_in
from helpline.directory.table import Table
from helpline.errors import Diverged
from helpline.flow.call import CODES
from helpline.flow.dialled import Dialled, ending_of
from helpline.flow.replay import Played, play, stands
from helpline.flow.steps import DOUBT, MAYBE, SILENCE, UNCLEAR, Ask, Lookup, Ring, Say
from helpline.flow.trail import Trail
from helpline.flow.whisper import whisper
from helpline.switchboard.turn import Keyed, PutThrough, Question, Spoken, Turn

POSTCODE_DIGITS = 4
MOST_STANDS = 10_000  # trails whose end is remembered; some ten MB, and a day's calls share some hundreds
MOST_TURNS = 2_000  # that are remembered; again a day's calls share some hundreds
OF_ONE_CALL = frozenset({"region_of_caller", "doctors_line"})  # look-ups that ask who rings, or when


class Switchboard:
    """Works out turns; remembers nothing of a call.

    `clock` gives the time with its zone; `languages` are those a caller can choose, Dutch first, in the menu's order.
    """

    def __init__(self, directory: Directory, clock: Callable[[], datetime], languages: Sequence[str]) -> None:
        self._directory = directory
        self._clock = clock
        self._languages = "-".join(languages)
        self._stands = lru_cache(MOST_STANDS)(stands)  # the same trail has the same end, whoever rings
        self._turns: dict[tuple[str, Trail], Turn] = {}

    def incoming(self, caller: str) -> Turn:
        """The first turn; `caller` is the number as the carrier sent it, in whatever form."""
        return self.resume(Trail(self._directory.current.version), caller)

    def resume(self, trail: Trail, caller: str) -> Turn:
        """The turn that follows a trail whose last step has ended. Raises Diverged where the trail does not fit."""
        table = self._directory.at(trail.version)
        if (turn := self._turns.get((table.version, trail))) is None:
            turn = self._resumed(trail, table, caller)
        return turn

    def proceed(self, trail: Trail, caller: str, answer: Keyed | Spoken | Dialled) -> Turn:
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

    def _resumed(self, trail: Trail, table: Table, caller: str) -> Turn:
        """The turn, worked out; it is remembered where all callers have it who come along this trail on this table."""
        _refuse_open_questions_of_another_version(trail, table)
        played = play(trail, lambda step: self._look_up(step, table, caller), self._stands)
        turn = Turn(table, played.trail, played.said, _resolved(played, table))
        asked = {name for name, _ in played.trail.entries[len(trail.entries) :]}
        if OF_ONE_CALL.isdisjoint(asked):
            if len(self._turns) >= MOST_TURNS:
                self._turns.clear()
            self._turns[table.version, trail] = turn
        return turn

    def _look_up(self, step: Lookup, table: Table, caller: str) -> str:
        match step.name:
            case "region_of_caller":
                return table.of_area_code(area_code_of(caller))
            case "languages":
                return self._languages
            case "announcement":
                written = table.announcement(step.of)
                return "-".join(code for code in self._languages.split("-") if code in written) or "none"
            case "routes_advice":
                return str(len(table.routes("advice", step.of)))
            case "routes_doctors":
                return str(len(table.routes("doctors", step.of)))
            case "doctors_line":
                return table.doctors_line(step.of, self._clock())
            case "likeliest":
                return table.choices(step.of)[0].region
        raise Diverged(f"Nothing here can look up {step.name!r}.")


def _refuse_open_questions_of_another_version(trail: Trail, table: Table) -> None:
    """Choices are counted within one version: on another they would be other places, which nobody meant."""
    still_open = any(ending.startswith((DOUBT, MAYBE)) for _, ending in trail.entries[-2:])
    if still_open and table.version != trail.version:
        raise Diverged("The choices of this call belong to a version of the table that is not here.")


def _resolved(played: Played, table: Table) -> Question | PutThrough | None:
    """The step a call waits in, with the table's own numbers and names in it."""
    match played.pause:
        case Ask(choices=""):
            return Question(played.pause, played.pause.says, POSTCODE_DIGITS)
        case Ask() as ask:
            return _choice(ask, table)
        case Ring() as ring:
            routes = table.routes(ring.line, ring.region)
            if ring.route >= len(routes):
                raise Diverged("The line has fewer numbers than this call has tried.")
            route = routes[ring.route]
            return PutThrough(ring, route, whisper(ring, organisation=route.organisation, accept=route.accept))
        case _:
            return None


def _choice(ask: Ask, table: Table) -> Question:
    """A question whose choices are read out, each with its key: languages in themselves, places by name."""
    if ask.name == "language":
        codes = ask.choices.split("-")
        says = [Say("language_choice", code, key=str(key)) for key, code in enumerate(codes, start=1)]
        return Question(ask, (*ask.says, *says), 1, tuple(codes))
    places = table.choices(ask.choices)
    prompt = "meant" if ask.choices.startswith(MAYBE) else "choice"
    says = [Say(prompt, ask.language, place=choice.place, key=str(key)) for key, choice in enumerate(places, start=1)]
    return Question(ask, (*ask.says, *says, *ask.last), 1, tuple(choice.region for choice in places))


def _ended(waiting: Turn, answer: Keyed | Spoken | Dialled) -> tuple[str, str]:
    """The step in which the call waits, and the word for how it ended."""
    match waiting.then, answer:
        case Question() as question, Keyed(digits):
            return question.ask.name, _keyed(digits, question, waiting.table)
        case Question() as question, Spoken(words):
            return question.ask.name, _spoken(words, question, waiting.table)
        case PutThrough(ring=ring, route=route, whisper=whispered), Dialled():
            return ring.name, ending_of(answer, accept=route.accept, whispered=len(whispered))
    raise Diverged("The answer does not belong to the step the call waits in.")


def _keyed(digits: str, question: Question, table: Table) -> str:
    if not digits:
        return SILENCE
    if question.endings:
        return dict(zip("123456789", question.endings, strict=False)).get(digits, UNCLEAR)
    return CODES.get(digits) or table.of_postcode(digits)


def _spoken(words: str, question: Question, table: Table) -> str:
    """A spoken postcode counts as a keyed one; a place only when it is certain, else it is asked back."""
    if not words.strip():
        return SILENCE
    if not question.ask.speech:
        return UNCLEAR
    if digits := postcode_in(words, question.ask.language):
        return table.of_postcode(digits)
    heard = table.gazetteer.heard(words, question.ask.language)
    if heard.candidates:
        return MAYBE + "-".join(str(index) for index in heard.candidates)
    return heard.region or UNCLEAR
