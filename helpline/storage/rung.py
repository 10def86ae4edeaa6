"""The test calls to the organisations' own numbers, and how each ended; rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from helpline.storage.database import Database
from helpline.storage.tables import ROUNDS, RUNG


@dataclass(frozen=True)
class TestedNumber:
    """A number of an organisation's line, in E.164."""

    __test__ = False  # for pytest, which takes the name for a test

    organisation: str
    line: str
    number: str


class Rung:
    """The test calls in a database. Everything here raises DatabaseAway where that is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, number: TestedNumber, outcome: str, at: datetime) -> None:
        """A test call to this number ended so; `at` carries its zone."""
        with self._database.writing() as connection:
            connection.execute(insert(RUNG).values(at=at.astimezone(UTC).isoformat(), outcome=outcome, **vars(number)))

    def latest(self, number: TestedNumber) -> tuple[datetime, str] | None:
        """When this number was last rung and how that ended; None where it never was."""
        is_it = [RUNG.c[name] == value for name, value in vars(number).items()]
        newest = select(RUNG.c.at, RUNG.c.outcome).where(*is_it).order_by(RUNG.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(newest).first()
        return (datetime.fromisoformat(row.at), row.outcome) if row else None

    def claim(self, day: str) -> bool:
        """True for the first process that asks for the round of this day, such as 2026-11-24; False for all others."""
        try:
            with self._database.writing() as connection:
                connection.execute(insert(ROUNDS).values(day=day))
        except IntegrityError:
            return False
        return True
