"""The diversion that a form asks for: read from its fields, each fault told beside its field; and whom it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from helpline.console.going_live import Refusal
from helpline.console.until_choices import end_of
from helpline.console.visit import Visit
from helpline.console.words import words
from helpline.directory.content import Diversion
from helpline.directory.table import Table
from helpline.errors import ChangeRefused
from helpline.flow.steps import NATIONAL
from helpline.publishing import at_once

LINES = ("advice", "doctors")
OTHER, NUMBER = "other", "number"  # in place of an organisation that is offered: one of all, or a number
MOST_OFFERED = 3


@dataclass(frozen=True)
class Offered:
    """An organisation to which a line may be diverted; `note` says that its line is diverted itself, or closed now."""

    slug: str
    note: str


@dataclass(frozen=True)
class Offers:
    """To whom a line of an organisation may be diverted: the likely ones, and all others that have such a line."""

    likely: list[Offered]
    others: list[Offered]

    @property
    def first(self) -> str:
        """The first of the likely ones that can be had now; OTHER where there is none."""
        return next((each.slug for each in sorted(self.likely, key=lambda each: bool(each.note))), OTHER)


def has_line(table: Table, slug: str, line: str) -> bool:
    """Whether there is such a line."""
    found = table.organisations.get(slug)
    return found is not None and line in LINES and (line == "advice" or found.doctors is not None)


def offers(visit: Visit, table: Table, slug: str, line: str) -> Offers:
    """Likely are the stand-in, those whose stand-in it is itself, and the national desk."""
    own = table.organisation(slug)
    leaning = [each.slug for each in table.organisations.values() if each.stand_in == slug]
    there = [each for each in table.organisations if each != slug and has_line(table, each, line)]
    near = [each for each in dict.fromkeys((own.stand_in, *leaning)) if each in there and each != NATIONAL]
    desk = [NATIONAL] if NATIONAL in there else []
    likely = [*near[: MOST_OFFERED - len(desk)], *desk]
    others = sorted((each for each in there if each not in likely), key=lambda each: table.organisation(each).name)
    return Offers(*([_offered(visit, table, each, line) for each in those] for those in (likely, others)))


def wanted(visit: Visit, organisation: str, line: str) -> Diversion | dict[str, Refusal]:
    """The diversion; or by field what is wrong with it."""
    wrong: dict[str, Refusal] = {}
    to, until = _target(visit, wrong), ends_at(visit, wrong)
    reason = visit.fields.get("own", "").strip() or visit.fields.get("reason", "")
    if not reason:
        wrong["reason"] = _missing(visit, "reason")
    if wrong or until is None:
        return wrong
    accept = at_once.is_number(to) and visit.fields.get("answers") != "switchboard"
    return Diversion(organisation, line, to, accept, until, visit.by, reason)


def ends_at(visit: Visit, wrong: dict[str, Refusal]) -> datetime | None:
    """The end that a form asks for; None where it is no time, which then is among what is `wrong`."""
    try:
        return end_of(visit.fields, visit.now)
    except ChangeRefused as fault:
        said = words(visit.language)["refused"]["no_time"]
        wrong["until"] = Refusal("", said, f"{fault} {fault.help}")
        return None


def _target(visit: Visit, wrong: dict[str, Refusal]) -> str:
    chosen = visit.fields.get("to", "")
    to = visit.fields.get(chosen, "").strip() if chosen in (OTHER, NUMBER) else chosen
    if not to:
        wrong["to"] = _missing(visit, "to")
    elif chosen == NUMBER and not at_once.is_number(to):
        to = f"+{to}"  # so that it is refused as the number that it was meant to be
    try:
        return at_once.target(to)
    except ChangeRefused as fault:
        wrong["to"] = Refusal("", str(fault), fault.help, word="diversion_number")
        return ""


def _missing(visit: Visit, field: str) -> Refusal:
    told = words(visit.language)["refused"]
    return Refusal("", told[f"no_{field}"], told[f"no_{field}_help"])


def _offered(visit: Visit, table: Table, slug: str, line: str) -> Offered:
    told, note = words(visit.language)["refused"], ""
    if (slug, line) in table.diversions:
        note = told["is_diverted"]
    elif line == "doctors" and table.doctors_line(slug, visit.now) == "closed":
        note = told["is_closed"]
    return Offered(slug, note)
