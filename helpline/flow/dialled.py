"""How a dial ended: from what the carrier tells of it to the one word the trail keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpline.flow.call import DROPPED_SECONDS, WHISPER_SECONDS

DialWord = Literal["picked-up", "busy", "no-answer", "failed", "canceled"]


@dataclass(frozen=True)
class Dialled:
    """What the carrier tells of one dial.

    `bridged` is None where it does not say; `seconds` is how long the far side was connected, None where nobody
    picked up or it does not say; `caller_there` is False once the caller has hung up.
    """

    word: DialWord
    bridged: bool | None
    seconds: int | None
    caller_there: bool


def ending_of(dialled: Dialled, *, accept: bool, whispered: int = 0) -> str:
    """The word for the trail, one of RING_ENDINGS; `accept` says that this line must accept by key.

    `whispered` is how many sentences whoever picked up heard before they were joined: no talk, but in the seconds. In
    doubt it is a word that rings the next route: to ring once too often is better than to leave a caller.
    """
    if _joined(dialled, accept=accept):
        return "dropped" if _cut_off(dialled, whispered) else "answered"
    if not dialled.caller_there:
        return "gone"
    return "unaccepted" if dialled.word == "picked-up" else dialled.word


def _joined(dialled: Dialled, *, accept: bool) -> bool:
    """True when two people could hear each other; on an accept line only the carrier's own word counts."""
    if dialled.bridged is not None or accept:
        return dialled.bridged is True
    return dialled.word == "picked-up" and bool(dialled.seconds)


def _cut_off(dialled: Dialled, whispered: int) -> bool:
    shortest = DROPPED_SECONDS + whispered * WHISPER_SECONDS
    return dialled.caller_there and (dialled.seconds is None or dialled.seconds < shortest)
