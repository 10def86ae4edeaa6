"""Publishing, looking back, and who is told what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta, timezone
from threading import Barrier

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from helpline.errors import PublishedMeanwhile, UnknownVersion
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN, content, publish


def test_an_empty_database_has_no_live_version(versions: Versions) -> None:
    """Before the first version there is no head, nothing live, nothing recent, and nothing wrong."""
    assert (versions.head(), versions.live(), versions.log()) == (None, None, [])
    assert (versions.since(BEGIN), versions.verify()) == ([], [])


def test_versions_are_numbered_from_one(versions: Versions) -> None:
    """Each version has the next number, and the newest is live."""
    first = publish(versions, "a", None)
    second = publish(versions, "b", 1)
    assert (first.number, second.number) == (1, 2)
    assert versions.head() == (2, content("b").digest)
    assert versions.live() == second
    assert versions.get(1) == first
    assert versions.get(1).content == content("a")
    assert versions.verify() == []


def test_the_entry_tells_who_what_when_and_why(versions: Versions) -> None:
    """The record has the author, the action, the subject, the reason, and the moment in UTC."""
    amsterdam = BEGIN.astimezone(timezone(timedelta(hours=1)))
    entry = versions.note(at=amsterdam, author="bo", action="login", subject="desk", reason="a look")
    assert (entry.entry, entry.author, entry.action, entry.subject, entry.reason) == (
        1,
        "bo",
        "login",
        "desk",
        "a look",
    )
    assert (entry.at, entry.version, entry.digest) == (BEGIN, None, None)
    assert versions.log() == [entry]


def test_the_log_is_in_the_order_of_writing(versions: Versions) -> None:
    """Versions and notes stand in one record, the oldest first, each bound to the one before."""
    publish(versions, "a", None)
    versions.note(at=BEGIN, author="bo", action="check", subject="", reason="")
    publish(versions, "b", 1)
    log = versions.log()
    assert [(each.entry, each.version) for each in log] == [(1, 1), (2, None), (3, 2)]
    assert [each.previous for each in log[1:]] == [each.hash for each in log[:-1]]
    assert versions.verify() == []


def test_publishing_changes_no_row_that_is_there(versions: Versions, database: Database) -> None:
    """What was published or recorded stays as it is, row for row."""

    def rows() -> list[tuple[object, ...]]:
        with database.reading() as connection:
            tables = ("versions", "record")
            return [tuple(row) for table in tables for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]  # noqa: S608

    publish(versions, "a", None)
    before = rows()
    publish(versions, "b", 1)
    versions.note(at=BEGIN, author="bo", action="check", subject="", reason="")
    assert set(before) <= set(rows())


def test_the_same_content_can_be_published_again(versions: Versions) -> None:
    """To go back is to publish what was live before, under a number of its own."""
    publish(versions, "a", None)
    publish(versions, "b", 1)
    assert publish(versions, "a", 2).content == versions.get(1).content
    assert versions.verify() == []


def test_who_comes_late_is_told_who_was_first(versions: Versions) -> None:
    """A publish on a version that is not live any more changes nothing and names the version that is."""
    publish(versions, "a", None)
    publish(versions, "b", 1, author="bo")
    with pytest.raises(PublishedMeanwhile, match="Version 2 was published meanwhile, by bo: because of b") as told:
        publish(versions, "c", 1)
    assert told.value.number == 2
    assert told.value.help == "Look at the difference again: helpline regions diff"
    with pytest.raises(PublishedMeanwhile):
        publish(versions, "c", None)
    assert len(versions.log()) == 2


def test_a_version_that_never_was_is_named_so(versions: Versions) -> None:
    """To get one, or to publish on one, says which there are."""
    with pytest.raises(UnknownVersion, match="There is no version 1: none was published yet"):
        versions.get(1)
    publish(versions, "a", None)
    with pytest.raises(UnknownVersion, match="There is no version 7: the newest is 1") as told:
        versions.get(7)
    assert told.value.number == 7
    with pytest.raises(UnknownVersion):
        publish(versions, "b", 7)


def test_of_two_at_once_one_wins(database: Database, versions: Versions) -> None:
    """In every race one is published and the others are told by whom, and the record has no gap."""
    racers, rounds = 4, 5
    gate = Barrier(racers)

    def race(racer: int) -> list[int]:
        won = []
        for number in range(rounds):
            gate.wait()
            try:
                won.append(publish(Versions(database), f"r{racer}", number or None, author=f"racer {racer}").number)
            except PublishedMeanwhile as lost:
                assert lost.number == number + 1
                assert f"racer {racer}" not in str(lost)
        return won

    with ThreadPoolExecutor(racers) as pool:
        won = sorted(number for numbers in pool.map(race, range(racers)) for number in numbers)
    assert won == [1, 2, 3, 4, 5]
    assert [each.entry for each in versions.log()] == won
    assert versions.verify() == []


class Unordered(Database):
    """A database whose writers do not wait for each other: `first` is done when this one's rows come in."""

    first: Versions | None = None

    def writing(self) -> AbstractContextManager[Connection]:
        """Raises IntegrityError, as a server does for the number that the other one took."""
        if self.first:
            publish(self.first, "a", None, author="bo")
        raise IntegrityError("insert", None, Exception("that number is taken"))


def test_a_number_taken_at_the_last_moment_is_a_race_lost(versions: Versions, url: str) -> None:
    """Where the database itself refuses the second of two, he is told the same."""
    late = Unordered(url)
    with pytest.raises(IntegrityError):
        publish(Versions(late), "b", None)
    late.first = versions
    with pytest.raises(PublishedMeanwhile, match="by bo"):
        publish(Versions(late), "b", None)


@pytest.mark.parametrize(
    ("hour", "numbers"), [(-1, [1, 2]), (0, [1, 2]), (1, [1, 2]), (3, [2]), (4, []), (9, [])], ids=str
)
def test_recent_versions_are_those_a_call_may_be_on(versions: Versions, hour: int, numbers: list[int]) -> None:
    """The version live at that moment and all later ones, the live one left out, since that is had already."""
    for number in range(3):
        publish(versions, "abc"[number], number or None, hour=2 * number)
        versions.note(at=BEGIN + timedelta(hours=2 * number), author="bo", action="check", subject="", reason="")
    recent = versions.since(BEGIN + timedelta(hours=hour))
    assert recent == [versions.get(number) for number in numbers]
