"""The rows of a report: what is told of the calls that were counted, and what of them is withheld."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from helpline.reports.covering import Place, Withheld, withheld_of
from helpline.reports.folding import ENDINGS, Calls
from helpline.reports.small_counts import is_small, withheld
from helpline.storage.counts import By

FEWEST_FOR_SECONDS = 20  # of fewer, the 95 % are what a single caller waited
ALL_HOURS = tuple(f"{hour:02}" for hour in range(24))


@dataclass(frozen=True)
class Row:
    """The calls of one group; a count that is None is withheld, and with `calls` so is all the rest.

    `endings` tells for each of ENDINGS how many ended so, and is empty in a report by outcome. `median_seconds` and
    `most_seconds` are what half of the callers, and 95 % of them, waited at most until a line rang; None where they
    are withheld or no line rang.
    """

    name: str
    calls: int | None
    endings: Mapping[str, int | None]
    median_seconds: int | None
    most_seconds: int | None


@dataclass(frozen=True)
class Telling:
    """How rows are made: with nothing withheld where `small_counts` are wanted."""

    small_counts: bool

    def count(self, count: int) -> int | None:
        """A count from which no other can be worked out."""
        return None if is_small(count) and not self.small_counts else count

    def counts(self, counts: Mapping[str, int]) -> dict[str, int | None]:
        """Counts whose sum is told."""
        hidden: Collection[str] = () if self.small_counts else withheld(counts)
        return {name: None if name in hidden else count for name, count in counts.items()}

    def total(self, calls: Calls) -> Row:
        """All calls; what is withheld of them is the same whatever the report is by."""
        if self.count(calls.total) is None:
            return _untold("total")
        return self._row("total", calls, self.counts(calls.endings))

    def withheld(self, groups: Mapping[str, Calls]) -> Withheld:
        """What is withheld of the groups."""
        if self.small_counts:
            return Withheld(frozenset(), frozenset())
        return withheld_of({name: calls.endings for name, calls in groups.items()})

    def rows(self, by: By, groups: Mapping[str, Calls]) -> tuple[Row, ...]:
        """Each group, in the order of names; none where there are no calls, or where every group would be withheld."""
        all_calls = sum(calls.total for calls in groups.values())
        if not self.count(all_calls):
            return ()
        if by == "outcome":
            return self._outcomes(groups)
        named = {name: groups.get(name, Calls()) for name in (ALL_HOURS if by == "hour" else sorted(groups))}
        hidden = self.withheld(named)
        if hidden.rows == named.keys():
            return ()
        return tuple(
            _untold(name) if name in hidden.rows else self._row(name, calls, _endings(name, calls, hidden))
            for name, calls in named.items()
        )

    def _outcomes(self, groups: Mapping[str, Calls]) -> tuple[Row, ...]:
        """Each ending; what is withheld of it is what is withheld in the total of all calls."""
        named = {ending: groups.get(ending, Calls()) for ending in ENDINGS}
        told = self.counts({name: calls.total for name, calls in named.items()})
        return tuple(
            Row(name, None, {}, None, None) if told[name] is None else self._row(name, calls, {})
            for name, calls in named.items()
        )

    def _row(self, name: str, calls: Calls, endings: Mapping[str, int | None]) -> Row:
        few = calls.seconds.total() < FEWEST_FOR_SECONDS and not self.small_counts
        seconds = (None, None) if few else (calls.most_seconds(0.5), calls.most_seconds(0.95))
        return Row(name, calls.total, endings, *seconds)


def _untold(name: str) -> Row:
    return Row(name, None, dict.fromkeys(ENDINGS), None, None)


def _endings(name: str, calls: Calls, hidden: Withheld) -> dict[str, int | None]:
    counts = calls.endings.items()
    return {ending: None if Place(name, ending) in hidden.cells else count for ending, count in counts}
