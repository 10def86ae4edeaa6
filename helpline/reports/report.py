"""What operators want to know of the calls of some days, as counts of which no small one can be worked out.

The command prints a report and the console shows it: both have it from `report`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpline.reports.days import Days, Part, parts
from helpline.reports.failing_numbers import FailingNumber, failing_numbers
from helpline.reports.folding import Calls, folded, together
from helpline.reports.rows import Row, Telling
from helpline.storage.counts import By, Counts


@dataclass(frozen=True)
class Report:
    """The calls of these days that are over, by group, and all of them as `total`; None where a count is withheld.

    There are no rows where nothing can be told of any. `failing` are the numbers of lines that failed most, the worst
    first. `texts` are all texts, `text_outcomes` those of each outcome that came, empty as the rows are. `under_way`
    are the calls that are not over.
    """

    days: Days
    by: By
    small_counts: bool
    total: Row
    rows: tuple[Row, ...]
    failing: tuple[FailingNumber, ...]
    texts: int | None
    text_outcomes: Mapping[str, int | None]
    under_way: int | None

    @property
    def is_empty(self) -> bool:
        """Whether there was neither a call nor a text."""
        return (self.total.calls, self.texts, self.under_way) == (0, 0, 0)


def report(counts: Counts, days: Days, by: By, *, small_counts: bool = False) -> Report:
    """The report of these days, with nothing withheld where `small_counts` are wanted. Raises DatabaseAway."""
    telling = Telling(small_counts)
    extent = counts.extent(days.hours)
    spans = [*parts(days.within(*extent).hours)] if extent else []
    groups = _groups(counts, spans, by)
    calls = together(groups.values())
    texts = counts.texts(days.hours)
    all_texts = telling.count(sum(texts.values()))
    text_outcomes = telling.counts(texts) if all_texts else {}
    return Report(
        days,
        by,
        small_counts,
        telling.total(calls),
        telling.rows(by, groups),
        _failing(counts, spans, telling) if telling.count(calls.total) else (),
        all_texts,
        text_outcomes if any(text_outcomes.values()) else {},
        telling.count(counts.under_way(days.hours)),
    )


def _groups(counts: Counts, spans: Sequence[Part], by: By) -> dict[str, Calls]:
    return folded(by, ((part, row) for part in spans for row in counts.calls(by, part.hours)))


def _failing(counts: Counts, spans: Sequence[Part], telling: Telling) -> tuple[FailingNumber, ...]:
    """Without those whose calls are withheld by region: how often they rang says how many called, or nearly."""
    dials = (row for part in spans for row in counts.dials(part.hours))
    if telling.small_counts:
        return failing_numbers(dials, small_counts=True)
    return failing_numbers(dials, without=telling.withheld(_groups(counts, spans, "region")).rows)
