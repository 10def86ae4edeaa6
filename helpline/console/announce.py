"""Announcements: what is announced now, one more in a few taps, and the end of one in a single tap."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from helpline.console import going_live
from helpline.console.diversion_wanted import ends_at
from helpline.console.effects import rows
from helpline.console.going_live import ON, Asked, Refusal
from helpline.console.table_now import TableNow, table_now
from helpline.console.until_choices import ends
from helpline.console.visit import Visit
from helpline.console.words import words
from helpline.directory.content import Announcement, Content
from helpline.directory.effect import written
from helpline.errors import DatabaseAway, HelplineError
from helpline.flow.steps import EVERYWHERE
from helpline.publishing import at_once

SEEN = "seen"  # the field of a button that ends: which announcement that is


def shown(visit: Visit) -> Response:
    """What is announced, and the form for one more; or, after a sign-in, the question with all that was typed."""
    now = table_now(visit)
    return _asked(now) if visit.fields.get(ON) and visit.may_change else _form(now)


def done(visit: Visit) -> Response:
    """The next step: the effect and the question, or live; or the end of an announcement."""
    now = table_now(visit)
    if SEEN in visit.fields:
        return _ended(now)
    return _form(now) if "again" in visit.fields else _asked(now, goes_live=True)


def seen(announcement: Announcement) -> str:
    """What tells it from any other to the same callers."""
    return f"{announcement.until.timestamp():.0f} {announcement.words['nl']}"


def _form(now: TableNow, wrong: dict[str, Refusal] | None = None) -> Response:
    visit = now.visit
    return visit.page(
        "announce.html",
        status=422 if wrong else 200,
        now=now,
        chosen=visit.fields.get("organisation") or visit.query.get("organisation", ""),
        everywhere=EVERYWHERE,
        languages=[each for each in visit.office.publishing.languages if each != "nl"],
        ends=ends(visit.now),
        seen=seen,
        wrong=wrong or {},
    )


def _asked(now: TableNow, *, goes_live: bool = False) -> Response:
    """The effect and the question; or it is live, where it was asked before and nothing came between."""
    visit = now.visit
    announcement = _wanted(visit)
    if isinstance(announcement, dict):
        return _form(now, announcement)
    change = partial(at_once.announce, visit.office.publishing, announcement=announcement)
    try:
        outcome = (
            going_live.make(visit, change, announcement.reason, lambda content: announcement in content.announcements)
            if goes_live
            else going_live.ask(visit, change)
        )
    except DatabaseAway:
        raise
    except HelplineError as fault:
        return _form(now, {"all": going_live.refusals(fault)[0]})
    if isinstance(outcome, Asked):
        return visit.page(
            "announce_asked.html",
            now=now,
            asked=outcome,
            announcement=announcement,
            until=written,
            rows=rows(visit, outcome.proposal.effects),
        )
    return visit.moved("/console/announce", done="announced", version=outcome)


def _wanted(visit: Visit) -> Announcement | dict[str, Refusal]:
    """The announcement that the form asks for; or by field what is wrong with it."""
    wrong: dict[str, Refusal] = {}
    until, whose = ends_at(visit, wrong), visit.fields.get("organisation", "")
    written_in = {each: " ".join(visit.fields.get(f"text_{each}", "").split()) for each in _languages(visit)}
    for field, is_there in (("organisation", whose), ("text_nl", written_in["nl"])):
        if not is_there:
            told = words(visit.language)["refused"]
            wrong[field] = Refusal("", told[f"no_{field}"], told[f"no_{field}_help"])
    if wrong or until is None:
        return wrong
    said = {language: text for language, text in written_in.items() if text}
    reason = visit.fields.get("own", "").strip() or words(visit.language)["announce"]["announced"]
    return Announcement(whose, said, until, visit.by, reason)


def _languages(visit: Visit) -> list[str]:
    """Those in which something can be said, Dutch first."""
    return sorted(visit.office.publishing.languages, key=lambda each: each != "nl")


def _ended(now: TableNow) -> Response:
    visit, whose = now.visit, now.visit.fields.get("organisation", "")

    def is_there(content: Content) -> bool:
        return any(each.organisation == whose and seen(each) == visit.fields[SEEN] for each in content.announcements)

    change = partial(at_once.end_announcement, visit.office.publishing, organisation=whose)
    try:
        number = going_live.end(visit, change, words(visit.language)["night"]["ended_early"], is_there)
    except DatabaseAway:
        raise
    except HelplineError as fault:
        return _form(now, {"all": going_live.refusals(fault)[0]})
    if number is None:
        return visit.moved("/console/announce", done="unannounced_before")
    return visit.moved("/console/announce", done="unannounced", version=number)
