"""A backup put back into either kind of database: all of it or nothing, and only where nothing is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpline.errors import BackupRefused, DatabaseNewer
from helpline.storage.backup import back_up
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from helpline.storage.restore import restore
from helpline.storage.rung import Rung
from helpline.storage.tables import CALLS, METADATA, RUNG, TEXTS
from helpline.storage.versions import Versions
from tests.storage import past
from tests.storage.copied import nothing, rows_in
from tests.storage.filled import HOUR, NUMBER, WHOLE, fill
from tests.storage.kept import rows_of
from tests.storage.published import BEGIN, publish


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of a database with something in every table."""
    database, file = Database(f"sqlite:///{tmp_path}/other/helpline.db"), tmp_path / "backup.db"
    fill(database)
    back_up(database, file, nothing)
    return file


def put_back(database: Database, backup: Path) -> None:
    """As the operator an restores it."""
    restore(database, backup, at=BEGIN, by="an", copied=nothing)


def is_empty(database: Database) -> bool:
    """Whether no table of ours has a row."""
    return not database.is_there or not any(rows_of(database, table) for table in METADATA.sorted_tables)


def test_all_that_was_copied_comes_back(backup: Path, url: str) -> None:
    """And an entry of the record tells who restored what; it goes on from the last one."""
    database = Database(url)
    before = rows_in(Database(f"sqlite:///{backup}"))
    copied: list[int] = []
    told = restore(database, backup, at=BEGIN, by="an", copied=copied.append)
    after = rows_in(database)
    *entries, restored = Versions(database).log()
    assert after | {"record": after["record"][:-1]} == before
    assert sum(copied) == sum(map(len, before.values()))
    assert (told.entries, told.last_hash) == (len(entries), entries[-1].hash)
    assert (restored.author, restored.action, restored.subject) == ("an", "restore", "backup.db")
    assert restored.reason == f"Its last entry was {len(entries)}, {entries[-1].hash[:16]}"
    assert Versions(database).verify() == []


def test_a_backup_of_nothing_can_be_restored(url: str, tmp_path: Path) -> None:
    """The record begins with that."""
    empty = Database(f"sqlite:///{tmp_path}/other/helpline.db")
    empty.upgrade()
    assert back_up(empty, tmp_path / "backup.db", nothing).last_hash is None
    put_back(Database(url), tmp_path / "backup.db")
    [entry] = Versions(Database(url)).log()
    assert (entry.entry, entry.reason) == (1, "It had no entries")


def test_there_and_back_again_is_the_same(backup: Path, postgresql_url: str, tmp_path: Path) -> None:
    """From SQLite to PostgreSQL and back, row by row."""
    server, file = Database(postgresql_url), Database(f"sqlite:///{tmp_path}/back/helpline.db")
    put_back(server, backup)
    back_up(server, tmp_path / "of-the-server.db", nothing)
    put_back(file, tmp_path / "of-the-server.db")
    begun, there, back = (rows_in(each) for each in (Database(f"sqlite:///{backup}"), server, file))
    assert back | {"record": back["record"][:-2]} == there | {"record": there["record"][:-1]} == begun
    assert back["record"][:-1] == there["record"]
    assert Versions(file).verify() == []


def test_work_goes_on_after_it(backup: Path, url: str) -> None:
    """Whatever is added gets a number that is free, in every table that counts by itself."""
    database = Database(url)
    put_back(database, backup)
    before = {table: {row[0] for row in rows_of(database, table)} for table in (CALLS, TEXTS, RUNG)}
    assert publish(Versions(database), "d", 2).number == 3
    text = TextRecord(HOUR, "", "", "help")
    Calls(database).write(Batch({"c" * 64: Progress(HOUR, 8, WHOLE)}, {"d" * 64: text}))
    Rung(database).add(NUMBER, "accepted", BEGIN)
    added = {table: {row[0] for row in rows_of(database, table)} - before[table] for table in before}
    assert [(len(numbers), min(numbers) > max(before[table])) for table, numbers in added.items()] == [(1, True)] * 3


def test_a_database_with_anything_in_it_is_left_as_it_is(backup: Path, database: Database) -> None:
    """And where it could be put instead is told."""
    Rung(database).claim("2026-11-25")
    before = [rows_of(database, table) for table in METADATA.sorted_tables]
    with pytest.raises(BackupRefused, match=r"not empty \(there is something in rounds\)") as told:
        put_back(database, backup)
    assert told.value.help.startswith("Set DATABASE_URL to a new one")
    assert [rows_of(database, table) for table in METADATA.sorted_tables] == before


class Shared(Database):
    """A database that a service fills with what calls go by as soon as it is made."""

    def upgrade(self) -> None:
        """Makes it."""
        super().upgrade()
        publish(Versions(self), "z", None)


def test_what_is_put_there_meanwhile_is_not_touched(backup: Path, url: str) -> None:
    """The restore comes too late, and says so."""
    with pytest.raises(BackupRefused, match=r"not empty \(there is something in versions, record\)"):
        put_back(Shared(url), backup)
    assert len(Versions(Database(url)).log()) == 1


def test_an_older_database_is_not_brought_up_to_date_to_be_refused(backup: Path, database: Database, url: str) -> None:
    """Nothing is changed where something is."""
    publish(Versions(database), "z", None)
    past.run(url, "DROP TABLE drafts")
    past.run(url, "UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(BackupRefused, match="not empty"):
        put_back(database, backup)
    assert past.ask(url, "SELECT version_num FROM alembic_version") == [("0003",)]


def test_a_newer_database_is_refused(backup: Path, database: Database, url: str) -> None:
    """This program does not know what must be in there."""
    past.run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer):
        put_back(database, backup)


@pytest.mark.parametrize("after", [1, 4, 8])
def test_what_fails_midway_leaves_nothing(backup: Path, url: str, after: int) -> None:
    """Wherever it fails the database is as empty as before, and the next restore is whole."""
    left = after

    def fails(_: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        restore(Database(url), backup, at=BEGIN, by="an", copied=fails)
    assert is_empty(Database(url))
    put_back(Database(url), backup)
    assert Versions(Database(url)).verify() == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("calls", "language = 'nl-NL-Latn-x'"),
        ("calls", "seconds = 1e12"),
        ("drafts", "typed = CAST(x'610062' AS TEXT)"),
    ],
)
def test_what_a_server_does_not_take_is_told(backup: Path, postgresql_url: str, table: str, change: str) -> None:
    """SQLite takes everything; somebody put it there past the program. The value itself is not shown."""
    past.run(f"sqlite:///{backup}", f"UPDATE {table} SET {change}")  # noqa: S608
    with pytest.raises(BackupRefused, match=f"something in its table {table} does not fit into the database"):
        put_back(Database(postgresql_url), backup)
    assert is_empty(Database(postgresql_url))


def test_a_kill_leaves_nothing(backup: Path, url: str, tmp_path: Path) -> None:
    """The same where the program is gone from one moment to the next."""
    command = [sys.executable, "-m", "tests.storage.killed_in_backup", "restore", url, str(backup)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}  # where it leaves the copy that it worked on
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:  # noqa: S603
        assert process.stdout
        assert process.stdout.readline() == b"2\n"
        process.kill()
    assert is_empty(Database(url))
    put_back(Database(url), backup)
