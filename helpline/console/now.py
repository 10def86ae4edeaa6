"""The first page: where callers are answered now, on a map and in a list; what asks for attention; how many called.

All of it but the figures and what the lines do is in memory: without a database the page is shown with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup
from starlette.responses import Response

from helpline.console.areas import regions
from helpline.console.lately import Lately, lately
from helpline.console.lines_now import LinesNow, lines_now, traffic
from helpline.console.map import Map
from helpline.console.map_states import SERVICE
from helpline.console.visit import Visit
from helpline.console.words import words
from helpline.directory import outlines
from helpline.directory.table import Table
from helpline.errors import DatabaseAway, GeographyFault
from helpline.storage.record import Entry


@dataclass(frozen=True)
class Told:
    """What the database tells; None where it is away."""

    entry: Entry | None = None
    lines: LinesNow | None = None
    hour: Lately | None = None
    day: Lately | None = None


def shown(visit: Visit) -> Response:
    """What goes on now; without a database what is in memory, since calls go on by that."""
    directory = visit.office.helpline.directory
    table, told = directory.current, Told()
    if not visit.away:
        try:
            told = _told(visit, table)
        except DatabaseAway:
            visit = replace(visit, away=True)
    return visit.page(
        "now.html",
        table=table,
        entry=told.entry,
        lines=told.lines,
        hour=told.hour,
        day=told.day,
        figure=_figure(visit, table, told.lines),
        dials=visit.office.helpline.settings.helpline_alert_failed_dials,
    )


def _told(visit: Visit, table: Table) -> Told:
    entry = visit.office.versions.entry_of(visit.version) if visit.version is not None else None
    called = traffic(visit.office, visit.now)
    hour, day = (lately(each, table, visit.language) for each in (called.hour, called.day))
    return Told(entry, lines_now(visit.office, table, visit.now), hour, day)


def _figure(visit: Visit, table: Table, found: LinesNow | None) -> Markup:
    """The map; empty where there are no sound outlines to draw it by: the page is worth showing without."""
    folder = visit.office.helpline.settings.helpline_regions / "geography"
    try:
        shapes = outlines.load(folder)
    except GeographyFault:
        return Markup()
    kinds = SERVICE if found else tuple(kind for kind in SERVICE if kind != "failing")
    areas = regions(table, found, visit.now, visit.language)
    return Map(shapes, areas, kinds, words(visit.language)["now"]["map_title"], visit.language).figure()
