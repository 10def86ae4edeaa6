"""A telephone to a helpline of its own, made of one content of the routing table: a draft, or what is live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpline.simulator.player import Telephone


@dataclass(frozen=True)
class RehearsalLine:
    """`line_of` is how it names the numbers that it dials, as in "utrecht advice 1"."""

    telephone: Telephone
    line_of: Callable[[str], str]
