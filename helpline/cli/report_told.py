"""A report as it is read in a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from helpline.reports.failing_numbers import FAILING, ROUNDED_TO, FailingNumber
from helpline.reports.report import Report
from helpline.reports.rows import Row
from helpline.reports.shares import share
from helpline.reports.small_counts import FEWEST

WIDTH = 80
WITHHELD = "x"
# Two lines of heads, each of which ends where its column does, and how wide the column is with the blanks before it.
HEADS = (
    ("", "calls", 6),
    ("", "1st", 5),
    ("", "2nd", 5),
    ("answered at", "later", 6),
    ("not", "reached", 8),
    ("", "rang", 6),
    ("hung up", "before", 7),
    ("", "median", 7),
    ("rings after", "95 %", 6),
)
HEADS_OF_OUTCOMES = (("", "calls", 7), ("", "of all", 7), *HEADS[-2:])
HEADS_OF_NUMBERS = (
    ("", "dials", 7),
    ("un-", "answered", 9),
    ("", "busy", 6),
    ("no", "answer", 7),
    ("", "failed", 7),
    ("not", "accepted", 9),
)
SHARES = ("answered first", "answered second", "answered later")
NUMBERS = ("unreached", "gone", "hung up")  # the other endings are told by outcome, and to programs


def told(report: Report) -> str:
    """All of it."""
    days = f"from {report.days.first} to {report.days.last}"
    if report.is_empty:
        return f"No calls and no texts are recorded {days}."
    return "\n\n".join("\n".join(part) for part in (_calls(report, days), _numbers(report), _beside(report)) if part)


def _calls(report: Report, days: str) -> list[str]:
    if report.total.calls is None:
        return [f"Fewer than {FEWEST} calls are recorded {days}: too few to tell more."]
    if not report.total.calls:
        return [f"No calls are recorded {days}."]
    lines = [f"Calls {days}, by {report.by}", ""]
    if report.by == "outcome":
        total = Row("total", report.total.calls, {}, report.total.median_seconds, report.total.most_seconds)
        cells = {row.name: _of_outcome(row, report.total.calls) for row in (*report.rows, total)}
        lines += _table(HEADS_OF_OUTCOMES, cells)
    else:
        lines += _table(HEADS, {row.name: _of_group(row) for row in (*report.rows, report.total)})
    if not report.rows:
        lines += ["", f"By {report.by} there is too little to tell more."]
    if any(WITHHELD in line.split() for line in lines):
        lines += ["", f"{WITHHELD}  withheld: fewer than {FEWEST}, or a number that would give away such a one"]
    return lines


def _numbers(report: Report) -> list[str]:
    if not report.failing:
        return []
    cells = {f"{each.organisation} {each.line} {each.number}": _of_number(each) for each in report.failing}
    rounded = "" if report.small_counts else f", rounded to {ROUNDED_TO}"
    return [f"The numbers that failed most{rounded}", "", *_table(HEADS_OF_NUMBERS, cells)]


def _beside(report: Report) -> list[str]:
    """Texts, and what is not counted."""
    outcomes = "".join(f", {name} {_count(texts)}" for name, texts in report.text_outcomes.items())
    lines = textwrap.wrap(f"Texts: {_few(report.texts)}{outcomes}.", WIDTH, subsequent_indent="  ")
    if report.under_way != 0:
        lines.append(f"Calls still under way, and not counted: {_few(report.under_way)}.")
    return lines


def _table(heads: Sequence[tuple[str, str, int]], rows: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The rows under their heads."""
    names = max(map(len, rows))
    widths = [width for _, _, width in heads]
    for line in zip(*((above, below) for above, below, _ in heads), strict=True):
        yield _under_each_other(names, zip(line, widths, strict=True))
    for name, cells in rows.items():
        yield name + _under_each_other(names, zip(cells, widths, strict=True))[len(name) :]


def _under_each_other(names: int, cells: Iterable[tuple[str, int]]) -> str:
    """A line in which each cell ends where its column does; what is wider stands in the empty ones before it."""
    line, end = "", names
    for cell, width in cells:
        end += width
        if cell:
            line = line.ljust(end - len(cell)) + cell
    return line


def _of_group(row: Row) -> Iterator[str]:
    yield _count(row.calls)
    for ending in SHARES:
        yield _share(row.endings[ending], row.calls)
    for ending in NUMBERS:
        yield _count(row.endings[ending])
    yield _seconds(row.median_seconds)
    yield _seconds(row.most_seconds)


def _of_outcome(row: Row, all_calls: int) -> Iterator[str]:
    yield _count(row.calls)
    yield _share(row.calls, all_calls)
    yield _seconds(row.median_seconds)
    yield _seconds(row.most_seconds)


def _of_number(number: FailingNumber) -> Iterator[str]:
    yield str(number.dials)
    yield _share(number.unanswered, number.dials)
    for word in FAILING:
        yield str(number.failed[word])


def _count(count: int | None) -> str:
    return WITHHELD if count is None else str(count)


def _few(count: int | None) -> str:
    """A count that nothing else is worked out from, so that one that is withheld is small."""
    return f"fewer than {FEWEST}" if count is None else str(count)


def _share(count: int | None, of: int | None) -> str:
    return WITHHELD if count is None or of is None else share(count, of)


def _seconds(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds} s"
