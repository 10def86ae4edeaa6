"""Who is signed in at the console: of the token in a browser's cookie only its hash is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, or_, select, update

from helpline.storage import entries
from helpline.storage.database import Database
from helpline.storage.operators import Role
from helpline.storage.tables import OPERATORS, SESSIONS

SUBJECT = "console"  # of the entries in the record


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in, by the role that they have now; since when, and when last seen."""

    operator: str
    role: Role
    began: datetime
    seen: datetime


class Sessions:
    """The sessions in a database. Everything here raises DatabaseAway where that is away. Moments carry their zone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, token: str, operator: str, *, at: datetime, how: str) -> None:
        """Whoever has this token is signed in by that name from now on; `how` is for the record."""
        with self._database.writing() as connection:
            row = {"hash": hash_of(token), "operator": operator, "began": _written(at), "seen": _written(at)}
            connection.execute(insert(SESSIONS).values(row))
            entries.append(connection, at=at, author=operator, action="sign in", subject=SUBJECT, reason=how)

    def find(self, token: str) -> Session | None:
        """The session of a token; None where there is none, or its operator was removed."""
        both = SESSIONS.join(OPERATORS, OPERATORS.c.name == SESSIONS.c.operator)
        with self._database.reading() as connection:
            row = connection.execute(
                select(SESSIONS, OPERATORS.c.role).select_from(both).where(SESSIONS.c.hash == hash_of(token))
            ).first()
        if row is None:
            return None
        role: Role = "operator" if row.role == "operator" else "reader"
        return Session(row.operator, role, datetime.fromisoformat(row.began), datetime.fromisoformat(row.seen))

    def saw(self, token: str, at: datetime) -> None:
        """Whoever has the token was here at this moment."""
        with self._database.writing() as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.hash == hash_of(token)).values(seen=_written(at)))

    def end(self, token_hash: str, *, at: datetime) -> None:
        """Signed out, which goes into the record; nothing where there is no such session."""
        with self._database.writing() as connection:
            which = SESSIONS.c.hash == token_hash
            operator = connection.execute(select(SESSIONS.c.operator).where(which)).scalar()
            if operator is not None:
                connection.execute(delete(SESSIONS).where(which))
                entries.append(connection, at=at, author=operator, action="sign out", subject=SUBJECT, reason="")

    def forget(self, *, begun_before: datetime, seen_before: datetime) -> None:
        """Those that ran out are not kept."""
        over = or_(SESSIONS.c.began < _written(begun_before), SESSIONS.c.seen < _written(seen_before))
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(over))


def hash_of(token: str) -> str:
    """What is kept of a token; it is random, and long enough that nobody finds it by trying."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _written(moment: datetime) -> str:
    """All of one length and in UTC, so that the earlier one is the smaller text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
