"""Sign-ins that failed, counted so that each further try must wait longer, whichever process it comes to.

1. A try is counted before its password is looked at: a hundred at once are a hundred, not one.
2. A try that comes too early is not counted and not looked at, so nobody makes another wait longer by trying in vain.
3. The wait has a ceiling, and a day without a failure wipes the slate: nobody is locked out for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from helpline.storage.database import Database
from helpline.storage.tables import FAILURES

FREE = 3  # tries that wait for nothing: fingers slip, and capitals are locked
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Counter:
    """What failures are counted by: a keyed hash, so that no name or address is kept, and the longest wait of it."""

    hash: str
    most: timedelta


class Failures:
    """The failures in a database. Everything here raises DatabaseAway where that is away. Moments carry their zone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def try_at(self, now: datetime, counters: Sequence[Counter]) -> timedelta:
        """How long this try must still wait; where that is nothing, it is counted as failed until `forgive`."""
        with self._database.writing() as connection:
            connection.execute(delete(FAILURES).where(FAILURES.c.last < _written(now - FORGOTTEN_AFTER)))
            which = FAILURES.c.hash.in_([each.hash for each in counters])
            rows = {row.hash: row for row in connection.execute(select(FAILURES).where(which))}
            waits = [
                _wait(rows[each.hash].failed, rows[each.hash].last, each.most, now)
                for each in counters
                if each.hash in rows
            ]
            wait = max(waits, default=timedelta())
            if wait > timedelta():
                return wait
            connection.execute(update(FAILURES).where(which).values(failed=FAILURES.c.failed + 1, last=_written(now)))
            new = [
                {"hash": each.hash, "failed": 1, "last": _written(now)} for each in counters if each.hash not in rows
            ]
            if new:
                connection.execute(insert(FAILURES), new)
        return timedelta()

    def write_again(self, counters: Sequence[Counter]) -> None:
        """Writes what is there: for a name that nobody has, in place of the entry that the record gets of another."""
        with self._database.writing() as connection:
            which = FAILURES.c.hash.in_([each.hash for each in counters])
            connection.execute(update(FAILURES).where(which).values(last=FAILURES.c.last))

    def forgive(self, counters: Sequence[Counter]) -> None:
        """A try succeeded: what was counted before it is forgotten."""
        with self._database.writing() as connection:
            connection.execute(delete(FAILURES).where(FAILURES.c.hash.in_([each.hash for each in counters])))


def _wait(failed: int, last: str, most: timedelta, now: datetime) -> timedelta:
    """One second after the free tries, twice as long after each further one."""
    if failed < FREE:
        return timedelta()
    doublings = min(failed - FREE, 20)  # beyond that it is the ceiling anyway
    return datetime.fromisoformat(last) + min(timedelta(seconds=2**doublings), most) - now


def _written(moment: datetime) -> str:
    """All of one length and in UTC, so that the earlier one is the smaller text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
