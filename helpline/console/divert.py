"""Diversions: what is diverted now, one more in three taps, and the end of one in a single tap.

A form that is sent is shown again with its effect, and its confirmation holds all that was chosen. What ends one holds
what was seen, so that nobody ends another diversion than the one before their eyes.
"""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from helpline.console import going_live
from helpline.console.diversion_wanted import has_line, offers, wanted
from helpline.console.effects import rows
from helpline.console.going_live import ON, Asked, Refusal
from helpline.console.table_now import TableNow, table_now
from helpline.console.until_choices import ends
from helpline.console.visit import Visit
from helpline.console.words import words
from helpline.directory.content import Content, Diversion
from helpline.directory.effect import written
from helpline.errors import DatabaseAway, HelplineError
from helpline.publishing import at_once

SEEN = "seen"  # the field of a button that ends: which diversion that is


def shown(visit: Visit) -> Response:
    """What is diverted; the form for a line that was chosen; or, after a sign-in, the question with all that was."""
    now = table_now(visit)
    organisation, line = (visit.fields.get(name) or visit.query.get(name, "") for name in ("organisation", "line"))
    if not organisation or SEEN in visit.fields:
        return _overview(now)
    if not has_line(now.table, organisation, line):
        return now.visit.message("nowhere", 404)
    if not now.visit.may_change:
        return _overview(now)
    return _asked(now, organisation, line) if visit.fields.get(ON) else _form(now, organisation, line)


def done(visit: Visit) -> Response:
    """The next step: the effect and the question, or live; or the end of a diversion."""
    now = table_now(visit)
    organisation, line = visit.fields.get("organisation", ""), visit.fields.get("line", "")
    if not has_line(now.table, organisation, line):
        return visit.message("nowhere", 404)
    if SEEN in visit.fields:
        return _ended(now, organisation, line)
    if "again" in visit.fields:
        return _form(now, organisation, line)
    return _asked(now, organisation, line, goes_live=True)


def seen(diversion: Diversion) -> str:
    """What tells it from any other of its line."""
    return f"{diversion.to} {diversion.until.timestamp():.0f}"


def _overview(now: TableNow, refused: list[Refusal] | None = None) -> Response:
    return now.visit.page("divert.html", status=422 if refused else 200, now=now, seen=seen, refused=refused or [])


def _form(now: TableNow, organisation: str, line: str, wrong: dict[str, Refusal] | None = None) -> Response:
    found = offers(now.visit, now.table, organisation, line)
    return now.visit.page(
        "divert_form.html",
        status=422 if wrong else 200,
        now=now,
        organisation=now.table.organisation(organisation),
        line=line,
        offers=found,
        to=now.visit.fields.get("to") or found.first,
        ends=ends(now.visit.now),
        reasons=words(now.visit.language)["divert_reasons"],
        wrong=wrong or {},
    )


def _asked(now: TableNow, organisation: str, line: str, *, goes_live: bool = False) -> Response:
    """The effect and the question; or it is live, where it was asked before and nothing came between."""
    visit = now.visit
    diversion = wanted(visit, organisation, line)
    if isinstance(diversion, dict):
        return _form(now, organisation, line, diversion)
    change = partial(at_once.divert, visit.office.publishing, diversion=diversion)
    try:
        outcome = (
            going_live.make(visit, change, diversion.reason, lambda content: diversion in content.diversions)
            if goes_live
            else going_live.ask(visit, change)
        )
    except DatabaseAway:
        raise
    except HelplineError as fault:
        return _form(now, organisation, line, {"all": going_live.refusals(fault)[0]})
    if isinstance(outcome, Asked):
        return visit.page(
            "divert_asked.html",
            now=now,
            asked=outcome,
            diversion=diversion,
            until=written,
            rows=rows(visit, outcome.proposal.effects),
        )
    name = now.table.organisation(organisation).name
    return visit.moved(f"/console/organisations/{organisation}", done="diverted", name=name, version=outcome)


def _ended(now: TableNow, organisation: str, line: str) -> Response:
    visit, name = now.visit, now.table.organisation(organisation).name

    def is_there(content: Content) -> bool:
        its = [each for each in content.diversions if (each.organisation, each.line) == (organisation, line)]
        return any(seen(each) == visit.fields[SEEN] for each in its)

    change = partial(at_once.end_diversion, visit.office.publishing, organisation=organisation, line=line)
    try:
        number = going_live.end(visit, change, words(visit.language)["night"]["ended_early"], is_there)
    except DatabaseAway:
        raise
    except HelplineError as fault:
        return _overview(now, going_live.refusals(fault))
    if number is None:
        return visit.moved("/console/divert", done="ended_before", name=name)
    return visit.moved(f"/console/organisations/{organisation}", done="undiverted", name=name, version=number)
