"""What the groups of a table of counts are called: organisations, hours, lines, languages, endings of calls."""

from __future__ import annotations

from collections.abc import Mapping

from helpline.console.map import OURS
from helpline.console.words import Language, words
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL
from helpline.reports.folding import NONE
from helpline.reports.report import Report
from helpline.reports.rows import Row
from helpline.storage.counts import By

_SECTIONS: Mapping[By, str] = {"line": "lines", "language": "call_languages", "outcome": "outcomes"}


def name_of(by: By, group: str, table: Table, language: Language) -> str:
    """The name of a group of a report; what has none in this table is called as it was written down."""
    if by == "region":
        return _organisation(group, table, language)
    if by == "hour":
        return f"{group}:00"
    names: Mapping[str, str] = words(language)[_SECTIONS[by]]
    return names.get(group.replace(" ", "_"), group)


def named(report: Report, table: Table, language: Language) -> list[tuple[str, Row]]:
    """The rows of a report with their names; organisations by the alphabet, then the desk, then no organisation."""
    rows = [(name_of(report.by, row.name, table, language), row) for row in report.rows]
    if report.by == "region":
        rows.sort(key=lambda each: (each[1].name == NONE, each[1].name == NATIONAL, each[0].casefold()))
    return rows


def _organisation(group: str, table: Table, language: Language) -> str:
    told = words(language)
    if group == NONE:
        return str(told["figures"]["none"])
    if group == NATIONAL:
        return str(told["figures"]["national"])
    return table.organisations[group].name.removeprefix(OURS) if group in table.organisations else group
