"""A report as tables for people: heads and cells in the page's language; a cell that is None is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpline.console.named import name_of, named
from helpline.console.words import Language, words
from helpline.directory.table import Table
from helpline.reports.failing_numbers import FAILING, FailingNumber
from helpline.reports.folding import ENDINGS
from helpline.reports.report import Report
from helpline.reports.rows import Row
from helpline.reports.shares import share

Cells = Sequence[str | None]
SUMS = ("calls", *ENDINGS[:4], "median", "most")  # of all calls; what else there is stands in the table's last row
SHARES, NUMBERS = ENDINGS[:3], ENDINGS[3:6]  # answered; and how else most calls end. The rest is told by outcome


@dataclass(frozen=True)
class CountsTable:
    """Rows by name under their heads; `total` is the last of them, None where there is none."""

    heads: Sequence[str]
    rows: Sequence[tuple[str, Cells]]
    total: Cells | None = None

    @property
    def withholds(self) -> bool:
        """Whether any cell is withheld."""
        return any(None in cells for cells in (*(cells for _, cells in self.rows), self.total or ()))


def calls_table(report: Report, table: Table, language: Language) -> CountsTable:
    """The calls of each group, and all of them."""
    told, is_by_outcome = words(language)["report_columns"], report.by == "outcome"
    endings = ("share",) if is_by_outcome else (*SHARES, *NUMBERS)
    heads = [told[name.replace(" ", "_")] for name in ("calls", *endings, "median", "most")]
    cells = _of_outcome if is_by_outcome else _of_group
    rows = [(name, [*cells(row, report)]) for name, row in named(report, table, language)]
    return CountsTable([words(language)["report_groups"][report.by], *heads], rows, [*cells(report.total, report)])


def sums(report: Report, language: Language) -> list[tuple[str, str]]:
    """What is told of all calls together, each number with what it is."""
    told = words(language)["report_columns"]
    names = ("calls", *SHARES, *NUMBERS, "median", "most")
    cells = dict(zip(names, _of_group(report.total, report), strict=True))
    return [(told[name.replace(" ", "_")], cell) for name in SUMS if (cell := cells[name])]


def numbers_table(report: Report, table: Table, language: Language) -> CountsTable:
    """The numbers that failed most."""
    told = words(language)
    heads = [told["report_columns"][name] for name in ("number", "dials", "unanswered", *FAILING)]
    rows = [(_number(each, table, language), [*_of_number(each)]) for each in report.failing]
    return CountsTable(heads, rows)


def _of_group(row: Row, _report: Report) -> Iterator[str | None]:
    yield _count(row.calls)
    for ending in SHARES:
        yield _share(row.endings[ending], row.calls)
    for ending in NUMBERS:
        yield _count(row.endings[ending])
    yield from _seconds(row)


def _of_outcome(row: Row, report: Report) -> Iterator[str | None]:
    yield _count(row.calls)
    yield _share(row.calls, report.total.calls)
    yield from _seconds(row)


def _of_number(number: FailingNumber) -> Iterator[str]:
    yield str(number.dials)
    yield share(number.unanswered, number.dials)
    for word in FAILING:
        yield str(number.failed[word])


def _number(number: FailingNumber, table: Table, language: Language) -> str:
    told: Mapping[str, Mapping[str, str]] = words(language)
    place = str(number.number) if number.number else told["report_columns"]["elsewhere"]
    return f"{name_of('region', number.organisation, table, language)}, {told['lines'][number.line]} {place}"


def _count(count: int | None) -> str | None:
    return None if count is None else str(count)


def _share(count: int | None, of: int | None) -> str | None:
    return None if count is None or of is None else share(count, of)


def _seconds(row: Row) -> Iterator[str]:
    for seconds in (row.median_seconds, row.most_seconds):
        yield "" if seconds is None else f"{seconds} s"
