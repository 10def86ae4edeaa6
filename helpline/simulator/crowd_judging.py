"""Whether a caller was lost or wrongly routed: judged by what she lived through, never by what the service says of it.

A call is lost when
1. 112 was not the first thing she heard;
2. it broke: an error, the carrier's apology, or it did not end by itself;
3. it ended, she had not hung up, she had never talked with a person, and the last words were not heard: those are 112
   and when to ring again, after every number of the organisation's chain had rung.
It is wrongly routed when the first number rung is not one of those that are right.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from helpline.simulator.crowd_atlas import Atlas
from helpline.simulator.crowd_callers import Caller
from helpline.simulator.events import Asked, Ended, Event, Heard, How, HungUp, Rang, RingEnded, Warned
from helpline.simulator.hearing import find, tokens
from helpline.simulator.party import Answered
from helpline.simulator.player import APOLOGY, Call
from helpline.simulator.schema import SCHEMA
from helpline.simulator.words import reply_for

EMERGENCY = "112"
ENDINGS = frozenset({How.HUNG_UP, How.DOCUMENT_ENDED, How.REJECTED, How.CALLER})  # any other end breaks the call off
SHORTEST_TALK_SECONDS = 30  # what ends sooner, and not by the caller, was cut off

TALKED, LAST_WORDS, HUNG_UP, LOST = "talked", "last words", "hung up", "lost"
OUTCOMES = (TALKED, LAST_WORDS, HUNG_UP, LOST)


@dataclass(frozen=True)
class Judged:
    """What came of one call; `lost` and `wrong` say why, or are empty. `first` is the line that rang first, or ""."""

    caller: Caller
    call: Call
    outcome: str
    lost: str
    wrong: str
    first: str

    @property
    def seconds_to_ring(self) -> float | None:
        """Seconds from the answer until a telephone rang; None where none did."""
        return next((event.at for event in self.call.events if isinstance(event, Rang)), None)

    @property
    def rings(self) -> Sequence[RingEnded]:
        """How each ring ended, in order."""
        return [event for event in self.call.events if isinstance(event, RingEnded)]

    @property
    def errors(self) -> Sequence[Warned]:
        """What else Twilio's debugger would show."""
        return [event for event in self._warned if not _is_schema(event)]

    @property
    def warnings(self) -> Sequence[Warned]:
        """The schema warnings of our documents."""
        return [event for event in self._warned if _is_schema(event)]

    @property
    def is_well(self) -> bool:
        """Whether nothing at all is wrong with it."""
        return not (self.lost or self.wrong or self._warned)

    @property
    def _warned(self) -> Sequence[Warned]:
        return [event for event in self.call.events if isinstance(event, Warned)]


def judge(caller: Caller, call: Call, right: Collection[str], atlas: Atlas) -> Judged:
    """What came of a call for whose caller these organisations are right."""
    outcome = _outcome(call.events, atlas.last_words)
    first = next((event.number for event in call.events if isinstance(event, Rang)), "")
    lost = _broken(call.events) or _unguided(call.events)
    if not lost and outcome == LAST_WORDS:
        lost = _untried(call.events, right, atlas)
    if not lost and outcome == LOST:
        lost = "it ended without a person, and without the last words"
    wrong = _wrong(first, right, atlas, doctor=caller.errand.doctor) if first else ""
    return Judged(caller, call, LOST if lost else outcome, lost, wrong, first and atlas.line_of(first))


def _is_schema(event: Warned) -> bool:
    return event.code == SCHEMA


def _outcome(events: Sequence[Event], last_words: Collection[str]) -> str:
    ended = _end(events)
    if any(isinstance(event, RingEnded) and _talked(event, ended) for event in events):
        return TALKED
    if any(isinstance(event, HungUp) for event in events):
        return HUNG_UP
    heard = _heard_last(events)
    return LAST_WORDS if any(find(words, heard) is not None for words in last_words) else LOST


def _end(events: Sequence[Event]) -> Ended:
    """The end of the call; what its status callback comes to may stand after it."""
    return next(event for event in reversed(events) if isinstance(event, Ended))


def _talked(ring: RingEnded, ended: Ended) -> bool:
    """A person, for long enough or until the caller ended it."""
    reply = reply_for(ring.reply)
    by_caller = ended.how is How.CALLER and ended.at == ring.at
    return ring.bridged and isinstance(reply, Answered) and (reply.seconds >= SHORTEST_TALK_SECONDS or by_caller)


def _heard_last(events: Sequence[Event]) -> list[str]:
    """All that was heard after the last ring."""
    place = max((place for place, event in enumerate(events) if isinstance(event, RingEnded)), default=0)
    return [word for event in events[place:] if isinstance(event, Heard) for word in tokens(event.text)]


def _broken(events: Sequence[Event]) -> str:
    ended = _end(events)
    if ended.how not in ENDINGS:
        return f"it broke: {ended.how.value}"
    if any(isinstance(event, Heard) and event.text == APOLOGY for event in events):
        return "the carrier's apology was heard"
    return ""


def _unguided(events: Sequence[Event]) -> str:
    """Nothing may come before 112, neither words nor a question nor a ring."""
    first = next((event for event in events if isinstance(event, Heard | Asked | Rang)), None)
    if isinstance(first, Heard) and find(EMERGENCY, tokens(first.text)) is not None:
        return ""
    return "112 was not the first thing heard"


def _untried(events: Sequence[Event], right: Collection[str], atlas: Atlas) -> str:
    """Numbers that never rang although nobody answered."""
    rung = {event.number for event in events if isinstance(event, Rang)}
    missing = [set(atlas.lines[organisation].advice) - rung for organisation in right]
    if not all(missing):
        return ""
    fewest = min(missing, key=len)
    return f"nobody answered, and these never rang: {', '.join(sorted(atlas.line_of(number) for number in fewest))}"


def _wrong(first: str, right: Collection[str], atlas: Atlas, *, doctor: bool) -> str:
    if any(first in atlas.lines[organisation].first(doctor=doctor) for organisation in right):
        return ""
    wanted = {atlas.line_of(n) for organisation in right for n in atlas.lines[organisation].first(doctor=doctor)}
    return f"{atlas.line_of(first)} rang first, and right is {' or '.join(sorted(wanted))}"
