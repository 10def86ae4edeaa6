"""The steps a conversation is made of; each `yield` of one hands back how it ended."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

NATIONAL = "landelijk"  # the national desk, named as its file in regions/
UNKNOWN = "unknown"
SILENCE = "silence"
UNCLEAR = "unclear"


class Caller(NamedTuple):
    """What the conversation has learnt of the caller, to be told in the right language and to the worker."""

    language: str = "nl"
    doctor: bool = False


@dataclass(frozen=True)
class Say:
    """Words the caller hears; it has no ending.

    `region` is the organisation whose name or hours the words hold, `place` and `key` a choice read out, `spoken`
    the language they tell of; each is empty where the words hold none.
    """

    prompt: str
    language: str
    region: str = ""
    place: str = ""
    key: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class Lookup:
    """A question to the house, not to the caller: the table, the clock, the calling number. Ends at once.

    `of` is the region or the doubt it is about, empty where it is about neither.
    """

    name: str
    of: str = ""


@dataclass(frozen=True)
class Ask:
    """A question answered by keys; a key stops the words.

    Ends as what a code means, a region, a doubt between regions, "silence" or "unclear". Where `doubt` names one, its
    choices are read out after the words, and the question ends as the region chosen, "silence" or "unclear".
    """

    name: str
    says: tuple[Say, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Ring:
    """One route is rung. Ends as a word of RING_ENDINGS; the script is told only what it may branch on."""

    line: str
    region: str
    route: int  # position in the line's chain of routes, from 0
    caller: Caller

    @property
    def name(self) -> str:
        """The step's name in a trail: which line is rung."""
        return f"ring_{self.line}"


# How a dial ended, as the trail keeps it, and what the script hears of it.
RING_ENDINGS: Mapping[str, str] = {
    "answered": "answered",
    "busy": "unanswered",
    "no-answer": "unanswered",
    "failed": "unanswered",
    "canceled": "unanswered",
    "unaccepted": "unanswered",  # picked up, never bridged: a voicemail, or nobody pressed the key
    "dropped": "dropped",
    "gone": "gone",
}

Pause: TypeAlias = Ask | Ring
Step: TypeAlias = Say | Lookup | Ask | Ring
T = TypeVar("T")
Script: TypeAlias = Generator[Step, str, T]
