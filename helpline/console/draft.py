"""One draft: what it changes, what is wrong with it, its files; and thrown away where nobody wants it any more."""

from __future__ import annotations

from starlette.responses import Response

from helpline.console.draft_seen import DRAFTS, address, names, seen
from helpline.console.problems_told import told
from helpline.console.visit import Visit
from helpline.errors import DraftChanged, DraftRefused


def shown(visit: Visit) -> Response:
    """The draft as it is."""
    found = seen(visit)
    if found is None:
        return visit.message("no_draft", 404)
    name = found.draft.name
    return visit.page(
        "draft.html",
        seen=found,
        draft=found.draft,
        names=names(visit),
        href={slug: address(name, slug) for slug in (*names(visit), "publish", "rebase")},
        problems=told(found.report, name),
    )


def thrown_away(visit: Visit) -> Response:
    """It is no more; only where it is still as it was seen."""
    found = seen(visit)
    if found is None:
        return visit.message("no_draft", 404)
    if visit.fields.get("revision", "") != str(found.draft.revision):
        return shown(visit.telling("draft_changed", author=found.draft.author))
    try:
        visit.office.drafts.remove(found.draft)
    except DraftChanged as changed:
        return shown(visit.telling("draft_changed", author=changed.author))
    except DraftRefused:
        return visit.message("no_draft", 404)
    subject = f"draft {found.draft.name}"
    visit.office.versions.note(at=visit.now, author=visit.by, action="remove", subject=subject, reason="Thrown away")
    return visit.moved(DRAFTS, done="thrown_away", name=found.draft.name)
