"""The versions of the routing table: each published once, never changed, and the newest is the live one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, outerjoin, select
from sqlalchemy.exc import IntegrityError

from helpline.directory import content as contents
from helpline.directory.content import Content
from helpline.errors import PublishedMeanwhile, UnknownVersion, VersionAltered
from helpline.storage import entries, record
from helpline.storage.database import Database
from helpline.storage.record import Entry
from helpline.storage.tables import RECORD, VERSIONS


@dataclass(frozen=True)
class Published:
    """A version with its number, from 1, and the entry of the record that published it."""

    number: int
    content: Content
    entry: Entry


class Versions:
    """The versions in a database, and the record of them. Everything here raises DatabaseAway where that is away."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def head(self) -> tuple[int, str] | None:
        """Number and digest of the live version; None where none was published."""
        with self.database.reading() as connection:
            return head(connection)

    def live(self) -> Published | None:
        """The live version; None where none was published. Raises VersionAltered."""
        with self.database.reading() as connection:
            newest = head(connection)
            return _get(connection, newest[0]) if newest else None

    def get(self, number: int) -> Published:
        """The version with this number. Raises UnknownVersion, which says which there are, and VersionAltered."""
        with self.database.reading() as connection:
            return _get(connection, number)

    def publish(
        self, content: Content, *, on: int | None, at: datetime, author: str, action: str, subject: str, reason: str
    ) -> Published:
        """Makes `content` the live version after version `on`, None being before the first. `at` carries its zone.

        Raises PublishedMeanwhile where `on` is not the live version any more, UnknownVersion where it never was.
        """
        try:
            with self.database.writing() as connection:
                _refuse_late(connection, on)
                told = {"author": author, "action": action, "subject": subject, "reason": reason}
                return add(connection, (on or 0) + 1, content, at=at, **told)
        except IntegrityError:  # where writers do not wait for each other, both see the same live version
            with self.database.reading() as connection:
                _refuse_late(connection, on)
            raise

    def note(self, *, at: datetime, author: str, action: str, subject: str, reason: str) -> Entry:
        """Adds to the record what was done without a new version."""
        with self.database.writing() as connection:
            return entries.append(connection, at=at, author=author, action=action, subject=subject, reason=reason)

    def log(self) -> list[Entry]:
        """The whole record, the oldest entry first."""
        with self.database.reading() as connection:
            return entries.everything(connection)

    def newest_entries(self, most: int, *, before: int | None = None) -> list[Entry]:
        """At most so many entries of the record, the newest first; only those before an entry, where one is named."""
        with self.database.reading() as connection:
            return entries.newest(connection, most, before)

    def entry_of(self, number: int) -> Entry | None:
        """The entry that published the version with this number; None where the record has none."""
        with self.database.reading() as connection:
            return entries.publishing(connection, number)

    def verify(self) -> list[str]:
        """A sentence for each thing that is not as it was written; none where all is."""
        with self.database.reading() as connection:
            stored = connection.execute(select(VERSIONS).order_by(VERSIONS.c.number)).all()
            written = entries.everything(connection)
        digests = {each.version: each.digest for each in written if each.version is not None}
        wrong = [row.number for row in stored if row.digest != digests.get(row.number, row.digest)]
        texts = {row.number: str(row.content) for row in stored}  # SQLite keeps bytes too, where somebody put them
        return [
            *record.verify(written, texts),
            *(f"Version {number} is not kept under the digest that the record has." for number in wrong),
        ]

    def since(self, moment: datetime) -> list[Published]:
        """The versions before the live one that were live at `moment` or later, the oldest first; no altered ones."""
        with self.database.reading() as connection:
            before = [each.version or 0 for each in entries.everything(connection) if each.at <= moment]
            number, newest = VERSIONS.c.number, select(func.max(VERSIONS.c.number)).scalar_subquery()
            rows = _rows(connection, (number >= max(before, default=0)) & (number < newest))
        return [published for row in rows if (published := _published(row)) is not None]


def add(
    connection: Connection,
    number: int,
    content: Content,
    *,
    at: datetime,
    author: str,
    action: str,
    subject: str,
    reason: str,
) -> Published:
    """Adds a version and its entry; the connection must be in a write transaction. Raises IntegrityError."""
    digest = content.digest
    connection.execute(insert(VERSIONS).values(number=number, content=content.written(), digest=digest))
    told = {"author": author, "action": action, "subject": subject, "reason": reason}
    return Published(number, content, entries.append(connection, at=at, **told, version=number, digest=digest))


def head(connection: Connection) -> tuple[int, str] | None:
    """Number and digest of the live version; None where none was published."""
    newest = select(VERSIONS.c.number, VERSIONS.c.digest).order_by(VERSIONS.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    return (row.number, row.digest) if row else None


def _get(connection: Connection, number: int) -> Published:
    rows = _rows(connection, VERSIONS.c.number == number)
    if not rows:
        newest = head(connection)
        raise UnknownVersion(number, newest[0] if newest else None)
    if (published := _published(rows[0])) is None:
        raise VersionAltered(number)
    return published


def _refuse_late(connection: Connection, on: int | None) -> None:
    live = head(connection)
    newest = live[0] if live else None
    if on is not None and on > (newest or 0):
        raise UnknownVersion(on, newest)
    if newest is not None and newest != on:
        entry = _get(connection, newest).entry
        raise PublishedMeanwhile(newest, entry.author, entry.reason)


def _rows(connection: Connection, which: ColumnElement[bool]) -> list[Row[Any]]:
    """Versions, each beside the entry that published it, where there is one."""
    beside = outerjoin(VERSIONS, RECORD, VERSIONS.c.number == RECORD.c.version)
    return [*connection.execute(select(VERSIONS, RECORD).select_from(beside).where(which).order_by(VERSIONS.c.number))]


def _published(row: Row[Any]) -> Published | None:
    """The version in a row; None where its content is not what the record says."""
    text = str(row._mapping[VERSIONS.c.content])
    if hashlib.sha256(text.encode()).hexdigest() != row._mapping[RECORD.c.digest]:
        return None
    return Published(row.number, contents.read(text), entries.entry_of(row))
