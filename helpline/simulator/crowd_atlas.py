"""What a crowd is told of the country: where people live, who is to answer for each place, and which numbers ring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from random import Random


@dataclass(frozen=True)
class Town:
    """One place that can be meant: its municipality and province, as they may be read out, and who serves it."""

    municipality: str
    province: str
    organisation: str


@dataclass(frozen=True)
class Spot:
    """What a caller can key, say or ring from, for how many people, and what it may mean, the main one first."""

    written: str
    people: float
    towns: tuple[Town, ...] = ()

    @property
    def organisations(self) -> frozenset[str]:
        """All who may be meant."""
        return frozenset(town.organisation for town in self.towns)


@dataclass(frozen=True)
class Spots:
    """Spots of one kind, drawn by how many people they are for."""

    all: Sequence[Spot]

    def draw(self, chance: Random) -> Spot:
        """One of them."""
        return chance.choices(self.all, cum_weights=self._weights)[0]

    @cached_property
    def _weights(self) -> Sequence[float]:
        return list(accumulate(spot.people for spot in self.all))


@dataclass(frozen=True)
class Lines:
    """The numbers of one organisation: those that ring in turn, and what may ring first for a doctor."""

    advice: tuple[str, ...]
    first_for_doctors: frozenset[str]

    def first(self, *, doctor: bool) -> frozenset[str]:
        """The numbers of which one must ring first."""
        return self.first_for_doctors if doctor else frozenset(self.advice[:1])


@dataclass(frozen=True)
class Atlas:
    """The country and its lines, as the routing table has them; all of it plain, so that nothing here can route.

    `unserved` are postcodes that do not exist, `accepting` the numbers where a key must be pressed, `last_words` what
    is heard, in each language, when nobody answered; `line_of` names a number, as in "utrecht advice 1".
    """

    postcodes: Spots
    po_boxes: Spots
    unserved: Sequence[str]
    places: Spots
    area_codes: Spots
    lines: Mapping[str, Lines]
    accepting: frozenset[str]
    national: str
    last_words: Sequence[str]
    line_of: Callable[[str], str] = field(repr=False)
