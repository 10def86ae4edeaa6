"""How many calls, dials and texts there were of each kind between two hours; what is counted never leaves as one call.

1. Each question is one statement in a transaction of its own: who asks for a long time asks for it in parts, so that
   none is longer at work than a database lets a statement be.
2. Only calls that are over are counted, but where the name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Select, case, func, select

from helpline.storage.database import Database
from helpline.storage.tables import CALLS, DIALS, TEXTS

By = Literal["region", "hour", "line", "language", "outcome"]
_GROUPS: dict[By, ColumnElement[str]] = {
    "region": CALLS.c.organisation,
    "hour": func.substr(CALLS.c.hour, len("2026-11-24T") + 1, 2),
    "line": CALLS.c.line,
    "language": CALLS.c.language,
    "outcome": CALLS.c.outcome,
}
Rows: TypeAlias = Select[*tuple[Any, ...]]
LATER = 3  # the third number that is rung, and each one after it


@dataclass(frozen=True)
class Hours:
    """From the beginning of a whole hour in UTC until that of another, each written such as 2026-11-24T17."""

    begin: str
    end: str


@dataclass(frozen=True)
class CountedCalls:
    """So many calls of one kind; `group` is as the table has it, of an hour its two digits in UTC.

    `answered_at` counts the numbers that were rung until one was answered, from 1 to LATER; None where none was.
    """

    group: str
    outcome: str
    answered_at: int | None
    seconds_to_ring: int | None
    calls: int


@dataclass(frozen=True)
class CountedDials:
    """So many dials of a number of a line, the `number`-th of it, that ended so; 0 is none of the line's own."""

    organisation: str
    line: str
    number: int
    ending: str
    dials: int


@dataclass(frozen=True)
class CountedKinds:
    """So many calls that are the same in all that tells kinds of calls apart."""

    organisation: str
    line: str
    language: str
    outcome: str
    found: str
    calls: int


class Counts:
    """What is counted in a database. Everything here raises DatabaseAway where that is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def extent(self, hours: Hours) -> tuple[str, str] | None:
        """The first and the last hour in which a call began; None where none did."""
        first_and_last = select(func.min(CALLS.c.hour), func.max(CALLS.c.hour)).where(*_within(CALLS.c.hour, hours))
        with self._database.reading() as connection:
            first, last = connection.execute(first_and_last).one()
        return (first, last) if first is not None else None

    def calls(self, by: By, hours: Hours) -> list[CountedCalls]:
        """Calls by group, how and where they ended, and how long it took until a line rang."""
        each = _over(hours, _GROUPS[by].label("group"), CALLS.c.outcome, _answered_at(), CALLS.c.seconds_to_ring)
        with self._database.reading() as connection:
            return [CountedCalls(*row) for row in connection.execute(_counted(each))]

    def kinds(self, hours: Hours) -> list[CountedKinds]:
        """Calls by all that tells kinds of calls apart."""
        kind = (CALLS.c.organisation, CALLS.c.line, CALLS.c.language, CALLS.c.outcome, CALLS.c.found)
        with self._database.reading() as connection:
            return [CountedKinds(*row) for row in connection.execute(_counted(_over(hours, *kind)))]

    def dials(self, hours: Hours) -> list[CountedDials]:
        """Dials by the number that rang and how they ended."""
        dial = (DIALS.c.organisation, DIALS.c.line, DIALS.c.number, DIALS.c.ending)
        each = _over(hours, *dial).join_from(CALLS, DIALS)
        with self._database.reading() as connection:
            return [CountedDials(*row) for row in connection.execute(_counted(each))]

    def texts(self, hours: Hours) -> dict[str, int]:
        """Texts by outcome."""
        each = select(TEXTS.c.outcome).where(*_within(TEXTS.c.hour, hours))
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(_counted(each))}

    def under_way(self, hours: Hours) -> int:
        """How many calls have begun and are not over."""
        begun = select(func.count()).where(*_within(CALLS.c.hour, hours), CALLS.c.complete.is_(False))
        with self._database.reading() as connection:
            return connection.execute(begun).scalar_one()


def _within(hour: ColumnElement[str], hours: Hours) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return hour >= hours.begin, hour < hours.end


def _over(hours: Hours, *columns: ColumnElement[Any]) -> Rows:
    """These columns of each call that is over."""
    return select(*columns).where(*_within(CALLS.c.hour, hours), CALLS.c.complete.is_(True))


def _counted(each: Rows) -> Rows:
    """How often each row comes, with the count last."""
    rows = each.subquery()
    return select(*rows.c, func.count()).group_by(*rows.c)


def _answered_at() -> ColumnElement[int | None]:
    """A look into the dials of one call at a time: over a short time it does not read those of all others."""
    first = select(func.min(DIALS.c.position)).where(DIALS.c.call == CALLS.c.id, DIALS.c.ending == "answered")
    position = first.scalar_subquery()
    return case((position < LATER - 1, position + 1), (position >= LATER - 1, LATER)).label("answered_at")
