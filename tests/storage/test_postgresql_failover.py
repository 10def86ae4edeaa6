"""Several servers in one DATABASE_URL: the one that can be written to is used, whichever of them that is."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from helpline.errors import DatabaseAway
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.postgresql import USER, Server
from tests.storage.published import publish

NAME = "both"


@pytest.fixture(scope="module")
def other(postgresql: Server) -> Iterator[Server]:
    """A second server, with a database of the same name as on the first."""
    other = Server()
    try:
        for server in (postgresql, other):
            server.run("CREATE DATABASE {} OWNER {}", NAME, USER)
        yield other
    finally:
        other.remove()
        postgresql.run("DROP DATABASE {}", NAME)


@pytest.fixture
def database(postgresql: Server, other: Server) -> Iterator[Database]:
    """A database on both; afterwards both run, and can be written to."""
    second = f",127.0.0.1:{other.port}/"
    yield Database(second.join(postgresql.url(NAME).rsplit("/", 1)), wait_ms=4000)
    for server in (postgresql, other):
        server.thaw()
        server.start()
        server.run("ALTER DATABASE {} RESET ALL", NAME)
        server.run("DROP OWNED BY {} CASCADE", USER, database=NAME)


def may_be_written(server: Server, *, yes: bool) -> None:
    """As a server is, or its standby."""
    server.run("ALTER DATABASE {} RESET ALL", NAME)
    if not yes:
        server.run("ALTER DATABASE {} SET default_transaction_read_only = on", NAME)


def test_the_one_that_can_be_written_to_is_used(postgresql: Server, other: Server, database: Database) -> None:
    """First, second, and first again: each transaction finds it by itself."""
    for first, number in ((True, 1), (False, 1), (True, 2)):
        may_be_written(postgresql, yes=first)
        may_be_written(other, yes=not first)
        database.upgrade()
        head = Versions(database).head()
        assert publish(Versions(database), "a", head[0] if head else None).number == number


def test_the_second_stands_in_for_one_that_is_down(postgresql: Server, database: Database) -> None:
    """At once, where the first refuses."""
    postgresql.stop()
    database.upgrade()
    assert publish(Versions(database), "a", None).number == 1


def test_one_that_does_not_answer_is_waited_for_once(postgresql: Server, database: Database) -> None:
    """The server that did the last time is asked before the others, so a dead one does not cost every transaction."""
    database.upgrade()
    postgresql.freeze()
    database.upgrade()
    begun = time.monotonic()
    for _ in range(5):
        assert Versions(database).head() is None
    assert time.monotonic() - begun < 5 * 2  # two seconds each, were it asked first


def test_none_that_can_be_written_to_is_none_at_all(postgresql: Server, other: Server, database: Database) -> None:
    """What a standby has may be older than what is in force here."""
    may_be_written(postgresql, yes=False)
    may_be_written(other, yes=False)
    with pytest.raises(DatabaseAway, match=r"written: session is read-only\.$"):
        Versions(database).head()
