"""Who may sign in at the console: names, roles, and what passwords and second factors are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from helpline.errors import OperatorRefused
from helpline.storage import entries
from helpline.storage.database import Database
from helpline.storage.tables import OPERATORS, SESSIONS

Role = Literal["reader", "operator"]  # a reader sees all and changes nothing
SUBJECT = "operator {}"  # of the entries in the record


@dataclass(frozen=True)
class Operator:
    """`password` is what argon2id made of it; `second_factor` the shared secret, None where there is none."""

    name: str
    role: Role
    password: str = field(repr=False)
    second_factor: str | None = field(default=None, repr=False)


class Operators:
    """The operators in a database; who adds, changes or removes one stands in the record.

    Everything here raises DatabaseAway where that is away. Moments carry their zone.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> Operator | None:
        """The operator of this name; None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(OPERATORS).where(OPERATORS.c.name == name)).first()
        return _operator(row) if row else None

    def all(self) -> list[Operator]:
        """All of them, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(OPERATORS)).all()
        return sorted(map(_operator, rows), key=lambda each: each.name)  # databases order letters differently

    def add(self, operator: Operator, *, at: datetime, by: str) -> None:
        """One more. Raises OperatorRefused where the name is taken."""
        subject, reason = SUBJECT.format(operator.name), f"As {operator.role}"
        try:
            with self._database.writing() as connection:
                connection.execute(insert(OPERATORS).values(**vars(operator), used=None))
                entries.append(connection, at=at, author=by, action="add", subject=subject, reason=reason)
        except IntegrityError:
            raise OperatorRefused(
                f"There is an operator called {operator.name} already.",
                help=f"A new password: helpline operators password {operator.name}",
            ) from None

    def change(self, name: str, changed: Mapping[str, str | None], *, at: datetime, by: str) -> None:
        """Other values for `password` or `second_factor`; whoever is signed in by that name is so no more.

        Raises OperatorRefused where there is nobody of that name.
        """
        with self._database.writing() as connection:
            fresh = {"used": None} if "second_factor" in changed else {}
            done = connection.execute(update(OPERATORS).where(OPERATORS.c.name == name).values(**changed, **fresh))
            _refuse_unknown(done.rowcount, name)
            _end_sessions(connection, name)
            what = "New " + " and ".join(each.replace("_", " ") for each in changed)
            entries.append(connection, at=at, author=by, action="change", subject=SUBJECT.format(name), reason=what)

    def remove(self, name: str, *, at: datetime, by: str) -> None:
        """Nobody may sign in by that name any more, nor stay so. Raises OperatorRefused where nobody has it."""
        with self._database.writing() as connection:
            _refuse_unknown(connection.execute(delete(OPERATORS).where(OPERATORS.c.name == name)).rowcount, name)
            _end_sessions(connection, name)
            entries.append(connection, at=at, author=by, action="remove", subject=SUBJECT.format(name), reason="")

    def take_code(self, name: str, step: int) -> bool:
        """The code of a time step is used up; False where it, or a later one, was before: somebody overheard it."""
        unused = or_(OPERATORS.c.used.is_(None), OPERATORS.c.used < step)
        with self._database.writing() as connection:
            taken = update(OPERATORS).where(OPERATORS.c.name == name, unused).values(used=step)
            return connection.execute(taken).rowcount == 1


def _operator(row: Row[Any]) -> Operator:
    return Operator(row.name, "operator" if row.role == "operator" else "reader", row.password, row.second_factor)


def _refuse_unknown(found: int, name: str) -> None:
    if not found:
        raise OperatorRefused(f"There is no operator called {name}.", help="See all: helpline operators list")


def _end_sessions(connection: Connection, name: str) -> None:
    connection.execute(delete(SESSIONS).where(SESSIONS.c.operator == name))
