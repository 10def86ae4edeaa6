"""The record: who changed what, when and why, and who signed in; the newest first."""

from __future__ import annotations

from starlette.responses import Response

from helpline.console.visit import Visit

AT_A_TIME = 50


def shown(visit: Visit) -> Response:
    """A page of it; older ones by `?before=` and the number of an entry."""
    asked = visit.query.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    entries = visit.office.versions.newest_entries(AT_A_TIME, before=before)
    older = entries[-1].entry if entries and entries[-1].entry > 1 else None
    return visit.page("record.html", entries=entries, older=older, is_newest=before is None)
