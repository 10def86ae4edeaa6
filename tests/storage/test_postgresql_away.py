"""What is said where a server is away, in whatever way, how long that takes, and that work goes on when it is back."""

from __future__ import annotations

import contextlib
import random
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, text

from helpline.errors import DatabaseAway, DatabaseEmpty
from helpline.storage.database import Database
from helpline.storage.erasures import Erasures
from helpline.storage.versions import Versions
from tests.postgresql import PASSWORD, USER, Server
from tests.storage.published import BEGIN, publish
from tests.upkeep.at_twilio import call

WAIT_MS = 2000  # two seconds are the least that psycopg waits for a connection
MOST_SECONDS = 10  # far above the bound, for a machine that is busy; a wait that hangs would last for ever


@pytest.fixture
def database(postgresql_url: str) -> Database:
    """At the newest schema."""
    database = Database(postgresql_url, wait_ms=WAIT_MS)
    database.upgrade()
    return database


@pytest.fixture
def versions(database: Database) -> Versions:
    """With one version."""
    versions = Versions(database)
    publish(versions, "a", None)
    return versions


@contextlib.contextmanager
def away(words: str) -> Iterator[None]:
    """What is done in here is told to fail, with these words in one sentence that shows nothing private, and soon."""
    begun = time.monotonic()
    with pytest.raises(DatabaseAway, match=words) as told:
        yield
    assert time.monotonic() - begun < MOST_SECONDS
    shown = str(told.value)
    assert shown.startswith("The database cannot be reached or written: ")
    assert not any(private in shown for private in ("\n", "127.0.0.1", PASSWORD, "postgresql://", "sqlalche.me"))


def note(versions: Versions) -> None:
    """A write."""
    versions.note(at=BEGIN, author="an", action="check", subject="", reason="")


def goes_on(versions: Versions) -> None:
    """All is as it was, and more can be written."""
    before = len(versions.log())
    note(versions)
    assert len(versions.log()) == before + 1
    assert versions.verify() == []


def test_a_server_that_was_stopped(postgresql: Server, versions: Versions) -> None:
    """Nobody listens at its address."""
    postgresql.stop()
    for act in (versions.head, lambda: note(versions), versions.database.upgrade):
        with away("Connection refused|server closed the connection"):
            act()
    postgresql.start()
    goes_on(versions)


@pytest.mark.parametrize("at_once", [False, True], ids=["in order", "as in a crash"])
def test_a_server_that_ends_while_we_work(postgresql: Server, versions: Versions, at_once: bool) -> None:
    """What was begun is not done; what is begun afterwards is."""
    with away("terminating connection|closed the connection"), versions.database.writing() as connection:
        connection.execute(text("UPDATE record SET author = 'nobody'"))
        postgresql.stop(at_once=at_once)
        postgresql.start()
        connection.execute(text("SELECT 1"))
    assert [entry.author for entry in versions.log()] == ["an"]
    goes_on(versions)


def test_a_server_that_is_frozen_before_we_ask(postgresql: Server, versions: Versions) -> None:
    """The kernel still takes our connection for it, and nobody answers."""
    postgresql.freeze()
    with away("connection timeout expired"):
        versions.head()
    postgresql.thaw()
    goes_on(versions)


def ask(connection: Connection) -> None:
    """A question."""
    connection.execute(text("SELECT 1"))


def send_much(connection: Connection) -> None:
    """More than fits into what the kernels hold for us on the way."""
    connection.execute(text("UPDATE record SET reason = :reason"), {"reason": "x" * 10_000_000})


def send_many(connection: Connection) -> None:
    """Many rows, which psycopg sends without waiting for each."""
    rows = [{"sid": str(number)} for number in range(100)]
    connection.execute(text("INSERT INTO erasures (sid, due, tries) VALUES (:sid, 'x', 0)"), rows)


def undo(_: Connection) -> None:
    """Whatever else went wrong."""
    raise ZeroDivisionError


@pytest.mark.parametrize("act", [ask, send_much, send_many, undo])
def test_a_server_that_is_frozen_while_we_work(
    postgresql: Server, postgresql_url: str, versions: Versions, act: Callable[[Connection], None]
) -> None:
    """Whatever we wait for then is given up, once: to undo it would be to wait again."""
    impatient = Database(postgresql_url, wait_ms=1000)
    with away("no answer within 1 s"), impatient.writing() as connection:
        connection.execute(text("UPDATE record SET author = 'nobody'"))
        postgresql.freeze()
        act(connection)
    postgresql.thaw()
    assert [entry.author for entry in versions.log()] == ["an"]
    goes_on(versions)


