"""SQLite: a database in one file, for one machine."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from helpline.errors import DatabaseAway
from helpline.storage.sqlite_path import as_uri, path_in


class SQLite:
    """The file that a URL names, `sqlite:///` and a path. Raises SettingsFault for what is no path of a file."""

    to_read = "BEGIN"
    to_write = "BEGIN IMMEDIATE"

    def __init__(self, url: str, wait_ms: int) -> None:
        self._path = path_in(url)
        self.engine = _engine(self._path, wait_ms)

    @property
    def is_there(self) -> bool:
        """Whether there is a file."""
        return self._path.is_file()

    def make(self) -> None:
        """Makes an empty database that only we may read, whole from the moment it has its name. Raises DatabaseAway."""
        path = self._path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as folder:
                empty = Path(folder) / "empty"
                os.close(os.open(empty, os.O_CREAT | os.O_EXCL, 0o600))
                with closing(sqlite3.connect(empty)) as connection:
                    # Here, since two processes at once would be in each other's way.
                    connection.execute("PRAGMA journal_mode=WAL")
                os.link(empty, path)
        except FileExistsError:
            return  # another process was first
        except (OSError, sqlite3.Error) as error:
            raise DatabaseAway(getattr(error, "strerror", None) or str(error)) from error

    def settle(self, connection: Connection) -> None:
        """Nothing: it compares by bytes."""

    def words(self, error: BaseException) -> str:
        """What the driver says, in one line."""
        return str(error).partition("\n")[0]

    def is_of_a_missing_table(self, error: BaseException) -> bool:
        """SQLite has no code of its own for it."""
        return str(error).startswith("no such table: ")


def _engine(path: Path, wait_ms: int) -> Engine:
    """An engine that opens only what is there; `hide_parameters` keeps what is written out of every error."""
    url = URL.create("sqlite", database=as_uri(path), query={"mode": "rw", "uri": "true"})
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={wait_ms:d}", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
