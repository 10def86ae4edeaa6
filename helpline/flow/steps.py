"""The steps a conversation is made of; each `yield` of one hands back how it ended.

Named tuples, not data classes: a turn makes dozens of them and the walk of every path millions, at a third of the cost.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import NamedTuple, TypeAlias, TypeVar

NATIONAL = "landelijk"  # the national desk, named as its file in regions/
EVERYWHERE = "all"  # whom an announcement is for that every caller hears
UNKNOWN = "unknown"
SILENCE = "silence"
UNCLEAR = "unclear"
DOUBT = "doubt-"  # a keyed postcode in several areas: one of them is right
MAYBE = "maybe-"  # a spoken place that may be these: asked back, never taken


class Caller(NamedTuple):
    """What the conversation has learnt of the caller, to be told in the right language and to the worker."""

    language: str = "nl"
    doctor: bool = False
    mute: bool = False  # cannot speak: yes and no come as keys


class Say(NamedTuple):
    """Words the caller hears; it has no ending.

    `region` is the organisation whose name or hours the words hold or for whose callers they are, `place` and `key` a
    choice read out, `spoken` the language they tell of; each is empty where the words hold none.
    """

    prompt: str
    language: str
    region: str = ""
    place: str = ""
    key: str = ""
    spoken: str = ""


class Lookup(NamedTuple):
    """A question to the house, not to the caller: the table, the clock, the calling number. Ends at once.

    `of` is the region, the doubt or EVERYWHERE, which it is about; empty where it is about none.
    """

    name: str
    of: str = ""


class Ask(NamedTuple):
    """A question answered by keys, and by voice where `speech` says so; a key stops the words.

    A question for the place ends as what a code means, a region, a doubt or a guess between places, "silence" or
    "unclear". With `choices` (of a doubt or guess, or languages) these are read out after the words, each with its key,
    and the question ends as the one chosen, "silence" or "unclear". `last` is said after them. `seconds` are to the
    first key and between keys.
    """

    name: str
    language: str
    seconds: int
    says: tuple[Say, ...] = ()
    choices: str = ""
    last: tuple[Say, ...] = ()
    speech: bool = False


class Ring(NamedTuple):
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
