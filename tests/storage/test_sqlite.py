"""What is particular to SQLite: a file, its folder, and whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage.published import publish


def test_a_write_is_on_disk_before_it_is_told(sqlite: Database) -> None:
    """The log is written ahead and synchronised in full."""
    with sqlite.reading() as connection:
        pragmas = ("journal_mode", "synchronous", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    assert found == ["wal", 2, 100]


def test_a_path_of_any_signs_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative or absolute, with blanks, percent and hash signs."""
    for path in ("relative.db", "a b/50%25#1.db", str(tmp_path / "whole" / "é.db")):
        monkeypatch.chdir(tmp_path)
        database = Database(f"sqlite:///{path}")
        database.upgrade()
        assert publish(Versions(database), "a", None).number == 1
        assert (tmp_path / path).is_file()
