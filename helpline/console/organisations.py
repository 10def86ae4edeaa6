"""All organisations in a list: how each stands, its lines now, until when it is diverted, when it was last rung."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.responses import Response

from helpline.console.table_now import TableNow, table_now
from helpline.console.visit import Visit
from helpline.directory.content import Diversion
from helpline.directory.numbers import is_placeholder
from helpline.directory.table import Organisation
from helpline.errors import DatabaseAway
from helpline.storage.tested_number import TestedNumber

LINES = ("advice", "doctors")
WELL = ("accepted", "closed", "quiet")  # ends of a test call that say nothing against a number


@dataclass(frozen=True)
class Listed:
    """One of the list; `rung` is the last test call to any of its numbers, and `unanswered` how many did not accept."""

    organisation: Organisation
    doctors: str
    diversions: list[Diversion]
    is_announced: bool
    has_placeholders: bool
    rung: datetime | None
    unanswered: int


def shown(visit: Visit) -> Response:
    """The list; without a database all but when each was rung."""
    now, rung = table_now(visit), dict[TestedNumber, tuple[datetime, str]]()
    try:
        if not now.visit.away:
            rung = visit.office.helpline.rung.newest()
    except DatabaseAway:
        now = replace(now, visit=replace(now.visit, away=True))
    return now.visit.page(
        "organisations.html", now=now, listed=[_listed(now, slug, rung) for slug in now.organisations]
    )


def _listed(now: TableNow, slug: str, rung: Mapping[TestedNumber, tuple[datetime, str]]) -> Listed:
    organisation, table = now.table.organisation(slug), now.table
    lines = [("advice", organisation.advice), ("doctors", organisation.doctors)]
    numbers = [TestedNumber(slug, kind, number) for kind, line in lines if line for number in line.numbers]
    latest = [rung[each] for each in numbers if each in rung]
    return Listed(
        organisation,
        table.doctors_line(slug, now.visit.now),
        [table.diversions[slug, line] for line in LINES if (slug, line) in table.diversions],
        slug in table.announcements,
        any(is_placeholder(each.number) for each in numbers),
        max((at for at, _ in latest), default=None),
        sum(outcome not in WELL for _, outcome in latest),
    )
