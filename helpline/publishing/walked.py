"""Every path of the conversation walked, and what each rule says of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from helpline.flow.paths import Conversation, World, walk
from helpline.flow.rules import RULES, breaches
from helpline.flow.steps import Say
from helpline.flow.telling import told


@dataclass(frozen=True)
class Judged:
    """A rule, and the shortest call that breaks it, as text; empty where it holds."""

    rule: str
    says: str
    told: str


@dataclass(frozen=True)
class Checked:
    """How much was walked, in how many seconds, and what each rule says of it."""

    states: int
    moves: int
    seconds: float
    rules: tuple[Judged, ...]


def checked(world: World, words: Callable[[Say], str], conversation: Conversation) -> Checked:
    """Walks every path and holds each rule against it."""
    begun = time.perf_counter()
    walked = walk(world, conversation)
    broken = {breach.rule: told(walked, breach, words) for breach in breaches(walked, world)}
    return Checked(
        states=len(walked.steps),
        moves=sum(map(len, walked.moves)),
        seconds=round(time.perf_counter() - begun, 1),
        rules=tuple(Judged(name, rule.__doc__ or name, broken.get(name, "")) for name, rule in RULES.items()),
    )
