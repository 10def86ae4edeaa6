"""The entries of the record as rows of their table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

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
    """Adds an entry after the last; the connection must be in a write transaction."""
    last = connection.execute(select(RECORD.c.entry, RECORD.c.hash).order_by(RECORD.c.entry.desc()).limit(1)).first()
    number, previous = (last.entry + 1, last.hash) if last else (1, GENESIS)
    entry = Entry(number, at.astimezone(UTC), author, action, subject, reason, version, digest, previous, "")
    entry = replace(entry, hash=bound(previous, entry.told()))
    connection.execute(insert(RECORD).values(**entry.told(), hash=entry.hash))
    return entry


def everything(connection: Connection) -> list[Entry]:
    """All entries, the oldest first."""
    return [entry_of(row) for row in connection.execute(select(RECORD).order_by(RECORD.c.entry))]


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
