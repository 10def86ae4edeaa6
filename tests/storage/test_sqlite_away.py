"""What is said where a database of SQLite is away."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from helpline.errors import DatabaseAway
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN, publish

NOBODY = 65534


def away(database: Database, words: str) -> None:
    """Reading and writing both say so, in these words, and show nothing of the URL."""
    for act in (Versions(database).head, lambda: publish(Versions(database), "a", None)):
        with pytest.raises(DatabaseAway, match=words) as told:
            act()
        assert "helpline.db" not in str(told.value) + told.value.help
        assert "sqlite" not in str(told.value)


def test_a_missing_database_is_not_made(file: Path) -> None:
    """To read or to write makes no file: only an upgrade does."""
    away(Database(f"sqlite:///{file}"), "unable to open database file")
    file.parent.mkdir()
    away(Database(f"sqlite:///{file}"), "unable to open database file")
    assert not file.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """As it is where a file stands in its place."""
    (tmp_path / "var").write_text("")
    with pytest.raises(DatabaseAway, match=r"written: (File exists|Not a directory)\."):
        Database(f"sqlite:///{tmp_path}/var/lib/helpline.db").upgrade()


def test_a_file_that_is_no_database_is_told(sqlite: Database, file: Path) -> None:
    """Whatever stands there is left as it is."""
    file.write_bytes(b"name = 'Utrecht'\n" * 1000)
    away(sqlite, "file is not a database")
    with pytest.raises(DatabaseAway, match="file is not a database"):
        sqlite.upgrade()
    assert file.read_bytes() == b"name = 'Utrecht'\n" * 1000


def test_a_database_with_pages_overwritten_is_told(sqlite: Database, file: Path) -> None:
    """As by a disk that fails."""
    publish(Versions(sqlite), "a" * 20_000, None)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    away(sqlite, "malformed")


def test_a_writer_waits_no_longer_than_it_may(sqlite: Database, file: Path) -> None:
    """While another one writes reading goes on, and a write gives up in the end."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert Versions(sqlite).head() is None
        with pytest.raises(DatabaseAway, match="database is locked"):
            publish(Versions(sqlite), "a", None)
        other.rollback()
    assert publish(Versions(sqlite), "a", None).number == 1


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no mode of a file stops."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_database_that_may_not_be_written_is_told() -> None:
    """A file and a folder of somebody else's."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "helpline.db"
        database = Database(f"sqlite:///{file}")
        database.upgrade()
        Path(folder).chmod(0o555)
        file.chmod(0o444)
        with _as_nobody():
            away(database, "readonly database|unable to open database file")
        Path(folder).chmod(0o700)


def test_a_full_disk_is_told(file: Path) -> None:
    """The publish is not done, and what was there before is whole."""
    code = (
        "import resource, signal, sys; from helpline.storage.database import Database; "
        "from helpline.storage.versions import Versions; from tests.storage.published import publish\n"
        f"database = Database('sqlite:///{file}'); database.upgrade(); versions = Versions(database)\n"
        "publish(versions, 'a', None); signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))\n"
        "try: publish(versions, 'b' * 200_000, 1)\n"
        "except Exception as fault: print(type(fault).__name__, fault)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert told.startswith("DatabaseAway The database cannot be reached or written: ")
    versions = Versions(Database(f"sqlite:///{file}"))
    assert (len(versions.log()), versions.verify()) == (1, [])
    versions.note(at=BEGIN, author="an", action="check", subject="", reason="")
