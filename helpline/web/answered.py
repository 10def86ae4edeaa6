"""An answer to the carrier: the document, and of a turn what may be told of it once it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.switchboard.texts import Answer as TextAnswer
from helpline.switchboard.texts import Text
from helpline.switchboard.turn import Turn

BEGUN = ("incoming", "")  # what ended before the first turn: nothing yet


@dataclass(frozen=True)
class Answered:
    """A document of TwiML. What has no turn, such as a whisper, has nothing to be told of either."""

    document: str


@dataclass(frozen=True)
class AnsweredTurn(Answered):
    """A turn of a call; `ended` is the step that led to it and how that ended, `spoken` says that words ended it."""

    turn: Turn
    ended: tuple[str, str]
    spoken: bool = False


@dataclass(frozen=True)
class AnsweredText(Answered):
    """What a text got: `answer` is None where it gets none."""

    text: Text
    answer: TextAnswer | None


@dataclass(frozen=True)
class AnsweredFault(Answered):
    """A fault of ours, answered with the last resort."""
