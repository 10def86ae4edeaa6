"""A rule of the conversation, and what it finds where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpline.flow.paths import Move, Walk, World


@dataclass(frozen=True)
class Breach:
    """One rule broken: where the call then stands, and by which ending, if by one."""

    rule: str
    what: str
    state: int
    move: Move | None = None


Rule = Callable[[Walk, World], Iterator[Breach]]
