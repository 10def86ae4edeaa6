"""Who takes part in a call besides Twilio and us: the caller and the workers, in one, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from helpline.simulator.events import Event
from helpline.simulator.verbs import Gather

KEY_SECONDS = 0.6  # from one key to the next, by somebody who reads a postcode from an envelope
ACCEPTING_KEY = "1"


@dataclass(frozen=True)
class Keys:
    """The caller presses these keys, so many seconds `after` the prompt and `between` each other, and then waits.

    `pauses` are other waits before single keys, by their place. `at_once` is over the words and not after them.
    """

    keys: str
    after: float = KEY_SECONDS
    between: float = KEY_SECONDS
    pauses: tuple[tuple[int, float], ...] = ()
    at_once: bool = False

    @property
    def waits(self) -> tuple[float, ...]:
        """The seconds before each key."""
        pauses = dict(self.pauses)
        return tuple(pauses.get(place, self.between if place else self.after) for place in range(len(self.keys)))

    def rest(self, place: int, sooner: float) -> Keys:
        """The keys from this place on, the first of them so many seconds sooner."""
        if place >= len(self.keys):
            return Keys("")
        pauses = tuple((each - place, seconds) for each, seconds in self.pauses if each > place)
        return Keys(self.keys[place:], self.waits[place] - sooner, self.between, pauses)


@dataclass(frozen=True)
class Spoken:
    """The caller says this, and speech recognition understands it so; confidence may be missing.

    `profane` are those of the words that a profanity filter knows.
    """

    words: str
    confidence: float | None = 0.9
    profane: tuple[str, ...] = ()


@dataclass(frozen=True)
class Silent:
    """The caller neither presses nor says anything."""


@dataclass(frozen=True)
class CallerHangsUp:
    """The caller hangs up, at a question or while a telephone rings."""


@dataclass(frozen=True)
class Answered:
    """A person answers, does what the whisper asks, and talks; then one of the two hangs up.

    `star_after` so many seconds of talk, if ever, the caller presses `*`. `key` is what is pressed where the whisper
    asks for one; "" is nothing.
    """

    seconds: float = 120.0
    caller_hangs_up: bool = False
    star_after: float | None = None
    key: str = ACCEPTING_KEY


@dataclass(frozen=True)
class Voicemail:
    """A machine answers; it presses nothing."""


@dataclass(frozen=True)
class Declined:
    """A person refuses: during the whisper, or, where there is none, by rejecting the call."""


@dataclass(frozen=True)
class PickedUpTooLate:
    """A person answers and listens, and the caller hangs up before the two are put through."""


@dataclass(frozen=True)
class Busy:
    """The telephone is engaged."""


@dataclass(frozen=True)
class NoAnswer:
    """It rings as long as Twilio lets it."""


@dataclass(frozen=True)
class Failed:
    """The carrier cannot reach the number."""


@dataclass(frozen=True)
class Raw:
    """The dial ends, not bridged, with a word of the carrier's that may be unknown to us."""

    word: str


GatherReply = Keys | Spoken | Silent | CallerHangsUp
RingReply = Answered | Voicemail | Declined | PickedUpTooLate | Busy | NoAnswer | Failed | Raw | CallerHangsUp


class Party(Protocol):
    """Decides what the caller and the workers do; the call waits for each answer."""

    def interrupts(self, gather: Gather) -> Keys | None:
        """Keys pressed over the prompt, asked before each part of it; None lets that part play."""

    def at_gather(self, gather: Gather) -> GatherReply:
        """What the caller does once the prompt has ended."""

    def at_ring(self, number: str) -> RingReply:
        """How the ringing of this number ends."""

    def note(self, event: Event) -> None:
        """Is told all that happens, in order."""
