"""Counts of calls by day and kind, for researchers: kinds too rare to be told apart are told together.

1. No row is of fewer than FEWEST calls, or FEWEST_AT_ALL where small counts are wanted: none is a single call.
2. A call is in one row. Where its kind is too rare, the last of its words gives way to ANY, with those of all others on
   that day that are as rare; then the one before it, and at last the day.
3. A kind that is in no row may have had no calls, or a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from helpline.reports.days import Days
from helpline.reports.folding import NONE
from helpline.reports.small_counts import FEWEST
from helpline.storage.counts import CountedKinds, Counts

FEWEST_AT_ALL = 2
ANY = "*"


class Kind(NamedTuple):
    """What tells calls apart, the most telling first; ANY stands for several, or for a day of the whole time."""

    day: str
    organisation: str
    line: str
    language: str
    outcome: str
    found: str


def exported(counts: Counts, days: Days, *, small_counts: bool = False) -> Iterator[tuple[Kind, int]]:
    """The rows, by day; what is too rare on its day comes last. Raises DatabaseAway."""
    fewest = FEWEST_AT_ALL if small_counts else FEWEST
    extent = counts.extent(days.hours)
    rare: Counter[Kind] = Counter()
    for day in days.within(*extent) if extent else ():
        kinds = Counter({_kind(str(day), row): row.calls for row in counts.kinds(Days(day, day).hours)})
        rows, left = told_together(kinds, fewest)
        yield from sorted(rows.items())
        rare[_any_day()] += left.total()
    if rare.total() >= fewest:
        yield from rare.items()


def told_together(kinds: Counter[Kind], fewest: int) -> tuple[Counter[Kind], Counter[Kind]]:
    """The rows of `fewest` calls or more that kinds of one day come to, and what is left."""
    rows: Counter[Kind] = Counter()
    for last in range(len(Kind._fields), 0, -1):
        merged: Counter[Kind] = Counter()
        for kind, calls in kinds.items():
            merged[Kind(*kind[:last], *(ANY,) * (len(kind) - last))] += calls
        rows.update({kind: calls for kind, calls in merged.items() if calls >= fewest})
        kinds = Counter({kind: calls for kind, calls in merged.items() if calls < fewest})
    return rows, kinds


def _kind(day: str, row: CountedKinds) -> Kind:
    return Kind(day, row.organisation or NONE, row.line, row.language, row.outcome, row.found or NONE)


def _any_day() -> Kind:
    return Kind(*(ANY,) * len(Kind._fields))
