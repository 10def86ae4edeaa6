"""/console/reports: how the line is doing over some days, as charts, tables and CSV, with small counts withheld."""

from __future__ import annotations

from starlette.datastructures import QueryParams
from starlette.responses import Response

from helpline.console.report_asked import CSV_PATH, GROUPS, SPANS, Asked, asked
from helpline.console.report_drawn import drawn
from helpline.console.report_table import calls_table, numbers_table, sums
from helpline.console.visit import Visit
from helpline.directory.version import day_of
from helpline.reports.days import DaysRefused
from helpline.reports.report import report
from helpline.reports.written import as_csv


def shown(visit: Visit) -> Response:
    """The report that is asked for; the form again, with what is wrong, where the days are none."""
    today = day_of(visit.now)
    try:
        wanted, status = asked(visit.query, today), 200
    except DaysRefused:
        wanted, status = asked(QueryParams({"by": visit.query.get("by", "")}), today), 422
    made = report(visit.office.counts, wanted.days, wanted.by)
    table = visit.office.helpline.directory.current
    return visit.page(
        "reports.html",
        status=status,
        asked=wanted,
        refused=status != 200,
        today=today,
        report=made,
        spans=[(span, wanted.address(span=span)) for span in SPANS],
        groups=[(by, wanted.address(by=by)) for by in GROUPS],
        csv=wanted.address(CSV_PATH),
        drawn=drawn(made, table, visit.language) if made.rows else None,
        sums=sums(made, visit.language),
        calls=calls_table(made, table, visit.language),
        numbers=numbers_table(made, table, visit.language),
    )


def written(visit: Visit) -> Response:
    """The same as CSV, to be kept as a file."""
    try:
        wanted = asked(visit.query, day_of(visit.now))
    except DaysRefused:
        return visit.moved("/console/reports")
    content = as_csv(report(visit.office.counts, wanted.days, wanted.by))
    headers = {"Content-Disposition": f'attachment; filename="{_name(wanted)}"'}
    return Response(content, media_type="text/csv", headers=headers)


def _name(wanted: Asked) -> str:
    return f"helpline-{wanted.days.first}-{wanted.days.last}-{wanted.by}.csv"
