"""The database: opened for one transaction at a time, and never made by anything but `upgrade`."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from helpline.errors import DatabaseAway, SettingsFault
from helpline.storage import schema

_SQLITE = "sqlite:///"
WAIT_MS = 5000  # a write is over in milliseconds; who waits this long waits for something that hangs


class Database:
    """The database at a URL, `sqlite:///` and a path. Raises SettingsFault for any other URL, and does not show it."""

    def __init__(self, url: str, *, wait_ms: int = WAIT_MS) -> None:
        self._path = _path(url)
        self._engine = _engine(self._path, wait_ms)

    @property
    def is_there(self) -> bool:
        """Whether there is a database; reading commands need not make one."""
        return self._path.is_file()

    def upgrade(self) -> None:
        """Makes the database where there is none, and brings its schema to the newest; cheap where it is there already.

        Raises DatabaseAway, or DatabaseNewer where this program is older than the database.
        """
        if not self.is_there:
            _make(self._path)
        with self.reading() as connection:
            if not schema.is_behind(connection):
                return
        with self.writing() as connection:
            if schema.is_behind(connection):  # another process may have been first
                schema.migrate(connection)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one moment of the database. Raises DatabaseAway."""
        return self._transaction("BEGIN")

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that nobody else writes beside; it waits for its turn. Raises DatabaseAway."""
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self._engine.execution_options(begin=begin).begin() as connection:
                yield connection
        except IntegrityError:
            raise  # the database is well: what was to be written does not fit what is there
        except DBAPIError as error:
            raise DatabaseAway(str(error.orig).partition("\n")[0]) from error


def _path(url: str) -> Path:
    path = url.removeprefix(_SQLITE)
    if not url.startswith(_SQLITE) or not path or path.startswith((":", "file:")) or "?" in path:
        raise SettingsFault(
            "DATABASE_URL cannot be used: only sqlite:///… is supported yet.",
            help="Write sqlite:/// and the path of a file, such as sqlite:///var/helpline.db",
        )
    return Path(path)


def _engine(path: Path, wait_ms: int) -> Engine:
    """An engine that opens only what is there; `hide_parameters` keeps what is written out of every error."""
    there = f"file:{quote(str(path.absolute()))}"
    url = URL.create("sqlite", database=there, query={"mode": "rw", "uri": "true"})
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={wait_ms:d}", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options()["begin"])

    return engine


def _make(path: Path) -> None:
    """An empty database that only we may read, whole from the moment it has its name."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as folder:
            empty = Path(folder) / "empty"
            os.close(os.open(empty, os.O_CREAT | os.O_EXCL, 0o600))
            with closing(sqlite3.connect(empty)) as connection:
                connection.execute(
                    "PRAGMA journal_mode=WAL"
                )  # here: two processes at once would be in each other's way
            os.link(empty, path)
    except FileExistsError:
        return  # another process was first
    except (OSError, sqlite3.Error) as error:
        raise DatabaseAway(getattr(error, "strerror", None) or str(error)) from error
