"""The calls and texts that are still to be deleted at Twilio: their SIDs and nothing else, and when to try next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, insert, literal, select, update

from helpline.storage.database import Database
from helpline.storage.tables import ERASURES


@dataclass(frozen=True)
class Erasure:
    """A call or text to be deleted, and how often that was tried in vain."""

    sid: str
    tries: int


class Erasures:
    """The queue in a database, one transaction for each act. Everything here raises DatabaseAway where that is away.

    Moments carry their zone. Several processes may use one queue: what another one has taken out stays out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, sids: Mapping[str, datetime]) -> None:
        """Queues each SID for its moment. One that is queued is never put off; once tried, it keeps its own pace."""
        if not sids:
            return
        rows = [{"added": sid, "at": _written(due)} for sid, due in sids.items()]
        added, at = bindparam("added", type_=ERASURES.c.sid.type), bindparam("at", type_=ERASURES.c.due.type)
        queued, untried = ERASURES.c.sid == added, ERASURES.c.tries == 0
        forward = update(ERASURES).where(queued, untried, ERASURES.c.due > at).values(due=at)
        new = insert(ERASURES).from_select(
            ["sid", "due", "tries"], select(added, at, literal(0)).where(~exists().where(queued))
        )
        with self._database.writing() as connection:
            connection.execute(forward, rows)
            connection.execute(new, rows)

    def due(self, now: datetime, limit: int | None) -> list[Erasure]:
        """What is to be tried by now, at most `limit` of it (None: all), the longest due first."""
        by_now = select(ERASURES).where(ERASURES.c.due <= _written(now))
        wanted = by_now.order_by(ERASURES.c.due, ERASURES.c.sid).limit(limit)
        with self._database.reading() as connection:
            return [Erasure(row.sid, row.tries) for row in connection.execute(wanted)]

    def done(self, sid: str) -> None:
        """It is gone at Twilio, so nothing of it is kept here either."""
        with self._database.writing() as connection:
            connection.execute(delete(ERASURES).where(ERASURES.c.sid == sid))

    def later(self, sid: str, due: datetime, tries: int) -> None:
        """It is tried again at `due`, after so many tries in vain."""
        with self._database.writing() as connection:
            connection.execute(update(ERASURES).where(ERASURES.c.sid == sid).values(due=_written(due), tries=tries))

    def give_up(self, sid: str) -> None:
        """It is not tried any more, until somebody says `again`."""
        with self._database.writing() as connection:
            connection.execute(update(ERASURES).where(ERASURES.c.sid == sid).values(due=None))

    def again(self, now: datetime) -> None:
        """All that were given up are due now, with all their tries before them."""
        with self._database.writing() as connection:
            connection.execute(update(ERASURES).where(ERASURES.c.due.is_(None)).values(due=_written(now), tries=0))

    def given_up(self) -> int:
        """How many were given up."""
        return self._count(ERASURES.c.due.is_(None))

    def waiting(self) -> int:
        """How many are still to be tried, now or later."""
        return self._count(ERASURES.c.due.is_not(None))

    def _count(self, which: ColumnElement[bool]) -> int:
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(ERASURES).where(which)).scalar_one()


def _written(moment: datetime) -> str:
    """All of one length and in UTC, so that the earlier one is the smaller text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
