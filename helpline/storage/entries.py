"""The entries of the record as rows of their table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, String, insert, select

from helpline.storage.record import GENESIS, Entry, bound
from helpline.storage.tables import RECORD

UNREADABLE = datetime.min.replace(tzinfo=UTC)  # no entry was written then, so its hash cannot fit


def append(
    connection: Connection,
    *,
    at: datetime,
    author: str,
    action: str,
    subject: str,
    reason: str,
    version: int | None = None,
    digest: str | None = None,
) -> Entry:
    """Adds an entry after the last; the connection must be in a write transaction.

    What a text has beyond what both kinds of database can keep is left out.
    """
    last = connection.execute(select(RECORD.c.entry, RECORD.c.hash).order_by(RECORD.c.entry.desc()).limit(1)).first()
    number, previous = (last.entry + 1, last.hash) if last else (1, GENESIS)
    texts = {"author": author, "action": action, "subject": subject, "reason": reason}
    told = {name: _kept(name, text) for name, text in texts.items()}
    entry = Entry(number, at.astimezone(UTC), **told, version=version, digest=digest, previous=previous, hash="")
    entry = replace(entry, hash=bound(previous, entry.told()))
    connection.execute(insert(RECORD).values(**entry.told(), hash=entry.hash))
    return entry


def everything(connection: Connection) -> list[Entry]:
    """All entries, the oldest first."""
    return [entry_of(row) for row in connection.execute(select(RECORD).order_by(RECORD.c.entry))]


def newest(connection: Connection, most: int, before: int | None) -> list[Entry]:
    """At most so many entries, the newest first; only those before an entry, where one is named."""
    wanted = select(RECORD).order_by(RECORD.c.entry.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(RECORD.c.entry < before)
    return [entry_of(row) for row in connection.execute(wanted)]


def publishing(connection: Connection, number: int) -> Entry | None:
    """The entry that published this version; None where the record has none."""
    row = connection.execute(select(RECORD).where(RECORD.c.version == number).order_by(RECORD.c.entry)).first()
    return entry_of(row) if row else None


def entry_of(row: Row[Any]) -> Entry:
    """The entry in a row that has the columns of the record; a moment that cannot be read is UNREADABLE."""
    fields = {column.name: row._mapping[column] for column in RECORD.c}
    return Entry(**{**fields, "at": _moment(fields["at"])})


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return UNREADABLE
    return moment if moment.tzinfo else UNREADABLE


def _kept(name: str, text: str) -> str:
    """In UTF-8, without NUL and no longer than its column: PostgreSQL would refuse the entry, SQLite takes it."""
    column = RECORD.c[name].type
    longest = column.length if isinstance(column, String) else None
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:longest]
