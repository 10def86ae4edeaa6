"""Whatever is changed past the program is found, and no altered version is used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from helpline.errors import VersionAltered
from helpline.storage.record import GENESIS, bound
from helpline.storage.tables import RECORD
from helpline.storage.versions import Versions
from tests.storage import past
from tests.storage.published import BEGIN, publish

COLUMNS = [column.name for column in RECORD.c]
ON_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # what is found is the same on both


@pytest.fixture
def tamper(versions: Versions, url: str) -> Callable[[str], None]:
    """Runs SQL on a database with three versions and a note, past the program."""
    publish(versions, "a", None)
    publish(versions, "b", 1, hour=1)
    versions.note(at=BEGIN, author="bo", action="check", subject="all", reason="a look")
    publish(versions, "c", 2, hour=2)
    assert versions.verify() == []

    def run(statement: str) -> None:
        assert past.run(url, statement) == 1

    return run


@ON_SQLITE
@pytest.mark.parametrize("entry", [1, 2, 3, 4])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_of_an_entry_is_found(
    versions: Versions, tamper: Callable[[str], None], column: str, entry: int
) -> None:
    """Any column of any entry, first, last or between."""
    value = {"entry": "9", "version": "8", "at": "'2026-11-23T10:00:01+00:00'"}.get(column, "'f'")
    tamper(f"UPDATE record SET {column} = {value} WHERE entry = {entry}")  # noqa: S608
    assert versions.verify()


@ON_SQLITE
@pytest.mark.parametrize("value", ["'yesterday'", "'2026-11-23T10:00:00'", "7", "x'00'"])
def test_a_moment_that_cannot_be_read_is_found(versions: Versions, tamper: Callable[[str], None], value: str) -> None:
    """The record can still be shown, and the entry is named."""
    tamper(f"UPDATE record SET at = {value} WHERE entry = 2")  # noqa: S608
    assert versions.verify() == ["Entry 2 is not as it was written."]
    assert len(versions.log()) == 4


@ON_SQLITE
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("value", ["content || ' '", "'{}'", "x'00'", "''"])
def test_a_changed_content_is_found(versions: Versions, tamper: Callable[[str], None], number: int, value: str) -> None:
    """The version is named, and cannot be had."""
    tamper(f"UPDATE versions SET content = {value} WHERE number = {number}")  # noqa: S608
    assert versions.verify() == [f"Version {number} is not as it was published."]
    with pytest.raises(VersionAltered, match=f"Version {number} in the database is not as it was published"):
        versions.get(number)
    assert number not in [each.number for each in versions.since(BEGIN)]


@pytest.mark.parametrize("column", ["at", "author", "version", "hash"])
def test_a_changed_entry_is_found(versions: Versions, tamper: Callable[[str], None], column: str) -> None:
    """On a server as well as in a file."""
    value = "8" if column == "version" else "'f'"
    tamper(f"UPDATE record SET {column} = {value} WHERE entry = 2")  # noqa: S608
    assert versions.verify()


def test_a_changed_content_of_either_kind_is_found(versions: Versions, tamper: Callable[[str], None]) -> None:
    """On a server as well as in a file."""
    tamper("UPDATE versions SET content = content || ' ' WHERE number = 2")
    assert versions.verify() == ["Version 2 is not as it was published."]


def test_a_changed_digest_of_a_version_is_found(versions: Versions, tamper: Callable[[str], None]) -> None:
    """Also where the content itself is as it was."""
    tamper("UPDATE versions SET digest = 'f' WHERE number = 2")
    assert versions.verify() == ["Version 2 is not kept under the digest that the record has."]


def test_a_version_taken_out_is_found(versions: Versions, tamper: Callable[[str], None]) -> None:
    """The record still has it."""
    tamper("DELETE FROM versions WHERE number = 2")
    assert versions.verify() == ["Version 2 is in the record and not in the database."]


def test_a_version_put_in_is_found(versions: Versions, tamper: Callable[[str], None]) -> None:
    """The record does not have it, and it cannot be had."""
    tamper("INSERT INTO versions SELECT 4, content, digest FROM versions WHERE number = 1")
    assert versions.verify() == ["Version 4 is in the database and not in the record."]
    with pytest.raises(VersionAltered):
        versions.live()


@pytest.mark.parametrize(("entry", "gap"), [(1, "Entry 2 follows entry 0"), (3, "Entry 4 follows entry 2")])
def test_an_entry_taken_out_is_found(versions: Versions, tamper: Callable[[str], None], entry: int, gap: str) -> None:
    """The numbers have a gap, and what comes after is bound to what is gone."""
    tamper(f"DELETE FROM record WHERE entry = {entry}")  # noqa: S608
    wrong = versions.verify()
    assert wrong[0].startswith(gap)
    assert f"Entry {entry + 1} is not bound to the entry before it." in wrong


def test_an_entry_written_anew_with_its_own_hash_is_found(versions: Versions, tamper: Callable[[str], None]) -> None:
    """To forge one entry, all after it would have to be forged too."""
    entry = replace(versions.log()[1], author="somebody else")
    forged = bound(entry.previous, entry.told())
    tamper(f"UPDATE record SET author = '{entry.author}', hash = '{forged}' WHERE entry = 2")  # noqa: S608
    assert versions.verify() == ["Entry 3 is not bound to the entry before it."]


def test_the_hash_is_one_that_anybody_can_work_out() -> None:
    """SHA-256 of compact JSON with sorted keys, the hash before it among them."""
    written = f'{{"a":1,"b":"é","previous":"{GENESIS}"}}'
    assert bound(GENESIS, {"b": "é", "a": 1}) == hashlib.sha256(written.encode()).hexdigest()
