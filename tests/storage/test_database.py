"""What a transaction is, on either kind of database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from helpline.storage.database import Database
from helpline.storage.tables import ERASURES, VERSIONS
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN, publish

SIGNS = 1_000_000


def test_a_row_that_does_not_fit_is_no_fault_of_the_database(database: Database) -> None:
    """A number that is taken raises what the caller can tell apart, and nothing of the transaction stays."""
    publish(Versions(database), "a", None)
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(VERSIONS).values(number=2, content="", digest=""))
        connection.execute(insert(VERSIONS).values(number=1, content="", digest=""))
    assert Versions(database).verify() == []


def test_a_reader_sees_one_moment(database: Database) -> None:
    """What is published while it reads is not in what it reads."""
    count = select(func.count()).select_from(VERSIONS)
    with database.reading() as connection:
        before = connection.execute(count).scalar()
        publish(Versions(database), "a", None)
        assert connection.execute(count).scalar() == before == 0
    assert Versions(database).head() is not None


def test_a_writer_sees_what_the_one_before_wrote(database: Database) -> None:
    """Of many at once each waits for its turn, and none works on what it saw before."""
    Versions(database).note(at=BEGIN, author="an", action="count", subject="", reason="")

    def count(_: int) -> None:
        with database.writing() as connection:
            found = connection.execute(text("SELECT subject FROM record WHERE entry = 1")).scalar() or "0"
            connection.execute(text("UPDATE record SET subject = :next"), {"next": str(int(found) + 1)})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(20)))
    assert Versions(database).log()[0].subject == "20"


def test_readers_wait_for_no_writer(database: Database) -> None:
    """While one writes, what was there before is read."""
    publish(Versions(database), "a", None)
    with database.writing() as connection:
        connection.execute(insert(VERSIONS).values(number=2, content="", digest=""))
        reader = threading.Thread(target=Versions(database).live)
        reader.start()
        reader.join(4)
        assert not reader.is_alive()


def test_what_failed_midway_leaves_nothing(database: Database) -> None:
    """Whatever was raised, the transaction is undone."""
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(insert(VERSIONS).values(number=1, content="", digest=""))
        raise ZeroDivisionError
    assert Versions(database).head() is None


def test_texts_come_back_sign_for_sign(versions: Versions) -> None:
    """However long, and in whatever script."""
    reason = "Überfall, عنف, насильство, 😀 ' \" \\ % %s :x ?" * (SIGNS // 40)
    versions.note(at=BEGIN, author="Zoë", action="check", subject="", reason=reason)
    assert (versions.log()[0].author, versions.log()[0].reason) == ("Zoë", reason)
    assert versions.verify() == []


def test_what_a_record_cannot_keep_is_left_out(versions: Versions) -> None:
    """NUL, halves of a sign, and what is longer than the column; the entry is whole, and fits its hash."""
    entry = versions.note(at=BEGIN, author="a\0n" * 200, action="check", subject="\udcff", reason="be\0cause")
    assert (entry.author, entry.subject, entry.reason) == ("an" * 100, "?", "because")
    assert versions.log() == [entry]
    assert versions.verify() == []


def test_what_is_ordered_is_ordered_by_bytes(database: Database) -> None:
    """SIDs and moments are, whatever the order of the database's own language."""
    sids = ["CA1a", "CAF1", "SM01", "SMa0", "sm00"]
    with database.writing() as connection:
        connection.execute(insert(ERASURES), [{"sid": sid, "due": "x", "tries": 0} for sid in sids])
    with database.reading() as connection:
        found = connection.execute(select(ERASURES.c.sid).order_by(ERASURES.c.sid)).scalars().all()
    assert found == sorted(sids)
