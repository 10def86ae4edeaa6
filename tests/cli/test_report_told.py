"""A report as it is read in a terminal."""

from __future__ import annotations

from datetime import date

from helpline.cli.report_told import told
from helpline.reports.days import Days
from helpline.reports.folding import ENDINGS
from helpline.reports.report import Report
from helpline.reports.rows import Row

DAY = Days(date(2026, 11, 23), date(2026, 11, 23))


def row(name: str, calls: int, **endings: int) -> Row:
    """A row in which these endings came, and no other."""
    counts = {ending: endings.get(ending.replace(" ", "_"), 0) for ending in ENDINGS}
    return Row(name, calls, counts, None, None)


def test_a_percentage_says_none_and_all_only_of_none_and_all() -> None:
    """Two of a thousand are less than one per cent; the others are not all."""
    total = row("total", 1000, answered_first=998, answered_second=2)
    report = Report(DAY, "region", True, total, (), (), 0, {}, 0)
    [line] = [line for line in told(report).splitlines() if line.startswith("total")]
    assert line.split() == ["total", "1000", ">99%", "<1%", "0%", "0", "0", "0"]


def test_many_words_about_texts_are_broken_at_80_columns() -> None:
    """With the rest of them further in."""
    outcomes: dict[str, int | None] = {f"outcome {number}": 10 for number in range(9)}
    report = Report(DAY, "region", False, row("total", 0), (), (), 90, outcomes, 6)
    lines = told(report).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[-2].startswith("  ")
    assert lines[-1] == "Calls still under way, and not counted: 6."
