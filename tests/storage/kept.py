"""What stands in the tables of calls and texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select, true

from helpline.storage import call_rows
from helpline.storage.batch import TextRecord
from helpline.storage.call_rows import read_hour
from helpline.storage.database import Database
from helpline.storage.tables import CALLS, TEXTS
from helpline.switchboard.story import Dial


@dataclass(frozen=True)
class CallRecord:
    """A call as it is kept; its words are those of helpline/switchboard/story.py.

    `hour` is the whole hour in UTC in which it came in. `organisation` is whose caller it is, empty where that was not
    found. Seconds are None where they are not known. `complete` is False while the call is under way.
    """

    hour: datetime
    organisation: str
    line: str
    language: str
    found: str
    outcome: str
    seconds_to_ring: int | None
    seconds: int | None
    complete: bool
    dials: tuple[Dial, ...] = ()


def calls_in(database: Database) -> list[CallRecord]:
    """Every call, in the order in which their rows were made."""
    with database.reading() as connection:
        rows = connection.execute(select(CALLS).order_by(CALLS.c.id)).all()
        dials = call_rows.dials_of(connection, true())
    return [
        CallRecord(
            read_hour(row.hour),
            row.organisation,
            row.line,
            row.language,
            row.found,
            row.outcome,
            row.seconds_to_ring,
            row.seconds,
            row.complete,
            dials.get(row.id, ()),
        )
        for row in rows
    ]


def texts_in(database: Database) -> list[TextRecord]:
    """Every text, in the order in which their rows were made."""
    with database.reading() as connection:
        rows = connection.execute(select(TEXTS).order_by(TEXTS.c.id)).all()
    return [TextRecord(read_hour(row.hour), row.organisation, row.language, row.outcome) for row in rows]


def rows_of(database: Database, table: Table) -> list[tuple[Any, ...]]:
    """The rows of a table as they stand there, in no order."""
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(table))]
