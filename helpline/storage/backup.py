"""A backup: one file of SQLite that holds one moment of a database of either kind.

1. It has its name from the moment it is whole, and then it is on disk; until then nothing has.
2. It never takes the place of what is there.
3. It is made row by row, so nothing that was deleted from the database is left anywhere in it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from sqlalchemy import URL, Engine, NullPool, Table, create_engine, event, insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from helpline.errors import BackupAway, BackupRefused, DatabaseEmpty
from helpline.storage import in_backup, schema
from helpline.storage.database import Database
from helpline.storage.in_backup import Holdings, Rows

MARK = int.from_bytes(b"hlpB")  # SQLite's application_id: what tells a backup from a database that is in use
BESIDE = ".backup-"  # begins the name of the folder in which one is written; whoever is killed leaves it

Add: TypeAlias = Callable[[Table, Rows], None]


def back_up(database: Database, file: Path, copied: Callable[[int], None]) -> Holdings:
    """Makes one at `file`, which only we may read; `copied` hears of each so many rows.

    The database is brought up to date first, as for every command. Raises BackupRefused where something has that name
    already, BackupAway, DatabaseAway, DatabaseNewer; then there is nothing at `file` that was not there before.
    """
    if not database.is_there:
        raise DatabaseEmpty("it is not there yet, so there is nothing to back up")
    database.upgrade()
    with _new(file) as add, database.reading() as connection:
        for table, rows in in_backup.chunks(connection):
            add(table, rows)
            copied(len(rows))
        return in_backup.holdings(connection)


@contextmanager
def _new(file: Path) -> Iterator[Add]:
    """What adds rows to a backup that is at `file` once the block has ended well."""
    _refuse_taken(file)
    schema.load_migrations()
    with _told(file), tempfile.TemporaryDirectory(dir=file.parent, prefix=BESIDE) as folder:
        whole = Path(folder) / "backup"
        os.close(os.open(whole, os.O_CREAT | os.O_EXCL, 0o600))
        with _engine(whole).connect() as connection:
            schema.migrate(connection)

            def add(table: Table, rows: Rows) -> None:
                with _told(file):  # here, so that nobody takes it for a fault of the database that is read
                    connection.execute(insert(table), rows)

            yield add
            connection.exec_driver_sql(f"PRAGMA application_id = {MARK}")
            connection.commit()
        _synchronise(whole)
        _refuse_taken(file)
        whole.rename(file)  # no link, which would refuse by itself: not every place for backups has links
        _synchronise(file.parent)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, DBAPIError) as fault:
        words = str(fault.orig) if isinstance(fault, DBAPIError) else fault.strerror or type(fault).__name__
        raise BackupAway(f"The backup cannot be written to {file}: {words}.") from fault


def _refuse_taken(file: Path) -> None:
    if file.exists():
        raise BackupRefused(
            f"{file} is there already, and a backup takes the place of nothing.",
            help="Give each a name of its own, such as one with the day in it.",
        )


def _engine(path: Path) -> Engine:
    """Without locks, and without what guards a database against a crash: a share of a network may not bear them."""
    there = f"file:{quote(str(path.absolute()))}"
    url = URL.create("sqlite", database=there, query={"nolock": "1", "uri": "true"})
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _synchronise(path: Path) -> None:
    """Returns when it is on disk, a file or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