def test_a_server_that_is_frozen_as_we_finish(postgresql: Server, postgresql_url: str, versions: Versions) -> None:
    """Whether it was done is not known, and told as not done; it is done whole or not at all."""
    with away("no answer within 1 s"), Database(postgresql_url, wait_ms=1000).writing() as connection:
        connection.execute(text("DELETE FROM record"))
        connection.execute(text("DELETE FROM versions"))
        postgresql.freeze()
    postgresql.thaw()
    note(versions)  # after it, since it waits for its turn
    assert (len(versions.log()), versions.head() is None) in ((2, False), (1, True))


def test_a_server_that_was_swapped_for_an_empty_one(
    postgresql: Server, versions: Versions, postgresql_url: str
) -> None:
    """It does not have the database; when somebody makes it there, it has nothing in it, and can be used."""
    name = postgresql_url.rpartition("/")[2]
    postgresql.stop()
    other = Server(postgresql.port)
    try:
        with away(f'database "{name}" does not exist'):
            versions.head()
        other.run("CREATE DATABASE {} OWNER {}", name, USER)
        with pytest.raises(DatabaseEmpty, match='relation "versions" does not exist') as told:
            versions.head()
        assert told.value.help.endswith("helpline database upgrade")
        versions.database.upgrade()
        assert publish(versions, "b", None).number == 1
    finally:
        other.remove()
    postgresql.start()
    goes_on(versions)


def test_a_server_that_may_only_be_read(postgresql: Server, versions: Versions, postgresql_url: str) -> None:
    """As hosters do with one whose disk fills up; what is there is read."""
    name = postgresql_url.rpartition("/")[2]
    postgresql.run("ALTER DATABASE {} SET default_transaction_read_only = on", name)
    assert versions.head() is not None
    with away("cannot execute INSERT in a read-only transaction"):
        note(versions)
    postgresql.run("ALTER DATABASE {} RESET default_transaction_read_only", name)
    goes_on(versions)


def test_a_server_whose_disk_is_full(postgresql: Server, versions: Versions) -> None:
    """The publish is not done, and what was there before is whole."""
    postgresql.stop()
    postgresql.start(largest_file=2_000_000)
    with away("could not extend file|could not write"):
        publish(versions, random.Random(1).randbytes(5_000_000).hex(), 1)
    goes_on(versions)
    postgresql.stop()
    postgresql.start()
    assert publish(versions, "b", 1).number == 2


def test_a_server_that_has_no_room_for_another_session(
    postgresql: Server, versions: Versions, postgresql_url: str
) -> None:
    """The others go on."""
    with Database(postgresql_url).reading() as connection:
        postgresql.run("ALTER ROLE {} CONNECTION LIMIT 1", USER)
        with away(f'too many connections for role "{USER}"'):
            versions.head()
        assert connection.execute(text("SELECT count(*) FROM versions")).scalar() == 1
    postgresql.run("ALTER ROLE {} CONNECTION LIMIT -1", USER)
    goes_on(versions)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "wrong"}, f'password authentication failed for user "{USER}"'),
        ({"database": "nothing"}, 'database "nothing" does not exist'),
        ({"sslmode": "require"}, "server does not support SSL, but SSL was required"),
        ({"sslmode": "certainly"}, 'invalid sslmode value: "certainly"'),
    ],
    ids=["password", "database", "TLS", "parameter"],
)
def test_a_server_that_we_may_not_use(postgresql: Server, wrong: dict[str, str], words: str) -> None:
    """To read and to bring it up to date is refused alike."""
    database = Database(postgresql.url(**wrong))
    for act in (Versions(database).head, database.upgrade):
        with away(words):
            act()


def test_a_role_that_may_not_make_tables(postgresql: Server) -> None:
    """Where somebody else owns the database."""
    with postgresql.database() as name, away("permission denied"):
        Database(postgresql.url(name, user="scram")).upgrade()


def test_a_host_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is not shown: it may be the rest of a password."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with away("its host is not known: .* Name or service not known"):
        Versions(Database("postgresql://helpline@secret.example/db")).head()


def test_a_socket_that_is_not_there() -> None:
    """Nor is the folder of a socket shown."""
    with away("No such file or directory"):
        Versions(Database("postgresql://helpline@/db?host=/secret")).head()


def test_a_queue_that_is_away_is_told(postgresql: Server, versions: Versions) -> None:
    """Whatever uses the database, it is told the same."""
    erasures = Erasures(versions.database)
    postgresql.stop()
    with away("Connection refused|server closed the connection"):
        erasures.add({call(1): BEGIN})
    postgresql.start()
    erasures.add({call(1): BEGIN})
    assert erasures.waiting() == 1
