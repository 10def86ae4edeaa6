"""One organisation: its lines as they are rung now, whom it serves, its chain as callers live it, how calls went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from starlette.responses import Response

from helpline.console.announce import seen as announcement_seen
from helpline.console.chain import Lived, lived
from helpline.console.divert import seen as diversion_seen
from helpline.console.table_now import TableNow, table_now
from helpline.console.visit import Visit
from helpline.directory.content import Diversion
from helpline.directory.numbers import as_written, is_placeholder
from helpline.directory.table import Line, Table
from helpline.directory.version import day_of
from helpline.errors import DatabaseAway
from helpline.flow.steps import EVERYWHERE
from helpline.prompts.hours import spoken
from helpline.reports.days import asked_for
from helpline.reports.report import report
from helpline.reports.rows import Row
from helpline.storage.tested_number import TestedNumber

Ended = tuple[datetime, str]
ANSWERED = ("answered first", "answered second", "answered later")


@dataclass(frozen=True)
class Number:
    """A number as people write it, and when it was last rung and how that ended."""

    written: str
    is_placeholder: bool
    rung: Ended | None


@dataclass(frozen=True)
class LineNow:
    """A line: its own numbers, and what rings in their place while it is diverted.

    `hours` are in words and empty where it is open day and night; `checked` is the day in its file.
    """

    kind: str
    numbers: list[Number]
    accept: bool
    hours: str
    is_open: bool
    checked: date
    public: str
    diversion: Diversion | None


@dataclass(frozen=True)
class Calls:
    """How its calls went in some days, as the report by region tells it; None is withheld."""

    calls: int | None
    answered: int | None
    unreached: int | None
    gone: int | None


@dataclass(frozen=True)
class FromDatabase:
    """What only the database tells; empty where that is away."""

    rung: dict[TestedNumber, Ended]
    day: Calls | None = None
    week: Calls | None = None


def shown(visit: Visit) -> Response:
    """The page; without a database all but when it was rung and how its calls went."""
    now, slug = table_now(visit), visit.params["slug"]
    organisation = now.table.organisations.get(slug)
    if organisation is None:
        return now.visit.message("nowhere", 404)
    try:
        told = _told(now.visit, slug) if not now.visit.away else FromDatabase({})
    except DatabaseAway:
        now, told = replace(now, visit=replace(now.visit, away=True)), FromDatabase({})
    lines = [("advice", organisation.advice), ("doctors", organisation.doctors)]
    return now.visit.page(
        "organisation.html",
        now=now,
        organisation=organisation,
        lines=[_line(now, slug, kind, line, told) for kind, line in lines if line],
        municipalities=_municipalities(now.table, slug),
        area_codes=[code for code, region in now.table.region_of_area_code.items() if region == slug],
        leaning=[each for each in now.table.organisations.values() if each.stand_in == slug],
        chain=_chain(now, slug),
        doctors_chain=_chain(now, slug, doctor=True) if organisation.doctors else [],
        told=told,
        everywhere=EVERYWHERE,
        as_written=as_written,
        seen=diversion_seen,
        announcement_seen=announcement_seen,
    )


def _line(now: TableNow, slug: str, kind: str, line: Line, told: FromDatabase) -> LineNow:
    file = dict(now.version.files.regions[slug].lines)[kind]
    language = now.visit.office.publishing.catalogue.languages[now.visit.language]
    return LineNow(
        kind,
        [
            Number(as_written(each), is_placeholder(each), told.rung.get(TestedNumber(slug, kind, each)))
            for each in line.numbers
        ],
        line.accept,
        spoken(line.hours, language.hours) if line.hours else "",
        line.hours is None or line.hours.open_at(now.visit.now),
        file.checked,
        as_written(line.public) if line.public else "",
        now.table.diversions.get((slug, kind)),
    )


def _chain(now: TableNow, slug: str, *, doctor: bool = False) -> list[Lived]:
    return lived(now.table, slug, now.visit.office.publishing.catalogue, doctor=doctor)


def _municipalities(table: Table, slug: str) -> list[str]:
    towns = table.country.geography.municipalities
    return sorted(towns[code].name for code, region in table.region_of_municipality.items() if region == slug)


def _told(visit: Visit, slug: str) -> FromDatabase:
    today = day_of(visit.now)
    week = asked_for(None, None, today=today)
    day = asked_for(week.last, week.last, today=today)
    rung = visit.office.helpline.rung.newest()
    rows = [report(visit.office.counts, days, "region").rows for days in (day, week)]
    return FromDatabase(
        rung, *(_calls(row) for row in (next((r for r in its if r.name == slug), None) for its in rows))
    )


def _calls(row: Row | None) -> Calls | None:
    if row is None:
        return None
    answered = [row.endings[ending] for ending in ANSWERED]
    known = [each for each in answered if each is not None]
    return Calls(
        row.calls,
        sum(known) if len(known) == len(answered) else None,
        row.endings["unreached"],
        row.endings["gone"],
    )
