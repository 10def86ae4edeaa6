"""What is kept of calls and texts as time passes: closed, cut loose from its call, and at last deleted.

1. Everything here may be done by several processes, at once and again: what is done is done.
2. Hours are compared, not moments: what happens after some hours happens up to an hour later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, or_, select, update

from helpline.storage import call_rows
from helpline.storage.call_rows import written_hour
from helpline.storage.calls import merge
from helpline.storage.database import Database
from helpline.storage.progress import whole_hour
from helpline.storage.source import LONGEST_CALL
from helpline.storage.tables import CALLS, DIALS, TEXTS, UNDER_WAY

FORGOTTEN_AFTER = timedelta(days=1)  # Twilio tells of a call within seconds of its end
AN_HOUR = timedelta(hours=1)
AT_ONCE = 500  # rows in a transaction, so that nobody who writes waits for long


@dataclass(frozen=True)
class Counted:
    """So many calls and so many texts."""

    calls: int
    texts: int


class Retention:
    """The passing of time in a database. Everything here raises DatabaseAway; moments carry their zone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self, now: datetime) -> int:
        """A call that came in longer ago than any call lasts is over, and its moments are forgotten; how many it ended.

        What its moments tell is kept as seconds.
        """
        old = CALLS.c.hour <= _ended_before(now - LONGEST_CALL)
        ended = 0
        while closed := self._close_some(old):
            ended += closed
        kept = or_(UNDER_WAY.c.began.is_not(None), UNDER_WAY.c.rang.is_not(None))
        with self._database.writing() as connection:
            connection.execute(update(UNDER_WAY).where(kept, _its_call(old)).values(began=None, rang=None))
        return ended

    def forget(self, now: datetime) -> None:
        """A day after a call or a text nothing leads from it to its row any more."""
        day_before = _ended_before(now - FORGOTTEN_AFTER)
        with self._database.writing() as connection:
            connection.execute(delete(UNDER_WAY).where(_its_call(CALLS.c.hour <= day_before, CALLS.c.complete)))
            known = TEXTS.c.hash.is_not(None)
            connection.execute(update(TEXTS).where(known, TEXTS.c.hour <= day_before).values(hash=None))

    def count(self, before: datetime) -> Counted:
        """How many calls and texts came in before an hour."""
        with self._database.reading() as connection:
            return Counted(*(_counted(connection, table, before) for table in (CALLS, TEXTS)))

    def delete(self, before: datetime) -> Counted:
        """Deletes the calls and texts that came in before an hour; how many."""
        return Counted(*(self._delete_all(table, before) for table in (CALLS, TEXTS)))

    def _close_some(self, old: ColumnElement[bool]) -> int:
        still_open = select(UNDER_WAY.c.hash).where(_its_call(old, ~CALLS.c.complete)).limit(AT_ONCE)
        with self._database.writing() as connection:
            there = call_rows.known(connection, connection.execute(still_open).scalars())
            merge(connection, {hashed: each.progress._replace(over=True) for hashed, each in there.items()})
        return len(there)

    def _delete_all(self, table: Table, before: datetime) -> int:
        deleted = 0
        while some := self._delete_some(table, before):
            deleted += some
        return deleted

    def _delete_some(self, table: Table, before: datetime) -> int:
        with self._database.writing() as connection:
            old = select(table.c.id).where(table.c.hour < written_hour(before)).limit(AT_ONCE)
            rows = connection.execute(old).scalars().all()
            if table is CALLS:  # by hand: SQLite knows of no cascade unless it is told to
                for of_calls in (DIALS, UNDER_WAY):
                    connection.execute(delete(of_calls).where(of_calls.c.call.in_(rows)))
            connection.execute(delete(table).where(table.c.id.in_(rows)))
        return len(rows)


def _its_call(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """True for what is under way of a call of which all this is true."""
    return exists().where(CALLS.c.id == UNDER_WAY.c.call, *which)


def _ended_before(moment: datetime) -> str:
    """The last hour that had ended by then, so that whatever came in within it is older."""
    return written_hour(whole_hour(moment) - AN_HOUR)


def _counted(connection: Connection, table: Table, before: datetime) -> int:
    old = select(func.count()).select_from(table).where(table.c.hour < written_hour(before))
    return connection.execute(old).scalar_one()
