"""What is particular to PostgreSQL: our sessions, and what may be set for them."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, text

from helpline.errors import DatabaseAway
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.postgresql import Server
from tests.storage.published import publish


@pytest.fixture
def database(postgresql_url: str) -> Database:
    """At the newest schema; nothing in it is waited for longer than a second."""
    database = Database(postgresql_url, wait_ms=1000)
    database.upgrade()
    return database


def shown(connection: Connection, *names: str) -> list[str]:
    """What the session has set."""
    return [connection.execute(text(f"SHOW {name}")).scalar_one() for name in names]


def test_a_transaction_has_its_limits(database: Database) -> None:
    """Set for it alone, with its name for whoever looks at the server, and in the time zone of all that we write."""
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "application_name", "timezone")
    wanted = ["800ms", "900ms", "500ms", "helpline", "UTC"]
    with database.reading() as connection:
        assert shown(connection, *names) == wanted
        assert shown(connection, "transaction_isolation", "transaction_read_only") == ["repeatable read", "on"]
    with database.writing() as connection:
        assert shown(connection, *names) == wanted
        assert shown(connection, "transaction_isolation", "transaction_read_only") == ["read committed", "off"]


def test_what_the_url_sets_wins(postgresql_url: str) -> None:
    """An operator may give sessions another name, and libpq's other parameters."""
    with Database(f"{postgresql_url}?application_name=desk").reading() as connection:
        assert shown(connection, "application_name") == ["desk"]


def test_a_transaction_leaves_no_connection(database: Database, postgresql: Server, postgresql_url: str) -> None:
    """Each has one of its own, so that nothing is left to break."""
    Versions(database).head()
    name = postgresql_url.rpartition("/")[2]
    for _ in range(100):
        found = postgresql.run("SELECT datname FROM pg_stat_activity WHERE usename = 'helpline'")
        if (name,) not in found:
            return
    raise AssertionError(found)


def test_a_writer_waits_for_the_one_before_and_no_longer_than_it_may(database: Database) -> None:
    """What holds the lock is ended when it goes silent, and then the next one gets its turn; or gives up, in words."""
    with pytest.raises(DatabaseAway, match="idle-in-transaction timeout"), database.writing() as connection:
        assert publish(Versions(database), "a", None).number == 1
        connection.execute(text("SELECT 1"))
    with _busy(database), pytest.raises(DatabaseAway, match="canceling statement due to lock timeout"):
        publish(Versions(database), "b", 1)


def test_a_machine_of_ours_that_freezes_holds_up_nobody(database: Database, postgresql_url: str) -> None:
    """The server ends its session before another writer has waited for as long as it may."""
    code = (
        "import os, signal; from helpline.storage.database import Database\n"
        f"with Database({postgresql_url!r}, wait_ms=2000).writing() as connection:\n"
        "    print('begun', flush=True); os.kill(os.getpid(), signal.SIGSTOP)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as frozen:  # noqa: S603
        assert frozen.stdout
        assert frozen.stdout.readline() == "begun\n"
        assert publish(Versions(Database(postgresql_url)), "a", None).number == 1
        frozen.kill()


@contextlib.contextmanager
def _busy(database: Database) -> Iterator[None]:
    """A writer that is never silent for as long as a session may be."""
    begun, over = threading.Event(), threading.Event()

    def write() -> None:
        with database.writing() as connection:
            begun.set()
            while not over.wait(0.05):
                connection.execute(text("SELECT 1"))

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(10)
    try:
        yield
    finally:
        over.set()
        writer.join()


def test_a_statement_is_given_up_in_words(database: Database) -> None:
    """By the server itself, a little before we stop to listen."""
    with pytest.raises(DatabaseAway, match="canceling statement due to statement timeout"), database.reading() as each:
        each.execute(text("SELECT pg_sleep(10)"))


def test_no_fault_shows_what_was_written_or_the_password(database: Database, postgresql_url: str) -> None:
    """Neither what we raise, nor what it comes from as a log would show it."""
    with pytest.raises(DatabaseAway) as told, database.writing() as connection:
        connection.execute(text("INSERT INTO erasures (sid, due, tries) VALUES (:sid, 'x', 0)"), {"sid": "CA" * 100})
    chain = f"{told.value} {told.value.help} {told.value.__cause__}"
    assert "value too long" in chain
    assert "CACA" not in chain
    assert postgresql_url not in chain


def test_texts_compare_by_bytes_after_every_migration(database: Database, postgresql_url: str) -> None:
    """No column of ours is left to the order of a language, whatever the database was made with."""
    with psycopg.connect(postgresql_url) as connection:
        found = connection.execute(
            "SELECT DISTINCT collation_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name <> 'alembic_version' AND collation_name IS NOT NULL"
        ).fetchall()
        [(order,)] = connection.execute("SELECT 'a' < 'B'").fetchall()
    assert (found, order) == ([("C",)], True)
