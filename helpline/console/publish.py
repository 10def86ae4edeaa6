"""A draft is published: what it changes for callers, in words and on the map, what was rehearsed with it, and why.

1. What is published is what was seen: the form names the version it was worked out on and the revision of the draft,
   and where either is another by now, nothing is done and the page is shown as it is now.
2. A draft that is behind the live version is brought onto it first: else it would undo what others published.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from starlette.responses import Response

from helpline.console import effects as told_effects
from helpline.console import phone
from helpline.console.draft_rehearsal import rehearsed
from helpline.console.draft_seen import Seen, address, names, seen
from helpline.console.problems_told import Told, told
from helpline.console.version import PUBLISHED
from helpline.console.visit import Visit
from helpline.errors import ChangeRefused, DraftChanged, DraftRefused, PathsRefused, PublishedMeanwhile, RegionsRefused
from helpline.publishing.publishing import Proposal


@dataclass(frozen=True)
class Prospect:
    """What would come of publishing: the proposal, or what stands in its way: a word for it, and the calls it broke."""

    proposal: Proposal | None
    problems: list[Told]
    obstacle: str = ""
    paths: str = ""


def shown(visit: Visit) -> Response:
    """The difference and the form."""
    found = seen(visit)
    return page(found, _prospect(found)) if found else visit.message("no_draft", 404)


def done(visit: Visit) -> Response:
    """It is live, unless something came between."""
    found = seen(visit)
    if found is None:
        return visit.message("no_draft", 404)
    prospect, reason = _prospect(found), visit.fields.get("reason", "").strip()
    if prospect.proposal is None:
        return page(found, prospect, 409)
    if visit.fields.get("on") != str(found.live.number):
        return _too_late(found, prospect, found.live.number, found.live.entry.author, found.live.entry.reason)
    if visit.fields.get("revision") != str(found.draft.revision):
        told_so = visit.telling("draft_changed", author=found.draft.author)
        return page(Seen(told_so, found.draft, found.live), prospect, 409)
    if not reason:
        return page(found, prospect, 422, lacks_reason=True)
    try:
        published = visit.office.publishing.publish(prospect.proposal, visit.by, reason)
    except PublishedMeanwhile:
        return done(visit)  # there is another live version now, which is told
    with contextlib.suppress(DraftChanged, DraftRefused):  # what came after it was seen is still to be published
        visit.office.drafts.remove(found.draft)
    return visit.moved(f"{PUBLISHED}/{published.number}", done="published", version=published.number)


def page(found: Seen, prospect: Prospect, status: int = 200, *, lacks_reason: bool = False) -> Response:
    """The page with what would come of it."""
    visit, name = found.visit, found.draft.name
    hrefs = {slug: address(name, slug) for slug in (*names(visit), "publish", "rebase", "rehearse")}
    proposal = prospect.proposal
    return visit.page(
        "publish.html",
        status=status,
        seen=found,
        draft=found.draft,
        prospect=prospect,
        rows=told_effects.rows(visit, proposal.effects) if proposal else [],
        map=told_effects.map_of(visit, proposal.effects, hrefs) if proposal and proposal.effects else None,
        phone=phone.address(visit, name),
        href={**hrefs, "draft": address(name)},
        lacks_reason=lacks_reason,
        rehearsed=rehearsed(found) if proposal else None,
    )


def _prospect(found: Seen) -> Prospect:
    problems = told(found.report, found.draft.name)
    if found.is_behind:
        return Prospect(None, problems, "behind")
    if found.report.refused:
        return Prospect(None, problems, "refused")
    desk, subject = found.visit.office.publishing, f"draft {found.draft.name}"
    try:
        return Prospect(desk.propose(found.live, found.content, "publish", subject), problems)
    except ChangeRefused:
        return Prospect(None, problems, "nothing")
    except RegionsRefused:  # the clock went on meanwhile: a day began
        return Prospect(None, told(found.report, found.draft.name), "refused")
    except PathsRefused as refused:
        return Prospect(None, problems, "paths", str(refused))


def _too_late(found: Seen, prospect: Prospect, number: int, author: str, reason: str) -> Response:
    told_so = found.visit.telling("meanwhile", version=number, author=author, reason=reason)
    return page(Seen(told_so, found.draft, found.live), prospect, 409)
