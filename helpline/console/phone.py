"""The way to the telephone in the browser: what is live, or a draft, rung by whoever is signed in."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from helpline.console.visit import Visit

PHONE = "/phone"


def shown(visit: Visit) -> Response:
    """What can be rung."""
    drafts = [(draft.name, address(visit, draft.name)) for draft in visit.office.drafts.all()]
    is_there = visit.office.helpline.settings.web_concurrency == 1
    return visit.page("phone.html", drafts=drafts, live=address(visit), is_there=is_there)


def address(visit: Visit, draft: str = "") -> str:
    """The telephone in the visit's language, for a draft or for what is live."""
    return f"{PHONE}?{urlencode({**({'draft': draft} if draft else {}), 'lang': visit.language})}"
