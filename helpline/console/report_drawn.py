"""The chart of a report: which kind of chart its groups are told by, and what is on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from helpline.console.charts import Canvas, Kind
from helpline.console.charts_bars import Bar, amounts, shares
from helpline.console.charts_columns import columns
from helpline.console.named import named
from helpline.console.words import Language, words
from helpline.directory.table import Table
from helpline.reports.report import Report
from helpline.reports.rows import Row

TOLD: tuple[tuple[Kind, str], ...] = (
    ("first", "answered first"),
    ("second", "answered second"),
    ("later", "answered later"),
    ("unreached", "unreached"),
)
OTHERWISE = ("gone", "hung up", "dropped", "fault", "unknown")


@dataclass(frozen=True)
class Drawn:
    """A chart, its title, and its key: what each kind looks like and is called; empty where there is but one."""

    title: str
    chart: Markup
    key: Sequence[tuple[Markup, str]]


def drawn(report: Report, table: Table, language: Language) -> Drawn:
    """The chart of a report that has rows."""
    told = words(language)
    is_shared = report.by in ("region", "line", "language")
    title = told["report_titles"][report.by]
    canvas = Canvas("calls", title)
    if report.by == "hour":
        counts = [(row.name, row.calls) for row in report.rows]
        return Drawn(title, columns(canvas, counts), _key(canvas, _withheld(report, calls_only=True), language))
    bars = [_bar(row, name, told["figures"]["withheld"]) for name, row in named(report, table, language)]
    chart = shares(canvas, bars) if is_shared else amounts(canvas, bars)
    kinds = [*(kind for kind, _ in TOLD), "otherwise"] if is_shared else []
    return Drawn(title, chart, _key(canvas, [*kinds, *_withheld(report)], language))


def _bar(row: Row, name: str, withheld: str) -> Bar:
    return Bar(name, withheld if row.calls is None else str(row.calls), row.calls, [*_kinds(row)])


def _kinds(row: Row) -> Iterator[tuple[Kind, int]]:
    """Those of which something is told; the rest of a call's endings together, where all of them are."""
    if row.calls is None or not row.endings:
        return
    for kind, ending in TOLD:
        yield kind, row.endings[ending] or 0
    rest = [row.endings[ending] for ending in OTHERWISE]
    yield "otherwise", sum(count for count in rest if count is not None)


def _withheld(report: Report, *, calls_only: bool = False) -> list[Kind]:
    """The kind, where there is any of it."""
    is_there = any(row.calls is None or (None in row.endings.values() and not calls_only) for row in report.rows)
    return ["withheld"] if is_there else []


def _key(canvas: Canvas, kinds: Sequence[Kind], language: Language) -> list[tuple[Markup, str]]:
    return [(canvas.swatch(kind), words(language)["report_kinds"][kind]) for kind in kinds]
