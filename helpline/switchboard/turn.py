"""A turn: what is said now, and what the call then waits for."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.directory.table import Route, Table
from helpline.flow.steps import Ask, Ring, Say
from helpline.flow.trail import Trail


@dataclass(frozen=True)
class Question:
    """Keys are awaited while and after these words; at `digits` keys the answer is complete.

    `endings` are what the keys 1, 2, ... mean where choices are read out; empty where a place is asked for.
    """

    ask: Ask
    says: tuple[Say, ...]
    digits: int
    endings: tuple[str, ...] = ()


@dataclass(frozen=True)
class PutThrough:
    """This number is rung; whoever picks up first hears the whisper, if there is one."""

    ring: Ring
    route: Route
    whisper: tuple[Say, ...]


@dataclass(frozen=True)
class Turn:
    """One turn of a call on one version of the table; `then` is None when the call is over."""

    table: Table
    trail: Trail
    said: tuple[Say, ...]
    then: Question | PutThrough | None


@dataclass(frozen=True)
class Keyed:
    """The keys a caller pressed, without the # that ended them; none is silence."""

    digits: str


@dataclass(frozen=True)
class Spoken:
    """What speech recognition made of what a caller said; it may be anything."""

    words: str
