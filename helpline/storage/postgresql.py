"""PostgreSQL: a database on a server, which several machines share.

1. A transaction has a connection of its own, so a server that was replaced is found by the next one.
2. Who writes holds a lock that every writer takes first: nobody else of ours writes beside it. Readers wait for nobody.
3. No wait is longer than `wait_ms`. A little before that the server itself gives up a lock or a statement, in words;
   well before that it ends a session of ours that went silent in a transaction, so that others get their turn.
"""

from __future__ import annotations

import re
from typing import Any

from psycopg.errors import UndefinedTable
from sqlalchemy import Connection, Engine, NullPool, bindparam, create_engine, text

from helpline.storage import postgresql_url
from helpline.storage.bounded import BoundedConnection
from helpline.storage.tables import METADATA

WRITERS = int.from_bytes(b"helpline")  # the key of the writers' lock, within one database
LEAST_SECONDS_TO_CONNECT = 2  # psycopg takes no less

# Parts of wait_ms. Who waits for the lock outlasts a machine of ours that froze while it had it.
# https://www.postgresql.org/docs/current/runtime-config-client.html
LIMITS = {"idle_in_transaction_session_timeout": 0.5, "lock_timeout": 0.8, "statement_timeout": 0.9}

# https://www.postgresql.org/docs/current/collation.html
_TEXTS_BY_A_LANGUAGE = text(
    """
    SELECT relname, attname, format_type(atttypid, atttypmod) AS kind
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_collation ON pg_collation.oid = attcollation
    WHERE pg_table_is_visible(attrelid) AND relname IN :tables AND attnum > 0 AND NOT attisdropped AND collname <> 'C'
    """
).bindparams(bindparam("tables", [*METADATA.tables], expanding=True))

_BEFORE_THE_REASON = re.compile(r"(connection (failed|is bad): )?(connection to server .*? failed: )?([A-Z]+: +)?")
_UNKNOWN_HOST = re.compile(r"failed to resolve host '.*'")


class PostgreSQL:
    """The database that a URL names. Raises SettingsFault for a URL that cannot be used, and does not show it."""

    is_there = True  # it is for the operator to make; ours are the tables in it

    def __init__(self, url: str, wait_ms: int) -> None:
        address = postgresql_url.read(url)
        self._parameters, self._servers = address.parameters, address.servers
        self._wait_ms = wait_ms
        # With BEGIN, in one journey to the server, and gone with the transaction: a pooler may stand in between.
        limits = "".join(f"; SET LOCAL {name} = {round(wait_ms * part)}" for name, part in LIMITS.items())
        limits += "; SET LOCAL timezone = 'UTC'"
        self.to_read = f"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY{limits}"
        # Without READ WRITE: a server that somebody made read-only is to stay so.
        self.to_write = f"BEGIN ISOLATION LEVEL READ COMMITTED{limits}; SELECT pg_advisory_xact_lock({WRITERS})"
        self.engine = self._engine()

    def make(self) -> None:
        """Nothing: it is there, or it is away."""

    def settle(self, connection: Connection) -> None:
        """Lets our texts compare by bytes, as on SQLite; and no index breaks when the machine gets other locales."""
        quoted = connection.dialect.identifier_preparer.quote
        for row in connection.execute(_TEXTS_BY_A_LANGUAGE).all():
            column = f"ALTER COLUMN {quoted(row.attname)} TYPE {row.kind}"
            connection.exec_driver_sql(f'ALTER TABLE {quoted(row.relname)} {column} COLLATE "C"')

    def words(self, error: BaseException) -> str:
        """The reason in one line, without where the server is."""
        told = _UNKNOWN_HOST.sub("its host is not known", str(error).partition("\n")[0])
        return _BEFORE_THE_REASON.sub("", told, count=1)

    def is_of_a_missing_table(self, error: BaseException) -> bool:
        """SQLSTATE 42P01."""
        return isinstance(error, UndefinedTable)

    def _engine(self) -> Engine:
        """`hide_parameters` keeps what is written out of every error."""
        return create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            poolclass=NullPool,
            hide_parameters=True,
            use_native_hstore=False,  # spares a question at the first connection
        )

    def _connect(self) -> BoundedConnection:
        """A connection to the first server that will do; the one that did the last time is asked before the others."""
        hosts, ports = zip(*self._servers, strict=True)
        seconds = self._wait_ms / 1000
        parameters: dict[str, Any] = {
            "client_encoding": "utf8",
            "connect_timeout": max(LEAST_SECONDS_TO_CONNECT, int(seconds // len(hosts))),
            "fallback_application_name": "helpline",
            "tcp_user_timeout": self._wait_ms,  # for what a connection had still to send when it was closed
            "target_session_attrs": "read-write" if len(hosts) > 1 else None,  # a standby may lag behind
            **self._parameters,
            "host": ",".join(hosts) or None,
            "port": ",".join(ports) or None,
        }
        # We begin and end transactions ourselves; and no statement is prepared for a connection that is used once.
        connection = BoundedConnection.connect(autocommit=True, prepare_threshold=None, **parameters)
        connection.seconds = seconds
        here = connection.info.host, str(connection.info.port)
        self._servers = tuple(sorted(self._servers, key=lambda server: server != here))
        return connection
