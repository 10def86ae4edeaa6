"""What is looked at in a backup before it is restored, and what is refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from helpline.errors import BackupAway, BackupRefused
from helpline.storage import schema
from helpline.storage.backup import MARK, back_up
from helpline.storage.database import Database
from helpline.storage.restore import look, restore
from helpline.storage.versions import Versions
from tests.storage import past
from tests.storage.copied import nothing
from tests.storage.filled import fill
from tests.storage.published import BEGIN, publish
from tests.storage.test_upgrade import to_the_first_revision


@pytest.fixture
def backup(sqlite: Database, tmp_path: Path) -> Path:
    """Of a database with something in every table."""
    fill(sqlite)
    back_up(sqlite, tmp_path / "backup.db", nothing)
    return tmp_path / "backup.db"


def refused(backup: Path, tmp_path: Path) -> str:
    """Why it is, to look at and to restore; no database is made of it, and the backup stays as it is."""
    before = backup.read_bytes()
    with pytest.raises(BackupRefused) as seen:
        look(backup)
    with pytest.raises(BackupRefused) as told:
        restore(Database(f"sqlite:///{tmp_path}/new/helpline.db"), backup, at=BEGIN, by="an", copied=nothing)
    assert str(told.value) == str(seen.value)
    assert not (tmp_path / "new").exists()
    assert backup.read_bytes() == before
    return f"{told.value} {told.value.help}".replace(str(backup), "FILE")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE record SET author = 'bo' WHERE entry = 2", "Entry 2 is not as it was written."),
        ("UPDATE versions SET content = content || ' ' WHERE number = 1", "Version 1 is not as it was published."),
        ("UPDATE versions SET digest = 'f' WHERE number = 2", "Version 2 is not kept under the digest"),
        ("DELETE FROM record WHERE entry = 2", "Entry 3 follows entry 1: what stood between them is gone."),
        ("DELETE FROM versions WHERE number = 1", "Version 1 is in the record and not in the database."),
        ("UPDATE dials SET call = 77 WHERE position = 0 AND call = 1", "it is damaged"),
        ("DROP TABLE record", "no such table: record"),
        ("DROP TABLE texts", "no such table: texts"),
        ("DROP TABLE dials", "no such table: dials"),
        ("DROP TABLE alembic_version", "table versions already exists"),
        ("UPDATE texts SET language = CAST(x'ff' AS TEXT)", "Could not decode to UTF-8"),
        ("UPDATE alembic_version SET version_num = '9999'", "a newer program made it. Restore it with that one."),
        ("PRAGMA application_id = 0", "it is no backup. Only what `helpline database backup` has made"),
    ],
)
def test_what_was_changed_is_refused(backup: Path, tmp_path: Path, statement: str, problem: str) -> None:
    """With what is wrong, in words."""
    past.run(f"sqlite:///{backup}", statement)
    assert problem in refused(backup, tmp_path)


def test_a_file_with_bytes_overwritten_is_refused(backup: Path, tmp_path: Path) -> None:
    """As by a disk that fails; what it was is told in SQLite's own words where it has any."""
    whole = backup.read_bytes()
    backup.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    assert "malformed" in refused(backup, tmp_path)


@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_half_a_file_is_refused(backup: Path, tmp_path: Path, kept: float) -> None:
    """As where a copy was cut off."""
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * kept)])
    assert "FILE cannot be restored: " in refused(backup, tmp_path)


@pytest.mark.parametrize("content", [b"", b"-- PostgreSQL database dump\n" * 1000])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty one, or what another program made."""
    (tmp_path / "dump").write_bytes(content)
    told = refused(tmp_path / "dump", tmp_path)
    assert "it is no backup" in told or "file is not a database" in told


def test_a_database_in_use_is_refused(sqlite: Database, file: Path, tmp_path: Path) -> None:
    """What was written last can be in another file beside it."""
    publish(Versions(sqlite), "a", None)
    assert "it is no backup" in refused(file, tmp_path)


def test_a_folder_or_nothing_is_told(tmp_path: Path) -> None:
    """As what cannot be read."""
    with pytest.raises(BackupAway, match="Is a directory"):
        look(tmp_path)
    with pytest.raises(BackupAway, match="No such file"):
        look(tmp_path / "backup.db")


def test_no_room_for_the_check_is_told(backup: Path) -> None:
    """It is made on a copy, in TMPDIR."""
    code = (
        "import resource; from pathlib import Path; from helpline.storage.restore import look\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))\n"
        f"try: look(Path({str(backup)!r}))\n"
        "except Exception as fault: print(type(fault).__name__, fault, fault.help)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert told.startswith(f"BackupAway {backup} cannot be read and copied for the check: File too large. ")
    assert "TMPDIR" in told


def test_the_backup_of_an_older_program_is_brought_up_to_date(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a copy: the file stays as it is, also where it can only be read."""
    old = tmp_path / "old.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrate", to_the_first_revision)
        Database(f"sqlite:///{old}").upgrade()
    publish(Versions(Database(f"sqlite:///{old}")), "a", None)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"PRAGMA application_id = {MARK}")
        connection.execute("PRAGMA journal_mode = DELETE")
    old.chmod(0o400)
    before = old.read_bytes()
    restore(Database(url), old, at=BEGIN, by="an", copied=nothing)
    versions = Versions(Database(url))
    assert [each.action for each in versions.log()] == ["publish", "restore"]
    assert versions.verify() == []
    assert (versions.head() or (0, ""))[0] == 1
    assert old.read_bytes() == before


def test_the_file_is_only_read(backup: Path, tmp_path: Path) -> None:
    """It can be restored from a place where nothing can be written, and as often as one likes."""
    before = backup.read_bytes()
    look(backup)
    for number in range(2):
        restore(Database(f"sqlite:///{tmp_path}/new/{number}.db"), backup, at=BEGIN, by="an", copied=nothing)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.glob("backup*")] == ["backup.db"]
