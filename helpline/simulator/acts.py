"""What a transcript can say: one record per instruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from helpline.simulator.party import Keys, RingReply


@dataclass(frozen=True)
class Hears:
    """The caller hears these words."""

    words: str


@dataclass(frozen=True)
class NeverHears:
    """The caller hears these words nowhere in the call."""

    words: str


@dataclass(frozen=True)
class Presses:
    """The caller presses keys; at once means over the prompt, as soon as the lines before are heard."""

    keys: Keys


@dataclass(frozen=True)
class Says:
    """The caller says something."""

    words: str


@dataclass(frozen=True)
class Waits:
    """The caller is silent at a question."""


@dataclass(frozen=True)
class Rings:
    """This line is rung, named as `ORGANISATION LINE N`."""

    line: str


@dataclass(frozen=True)
class WorkerHears:
    """Whoever picks up hears these words before the caller is put through."""

    words: str


@dataclass(frozen=True)
class RingEnds:
    """How the ringing ends."""

    reply: RingReply


@dataclass(frozen=True)
class Ends:
    """The call is over, by our side."""


Act = Hears | NeverHears | Presses | Says | Waits | Rings | WorkerHears | RingEnds | Ends


@dataclass(frozen=True)
class Line:
    """One instruction, with its place in the file and its words as written."""

    number: int
    text: str
    act: Act


@dataclass(frozen=True)
class Transcript:
    """A call as it should go. `at` is when, in the Netherlands; a caller of None sends no From."""

    name: str
    at: datetime | None
    caller: str | None
    lines: tuple[Line, ...]
