"""The drafts: those there are, and a new one begun from what is live."""

from __future__ import annotations

import re

from starlette.responses import Response

from helpline.console import words
from helpline.console.draft_seen import DRAFTS, address, names
from helpline.console.visit import Visit
from helpline.errors import DraftRefused

MOST_SIGNS = 60
_NAME = re.compile(rf"[^\W_](?:[\w .,()+'-]{{0,{MOST_SIGNS - 2}}}[\w)])?\Z")  # it stands in an address
TAKEN = {"edit"}  # the address of a page of ours


def shown(visit: Visit) -> Response:
    """All of them, the last changed first, and the form for another."""
    return _page(visit)


def begun(visit: Visit) -> Response:
    """A new one of the name that was typed."""
    return _begun(visit, "")


def edit_shown(visit: Visit) -> Response:
    """An organisation is to be changed: in which draft, or in a new one?"""
    return _page(visit) if visit.params["slug"] in names(visit) else visit.message("nowhere", 404)


def edit_begun(visit: Visit) -> Response:
    """A new one, and on to the organisation's file in it."""
    return (
        _begun(visit, visit.params["slug"]) if visit.params["slug"] in names(visit) else visit.message("nowhere", 404)
    )


def _begun(visit: Visit, slug: str) -> Response:
    name, live = " ".join(visit.fields.get("name", "").split()), visit.office.versions.live()
    if live is None:
        return _page(visit, 409, word="unpublished")
    if not _NAME.match(name) or name.casefold() in TAKEN:
        return _page(visit, 422, word="name_wrong")
    try:
        draft = visit.office.drafts.begin(name, live.content, base=live.number, author=visit.by, at=visit.now)
    except DraftRefused:
        return _page(visit, 409, word="name_taken")
    told = {"author": visit.by, "action": "begin", "subject": f"draft {name}"}
    visit.office.versions.note(at=visit.now, **told, reason=f"On version {live.number}")
    return visit.moved(address(draft.name, slug) if slug else address(draft.name), done="begun", name=name)


def _page(visit: Visit, status: int = 200, word: str = "") -> Response:
    told = words.words(visit.language)["draft_wrong"]
    error = {"sentence": told[word], "help": "", "code": ""} if word else None
    slug = visit.params.get("slug", "")
    suggested = f"{names(visit)[slug]}, {visit.now:%Y-%m-%d}" if slug else ""
    rows = [(draft, address(draft.name, slug) if slug else address(draft.name)) for draft in visit.office.drafts.all()]
    organisation = names(visit).get(slug, "")
    return visit.page(
        "drafts.html",
        status=status,
        rows=rows,
        error=error,
        suggested=suggested,
        organisation=organisation,
        home=DRAFTS,
    )
