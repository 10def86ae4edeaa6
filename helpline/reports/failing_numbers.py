"""The numbers of the organisations' lines that failed most: how often each rang, and how often nobody came.

What is counted here could be subtracted from what a report tells of calls: whom nobody answered at one number is
answered at the next. So it is rounded, unless small counts are wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from helpline.flow.steps import RING_ENDINGS
from helpline.storage.counts import CountedDials

FAILING = ("busy", "no-answer", "failed", "unaccepted")
MOST_NUMBERS = 10  # that are told, the worst
ROUNDED_TO = 5
FEWEST_UNANSWERED = 10  # rounded; of fewer the share would be far off, and at a last number they are those unreached
_SAME = {"canceled": "failed"}


@dataclass(frozen=True)
class FailingNumber:
    """The `number`-th number of a line, or 0 for those that are none of its own, as after a diversion.

    `unanswered` are of the `dials` those that nobody answered; `failed` tells for each of FAILING how many ended so.
    Each is rounded to ROUNDED_TO by itself, unless small counts are wanted.
    """

    organisation: str
    line: str
    number: int
    dials: int
    unanswered: int
    failed: Mapping[str, int]

    @property
    def share(self) -> float:
        """Of all dials, so many went unanswered."""
        return self.unanswered / self.dials


def failing_numbers(
    counted: Iterable[CountedDials], *, without: Collection[str] = (), small_counts: bool = False
) -> tuple[FailingNumber, ...]:
    """The worst first, by what is told of them; none of the organisations in `without`."""
    numbers: dict[tuple[str, str, int], Counter[str]] = {}
    for row in counted:
        if row.organisation not in without:
            numbers.setdefault((row.organisation, row.line, row.number), Counter())[_word(row.ending)] += row.dials
    told = [_told(number, dials, 1 if small_counts else ROUNDED_TO) for number, dials in numbers.items()]
    fewest = 1 if small_counts else FEWEST_UNANSWERED
    failing = [each for each in told if each.unanswered >= fewest]
    worst = sorted(failing, key=lambda each: (-each.share, -each.dials, each.organisation, each.line, each.number))
    return tuple(worst[:MOST_NUMBERS])


def _told(number: tuple[str, str, int], dials: Counter[str], to: int) -> FailingNumber:
    unanswered = sum(dials[word] for word in FAILING)
    failed = {word: _rounded(dials[word], to) for word in FAILING}
    return FailingNumber(*number, _rounded(dials.total(), to), _rounded(unanswered, to), failed)


def _rounded(count: int, to: int) -> int:
    return (count + to // 2) // to * to


def _word(ending: str) -> str:
    """The word of FAILING under which a dial is counted; any other for one that did not fail."""
    return _SAME.get(ending, ending) if RING_ENDINGS.get(ending) == "unanswered" else "otherwise"
