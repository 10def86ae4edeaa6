"""The test calls to the organisations' own numbers, and how each ended; rows are only ever added.

1. Who takes the key of a test call and who placed it are two processes, and the key may be told of first.
2. So the key is written down by its call, once, and counts for nothing until whoever placed that very call takes it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, exists, func, insert, literal, select
from sqlalchemy.exc import IntegrityError

from helpline.storage.database import Database
from helpline.storage.tables import ROUNDS, RUNG
from helpline.storage.tested_number import TestedNumber

PRESSED = "pressed"  # the outcome of a row that is a key and no end of a call


class Rung:
    """The test calls in a database. Everything here raises DatabaseAway where that is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, number: TestedNumber, outcome: str, at: datetime, call: str | None = None) -> None:
        """A test call to this number ended so; `at` carries its zone, `call` is its SID, None where none was placed."""
        row = {"at": at.astimezone(UTC).isoformat(), "outcome": outcome, "call": call, **vars(number)}
        with self._database.writing() as connection:
            connection.execute(insert(RUNG).values(row))

    def press(self, number: TestedNumber, call: str, at: datetime) -> None:
        """The key that accepts was pressed in this call to this number; told of again, it is one key."""
        row = {"at": at.astimezone(UTC).isoformat(), "outcome": PRESSED, "call": call, **vars(number)}
        new = select(*(literal(value, RUNG.c[name].type) for name, value in row.items()))
        unknown = new.where(~exists().where(RUNG.c.call == call, RUNG.c.outcome == PRESSED))
        with self._database.writing() as connection:
            connection.execute(insert(RUNG).from_select([*row], unknown))

    def was_pressed(self, number: TestedNumber, call: str) -> bool:
        """Whether the key was pressed in this call to this number."""
        its = RUNG.c.call == call, RUNG.c.outcome == PRESSED, *_is(number)
        with self._database.reading() as connection:
            return connection.execute(select(RUNG.c.id).where(*its)).first() is not None

    def latest(self, number: TestedNumber) -> tuple[datetime, str] | None:
        """When this number was last rung and how that ended; None where it never was."""
        ended = RUNG.c.outcome != PRESSED, *_is(number)
        newest = select(RUNG.c.at, RUNG.c.outcome).where(*ended).order_by(RUNG.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(newest).first()
        return (datetime.fromisoformat(row.at), row.outcome) if row else None

    def newest(self) -> dict[TestedNumber, tuple[datetime, str]]:
        """When each number was last rung and how that ended; numbers that never were are not there."""
        last = select(func.max(RUNG.c.id)).where(RUNG.c.outcome != PRESSED)
        rows = select(RUNG).where(RUNG.c.id.in_(last.group_by(RUNG.c.organisation, RUNG.c.line, RUNG.c.number)))
        with self._database.reading() as connection:
            return {
                TestedNumber(row.organisation, row.line, row.number): (datetime.fromisoformat(row.at), row.outcome)
                for row in connection.execute(rows)
            }

    def claim(self, day: str) -> bool:
        """True for the first process that asks for the round of this day, such as 2026-11-24; False for all others."""
        try:
            with self._database.writing() as connection:
                connection.execute(insert(ROUNDS).values(day=day))
        except IntegrityError:
            return False
        return True


def _is(number: TestedNumber) -> list[ColumnElement[bool]]:
    return [RUNG.c[name] == value for name, value in vars(number).items()]
