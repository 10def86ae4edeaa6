"""Calls and texts that a test makes up, written as the records are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, insert, select

from helpline.storage.database import Database
from helpline.storage.tables import CALLS, DIALS, TEXTS
from helpline.switchboard.story import Dial

NOON = "2026-11-23T11"  # in UTC; a Monday, noon in Amsterdam


class Made(NamedTuple):
    """A call that somebody answered at the first number, unless it says otherwise."""

    hour: str = NOON
    organisation: str = "utrecht"
    line: str = "advice"
    language: str = "nl"
    found: str = "keyed"
    outcome: str = "answered"
    seconds_to_ring: int | None = 15
    complete: bool = True
    endings: tuple[str, ...] = ("answered",)  # of its dials, one number of the line after another


def keep(database: Database, *calls: tuple[int, Made]) -> None:
    """Writes so many calls of each kind."""
    with database.writing() as connection:
        last = connection.execute(select(func.coalesce(func.max(CALLS.c.id), 0))).scalar_one()
        numbered = [*enumerate((made for number, made in calls for _ in range(number)), last + 1)]
        rows = [{"id": call, "seconds": None, **made._asdict()} for call, made in numbered]
        for row in rows:
            del row["endings"]
        connection.execute(insert(CALLS), rows)
        dials = [
            {"call": call, "position": position, **dial._asdict()}
            for call, made in numbered
            for position, dial in enumerate(_dials(made))
        ]
        if dials:
            connection.execute(insert(DIALS), dials)


def keep_texts(database: Database, **outcomes: int) -> None:
    """Writes so many texts of each outcome."""
    row = {"hour": NOON, "organisation": "utrecht", "language": "nl", "hash": None}
    rows = [{**row, "outcome": outcome} for outcome, number in outcomes.items() for _ in range(number)]
    with database.writing() as connection:
        connection.execute(insert(TEXTS), rows)


def _dials(made: Made) -> Iterable[Dial]:
    return (Dial(made.organisation, made.line, number, ending) for number, ending in enumerate(made.endings, 1))


UNREACHED = Made(outcome="unreached", endings=("no-answer", "busy"))
HUNG_UP = Made(organisation="", found="", outcome="hung up", seconds_to_ring=None, endings=())
UNDER_WAY = Made(organisation="", found="", outcome="", seconds_to_ring=None, complete=False, endings=())
