"""What happens in a call, one record each; `at` is in seconds since the call was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class How(StrEnum):
    """The ways in which a call ends."""

    HUNG_UP = "we hung up"
    DOCUMENT_ENDED = "the document ended"
    REJECTED = "we rejected the call"
    CALLER = "the caller hung up"
    ERROR = "an application error"
    TOO_MANY = "it did not end: stopped after 200 documents"
    TOO_LONG = "it did not end: stopped after six hours"
    NOT_PLAYED = "the player does not play what comes here"


@dataclass(frozen=True)
class Heard:
    """The caller hears words (or a sound, named in brackets)."""

    text: str
    language: str
    voice: str
    at: float


@dataclass(frozen=True)
class Asked:
    """A question begins; its prompt follows. `action` is the address that will be told the answer."""

    input: str
    at: float
    action: str = field(default="", compare=False)


@dataclass(frozen=True)
class Pressed:
    """The caller presses keys: after the prompt, over it, or (left over) meant for an earlier question.

    `waits` are the seconds before each of them.
    """

    keys: str
    at: float
    interrupting: bool = False
    left_over: bool = False
    waits: tuple[float, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Spoke:
    """The caller says something at a question."""

    words: str
    at: float


@dataclass(frozen=True)
class Waited:
    """The caller lets a question pass in silence."""

    at: float


@dataclass(frozen=True)
class HungUp:
    """The caller hangs up."""

    at: float


@dataclass(frozen=True)
class Rang:
    """A telephone begins to ring, and shows this caller ID. `action` is the address that will be told how it ends."""

    number: str
    caller_id: str
    at: float
    action: str = field(default="", compare=False)


@dataclass(frozen=True)
class WorkerHeard:
    """Whoever picked up hears words before the caller is put through, who hears it ring meanwhile, or nothing."""

    text: str
    at: float
    caller_hears_ringing: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class WorkerPressed:
    """Whoever picked up presses keys, which the words before ask for."""

    keys: str
    at: float


@dataclass(frozen=True)
class RingEnded:
    """A ring is over: what was done, Twilio's DialCallStatus, whether and how long the two spoke."""

    number: str
    reply: str
    status: str
    bridged: bool
    seconds: float
    at: float


@dataclass(frozen=True)
class Warned:
    """Twilio's debugger shows an error or a warning; without a number it is the player that does not play something."""

    code: int
    text: str
    at: float

    @property
    def words(self) -> str:
        """What is wrong, and who says so."""
        return f"Twilio's debugger shows {self.code}: {self.text}" if self.code else self.text


@dataclass(frozen=True)
class Ended:
    """The call is over."""

    how: How
    at: float


Event = (
    Heard | Asked | Pressed | Spoke | Waited | HungUp | Rang | WorkerHeard | WorkerPressed | RingEnded | Warned | Ended
)
