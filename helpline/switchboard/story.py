"""What may be kept of a call: its trail, folded into a few words of closed lists that tell nothing of who called.

1. No place, postcode, choice or guess comes out, and no number: only organisations, lines, languages and endings.
2. It is folded off the path of calls, by playing the conversation along the trail once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from helpline.directory.table import Table
from helpline.errors import UnknownRegion
from helpline.flow.call import CODES
from helpline.flow.replay import retrace
from helpline.flow.steps import MAYBE, SILENCE, UNCLEAR, UNKNOWN, Ask, Lookup, Ring
from helpline.flow.trail import Trail

Line = Literal["advice", "doctors"]
# How it was found whose caller it is.
Found = Literal[
    "",  # nothing is found yet, or the caller went before
    "area code",  # of a landline whose caller gave no usable answer
    "keyed",
    "asked again",  # keyed, once the first asking had no usable answer
    "spoken",
    "asked back",  # spoken, and confirmed by key
    "chosen",  # a postcode in two areas, told apart by key
    "likeliest",  # the same, left open by the caller
    "desk",  # the code for the national desk
    "112",  # the caller keyed 112
    "none",  # no usable answer, and no guess: the national desk
]
Outcome = Literal[
    "",  # under way
    "answered",
    "dropped",  # somebody talked with the caller, was cut off, and nobody did after that
    "gone",  # the caller hung up while it rang
    "unreached",  # every route was tried
    "hung up",  # before any line rang
    "fault",  # a fault of ours: the last resort was played, and what became of it is not known
    "unknown",  # it is over, and what came last was never told
]
LINES, FOUNDS, OUTCOMES = get_args(Line), get_args(Found), get_args(Outcome)
BEFORE_ANY_CHOICE = "nl"
_OF_CODES: dict[str, Found] = {"national": "desk", "emergency": "112"}


class Dial(NamedTuple):
    """A dial that has ended, with an ending of RING_ENDINGS; the organisation is the one whose line really rang.

    `number` counts the numbers of that line, from 1; 0 where it is none of them, as after a diversion to a number.
    """

    organisation: str
    line: str
    number: int
    ending: str


class Story(NamedTuple):
    """A call as far as its trail goes.

    `organisation` is whose caller it is, empty while that is not found; `line` is what was asked for. `outcome` is
    empty while the call is under way, and never one that a trail cannot tell of.
    """

    organisation: str = ""
    line: Line = "advice"
    language: str = BEFORE_ANY_CHOICE
    found: Found = ""
    dials: tuple[Dial, ...] = ()
    outcome: Outcome = ""


def story(table: Table, trail: Trail, *, spoken: bool = False) -> Story:
    """What the trail of a turn tells, by the table of that turn; `spoken` says that words ended its last question.

    Raises Diverged where the trail does not fit the conversation.
    """
    fold = _Fold(table)
    for step, ending in retrace(trail):
        fold.take(step, ending)
    return fold.story(spoken=spoken)


@dataclass
class _Fold:
    """What the steps so far have told."""

    table: Table
    organisation: str = ""
    line: Line = "advice"
    language: str = BEFORE_ANY_CHOICE
    found: Found = ""
    guessed: bool = False
    again: bool = False
    waits: bool = False
    dials: list[Dial] = field(default_factory=list)

    def take(self, step: Lookup | Ask | Ring, ending: str) -> None:
        """One more step; without an ending it is the one that waits."""
        self.waits = not ending
        match step:
            case Ask():
                self.language = step.language
                if ending:
                    self._asked(step, ending)
            case Ring():
                self.language = step.caller.language
                if ending:
                    self.dials.append(_dial(step, ending, self.table))
            case Lookup(name="region_of_caller"):
                self.guessed = ending != UNKNOWN
            case Lookup(name="routes_advice" | "routes_doctors"):
                self.organisation = step.of

    def story(self, *, spoken: bool) -> Story:
        """All that they told."""
        found: Found = self.found or ("area code" if self.guessed else "none")
        if spoken and found == "asked again":
            found = "spoken"
        return Story(
            self.organisation,
            self.line,
            self.language,
            found if self.organisation else "",
            tuple(self.dials),
            "" if self.waits else _outcome([dial.ending for dial in self.dials]),
        )

    def _asked(self, ask: Ask, ending: str) -> None:
        if ending == "doctor":
            self.line = "doctors"
        self.found = _found(ask, ending, again=self.again) or self.found
        self.again = self.again or (ending in (SILENCE, UNCLEAR) and ask.name != "language")


def _found(ask: Ask, ending: str, *, again: bool) -> Found:
    """How this answer found whose caller it is; empty where it did not. A doubt counts until it is told apart."""
    unusable = ending in (SILENCE, UNCLEAR)
    match ask.name:
        case "language":
            return ""
        case "which":
            return "likeliest" if unusable else "chosen"
        case "meant":
            return "" if unusable else "asked back"
    if unusable or ending.startswith(MAYBE):
        return ""
    if ending in CODES.values():
        return _OF_CODES.get(ending, "")
    return "asked again" if again else "keyed"


def _dial(ring: Ring, ending: str, table: Table) -> Dial:
    """A ring as this table has it; a number that is in no line of it any more, as on another version, is number 0."""
    try:
        route = table.routes(ring.line, ring.region)[ring.route]
    except (UnknownRegion, IndexError):
        return Dial(ring.region, ring.line, 0, ending)
    rang = table.organisation(route.organisation)
    line = rang.advice if ring.line == "advice" else rang.doctors
    numbers = line.numbers if line else ()
    place = numbers.index(route.number) + 1 if route.number in numbers else 0
    return Dial(rang.slug, ring.line, place, ending)


def _outcome(endings: list[str]) -> Outcome:
    """Of a call that is over."""
    if "answered" in endings:
        return "answered"
    if "dropped" in endings:
        return "dropped"
    return "gone" if "gone" in endings else "unreached"
