"""The database: opened for one transaction at a time, and never made by anything but `upgrade`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from helpline.errors import DatabaseAway, DatabaseEmpty, SettingsFault
from helpline.storage import schema, sqlite
from helpline.storage.sqlite_path import SCHEME

_POSTGRESQL = ("postgres://", "postgresql://")
WAIT_MS = 5000  # a write is over in milliseconds; who waits this long waits for something that hangs


class Kind(Protocol):
    """What each kind of database does in its own way."""

    engine: Engine
    to_read: str  # what begins a transaction
    to_write: str

    @property
    def is_there(self) -> bool:
        """Whether there is something to connect to, as far as can be told without trying."""

    def make(self) -> None:
        """Makes it where this program can. Raises DatabaseAway."""

    def settle(self, connection: Connection) -> None:
        """What is still to be done to the tables after a migration, in its transaction."""

    def words(self, error: BaseException) -> str:
        """What a fault of the driver's says, in one line and without the URL."""

    def is_of_a_missing_table(self, error: BaseException) -> bool:
        """Whether the fault is that a table is not there."""


class Database:
    """The database at a URL: `sqlite:///` and a path, or `postgresql://…`.

    Raises SettingsFault for a URL that cannot be used, and does not show it. Nothing here waits longer than `wait_ms`.
    """

    def __init__(self, url: str, *, wait_ms: int = WAIT_MS) -> None:
        self._kind = _kind(url, wait_ms)

        @event.listens_for(self._kind.engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(connection.get_execution_options()["begin"])

    @property
    def is_there(self) -> bool:
        """Whether there is a database of ours; reading commands need not make one. Raises DatabaseAway."""
        if not self._kind.is_there:
            return False
        with self.reading() as connection:
            return schema.is_made(connection)

    def upgrade(self) -> None:
        """Makes the database where there is none, and brings its schema to the newest; cheap where it is there already.

        Raises DatabaseAway, or DatabaseNewer where this program is older than the database.
        """
        if not self._kind.is_there:
            self._kind.make()
        with self.reading() as connection:
            if not schema.is_behind(connection):
                return
        schema.load_migrations()
        with self.writing() as connection:
            if schema.is_behind(connection):  # another process may have been first
                schema.migrate(connection)
                self._kind.settle(connection)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one moment of the database. Raises DatabaseAway, DatabaseEmpty."""
        return self._transaction(self._kind.to_read)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that nobody else writes beside; it waits for its turn. Raises DatabaseAway, DatabaseEmpty."""
        return self._transaction(self._kind.to_write)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self._kind.engine.execution_options(begin=begin).begin() as connection:
                yield connection
        except IntegrityError:
            raise  # the database is well: what was to be written does not fit what is there
        except DBAPIError as error:
            fault = error.orig or error
            kind = DatabaseEmpty if self._kind.is_of_a_missing_table(fault) else DatabaseAway
            quotes = isinstance(error, DataError)  # a value that does not fit
            raise kind(type(fault).__name__ if quotes else self._kind.words(fault)) from error


def _kind(url: str, wait_ms: int) -> Kind:
    if url.startswith(SCHEME):
        return sqlite.SQLite(url, wait_ms)
    if url.startswith(_POSTGRESQL):
        from helpline.storage.postgresql import PostgreSQL  # only here: who uses SQLite need not load libpq

        return PostgreSQL(url, wait_ms)
    raise SettingsFault(
        "DATABASE_URL cannot be used: it must begin with sqlite:/// or with postgresql://.",
        help="Write sqlite:/// and the path of a file, such as sqlite:///var/helpline.db, or postgresql://…",
    )
