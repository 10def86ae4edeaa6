"""A call's own script, timed: what the caller hears and for how long, up to the next ring or the end.

The script is the one that real calls follow (helpline/flow/call.py), so that what is simulated is what happens: the
order of the numbers, the second round, the words between. Words last as long as the simulator's voice takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from helpline.carrier.twiml import response
from helpline.carrier.twiml import say as rendered
from helpline.directory.table import Route, Table
from helpline.errors import Diverged
from helpline.flow.call import incoming_call
from helpline.flow.steps import UNKNOWN, Ask, Lookup, Ring, Say, Script
from helpline.flow.whisper import whisper
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.simulator import verbs
from helpline.simulator.stage import length
from helpline.simulator.twiml import Document, read

LANGUAGES = "nl-en"  # the shortest opening; each language more adds nothing to it


class Spoken:
    """How long words take, by the languages and the table in use."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._catalogue = Catalogue(language.load())
        self._one = lru_cache(None)(self._said)

    def seconds(self, says: Iterable[Say]) -> float:
        """How long it takes to say all of these."""
        return sum(map(self._one, says))

    def _said(self, say: Say) -> float:
        document = read(response(*map(rendered, self._catalogue.speech(say, self.table))).encode(), "text/xml")
        assert isinstance(document, Document)
        return sum(length(verb) for verb in document.verbs if isinstance(verb, verbs.Say | verbs.Play))


@dataclass(frozen=True)
class Rung:
    """After so many seconds this number is rung; whoever picks up hears words of so many seconds first."""

    after: float
    route: Route
    position: int
    whispered: float


@dataclass(frozen=True)
class Over:
    """After so many seconds of last words the call ends."""

    after: float


class Conversation:
    """One call from a mobile phone, whose caller keys a postcode of `region` when it is asked for."""

    def __init__(self, region: str, spoken: Spoken, key_seconds: float) -> None:
        self.region = region
        self.turns = 1  # requests so far: the incoming call
        self._spoken = spoken
        self._key_seconds = key_seconds
        self._script: Script[None] = incoming_call()

    def goes_on(self, ending: str = "") -> Rung | Over:
        """What comes after a ring that ended so; at the start without one."""
        after, heard = 0.0, ending or None
        try:
            while True:
                step = self._script.send(heard) if heard is not None else next(self._script)
                match step:
                    case Say():
                        after, heard = after + self._spoken.seconds((step,)), ""
                    case Lookup():
                        heard = self._looked_up(step)
                    case Ask():
                        after, heard = after + self._spoken.seconds(step.says) + self._key_seconds, self.region
                        self.turns += 1
                    case Ring():
                        self.turns += 1
                        return self._rung(after, step)
        except StopIteration:
            return Over(after)

    def _rung(self, after: float, ring: Ring) -> Rung:
        route = self._spoken.table.routes(ring.line, ring.region)[ring.route]
        words = whisper(ring, organisation=route.organisation, accept=route.accept)
        return Rung(after, route, ring.route, self._spoken.seconds(words))

    def _looked_up(self, asked: Lookup) -> str:
        match asked.name:
            case "announcement":
                return "-".join(self._spoken.table.announcement(asked.of)) or "none"
            case "region_of_caller":
                return UNKNOWN
            case "languages":
                return LANGUAGES
            case "routes_advice":
                return str(len(self._spoken.table.routes("advice", asked.of)))
        raise Diverged(f"A caller of the simulation has no answer to {asked.name!r}.")
