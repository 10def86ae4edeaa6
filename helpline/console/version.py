"""A published version: who published it and why, what it changed, what it held; and the way back to it."""

from __future__ import annotations

from starlette.responses import Response

from helpline.console import effects as told_effects
from helpline.console.draft_seen import names
from helpline.console.visit import Visit
from helpline.directory.effect import effects
from helpline.directory.version import Version
from helpline.errors import (
    ChangeRefused,
    PathsRefused,
    PublishedMeanwhile,
    RegionsRefused,
    UnknownVersion,
    VersionAltered,
)
from helpline.publishing.publishing import Proposal
from helpline.storage.versions import Published

PUBLISHED = "/console/versions"
MOST_DIGITS = 9


def shown(visit: Visit) -> Response:
    """The version in the address."""
    return _answered(visit, is_form=False)


def rolled_back(visit: Visit) -> Response:
    """It is published again, under a new number."""
    return _answered(visit, is_form=True)


def _answered(visit: Visit, *, is_form: bool) -> Response:
    asked = visit.params["number"]
    if not (asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS):
        return visit.message("nowhere", 404)
    try:
        version, live = visit.office.versions.get(int(asked)), visit.office.publishing.live()
    except UnknownVersion:
        return visit.message("no_version", 404)
    except VersionAltered:
        return visit.message("altered", 409)
    return _done(visit, version, live) if is_form else _page(visit, version, live)


def _done(visit: Visit, version: Published, live: Published) -> Response:
    reason = visit.fields.get("reason", "").strip()
    if visit.fields.get("on") != str(live.number):
        entry = live.entry
        told_so = visit.telling("meanwhile", version=live.number, author=entry.author, reason=entry.reason)
        return _page(told_so, version, live, 409)
    if not reason:
        return _page(visit, version, live, 422, lacks_reason=True)
    proposal, why = _proposed(visit, version, live)
    if proposal is None:
        return _page(visit, version, live, 409, why=why)
    try:
        published = visit.office.publishing.publish(proposal, visit.by, reason)
    except PublishedMeanwhile:
        return _answered(visit, is_form=True)  # there is another live version now, which is told
    return visit.moved(f"{PUBLISHED}/{published.number}", done="published", version=published.number)


def _proposed(visit: Visit, version: Published, live: Published) -> tuple[Proposal | None, str]:
    """The way back, or in words why there is none."""
    desk = visit.office.publishing
    try:
        return desk.propose(live, version.content.at(visit.now), "rollback", f"to version {version.number}"), ""
    except ChangeRefused:
        return None, ""
    except (RegionsRefused, PathsRefused) as refused:
        return None, str(refused)


def _page(
    visit: Visit, version: Published, live: Published, status: int = 200, *, lacks_reason: bool = False, why: str = ""
) -> Response:
    desk = visit.office.publishing
    table = desk.version(version)
    back = effects(desk.version(live), desk.proposed("back", version.content.at(visit.now)), visit.now)
    return visit.page(
        "version.html",
        status=status,
        version=version,
        live=live,
        names=names(visit),
        changed=told_effects.rows(visit, effects(_before(visit, version), table, version.entry.at)),
        back=told_effects.rows(visit, back),
        table=table.in_force(visit.now),
        lacks_reason=lacks_reason,
        why=why,
    )


def _before(visit: Visit, version: Published) -> Version | None:
    """The version before it; None for the first, and for one that cannot be read any more."""
    try:
        return visit.office.publishing.version(visit.office.versions.get(version.number - 1))
    except (UnknownVersion, VersionAltered):
        return None
