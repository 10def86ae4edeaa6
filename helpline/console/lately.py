"""The calls of the last hours as the first page tells them: by organisation, and of which nothing is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpline.console.named import name_of
from helpline.console.words import Language
from helpline.directory.table import Table
from helpline.reports.folding import NONE
from helpline.reports.recent import Figures, Recent


@dataclass(frozen=True)
class Row:
    """One organisation; `slug` is empty where none was found."""

    slug: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Lately:
    """The organisations of which something is told, and the names of those that had calls of which nothing is."""

    since: datetime
    total: Figures
    rows: Sequence[Row]
    untold: Sequence[str]


def lately(recent: Recent, table: Table, language: Language) -> Lately:
    """In the order of the names; the calls for which no organisation was found come last."""
    rows = [
        Row("" if slug == NONE else slug, name_of("region", slug, table, language), figures)
        for slug, figures in recent.of.items()
    ]
    rows.sort(key=lambda row: (not row.slug, row.name.casefold()))
    told = [row for row in rows if row.figures.calls is not None]
    return Lately(recent.since, recent.total, told, [row.name for row in rows if row.figures.calls is None])
