"""Counted calls put together: by the groups of a report, and by the words in which it tells how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from helpline.reports.days import Part
from helpline.storage.counts import By, CountedCalls

NONE = "none"  # the group of calls for which no organisation was found
# How a call can have ended: those of helpline/switchboard/story.py, with an answered call told by which number it was.
ENDINGS = (
    "answered first",
    "answered second",
    "answered later",
    "unreached",
    "gone",
    "hung up",
    "dropped",
    "fault",
    "unknown",
)
_ANSWERED = {1: "answered first", 2: "answered second"}


@dataclass
class Calls:
    """The calls of one group: how many ended how, and how many waited how many seconds until a line rang."""

    ended: Counter[str] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All of them."""
        return self.ended.total()

    @property
    def endings(self) -> dict[str, int]:
        """How many ended how; each of ENDINGS is there."""
        return {ending: self.ended[ending] for ending in ENDINGS}

    def take(self, ending: str, row: CountedCalls) -> None:
        """So many calls more."""
        self.ended[ending] += row.calls
        if row.seconds_to_ring is not None:
            self.seconds[row.seconds_to_ring] += row.calls

    def most_seconds(self, share: float) -> int | None:
        """How long this share of those for whom a line rang waited at most; None where none rang."""
        reached, wanted = 0, share * self.seconds.total()
        for seconds in sorted(self.seconds):
            reached += self.seconds[seconds]
            if reached >= wanted:
                return seconds
        return None


def folded(by: By, rows: Iterable[tuple[Part, CountedCalls]]) -> dict[str, Calls]:
    """The calls of each group that has any, by the group's name."""
    groups: dict[str, Calls] = {}
    for part, row in rows:
        ending = _ending(row)
        groups.setdefault(_name(by, part, row, ending), Calls()).take(ending, row)
    return groups


def together(groups: Iterable[Calls]) -> Calls:
    """The calls of all groups."""
    calls = Calls()
    for group in groups:
        calls.ended.update(group.ended)
        calls.seconds.update(group.seconds)
    return calls


def _name(by: By, part: Part, row: CountedCalls, ending: str) -> str:
    if by == "outcome":
        return ending
    return part.wall(row.group) if by == "hour" else row.group or NONE


def _ending(row: CountedCalls) -> str:
    """A word of a newer program is not known here."""
    if row.outcome == "answered":
        return _ANSWERED.get(row.answered_at or 0, "answered later")
    return row.outcome if row.outcome in ENDINGS else "unknown"
