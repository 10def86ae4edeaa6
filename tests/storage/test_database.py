"""Where a database is found, and how it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from helpline.errors import SettingsFault
from helpline.storage.database import Database
from helpline.storage.tables import VERSIONS
from helpline.storage.versions import Versions
from tests.storage.published import publish


def test_a_write_is_on_disk_before_it_is_told(database: Database) -> None:
    """The log is written ahead and synchronised in full."""
    with database.reading() as connection:
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


@pytest.mark.parametrize(
    "url",
    [
        "postgres://helpline:secret@host/db",
        "postgresql://helpline:secret@host/db",
        "secret.db",
        "sqlite://secret",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:secret",
        "sqlite:///secret?mode=memory",
        "",
    ],
)
def test_another_url_is_refused_and_not_shown(url: str) -> None:
    """Only a file of SQLite can be used yet, and a password in the URL is nowhere repeated."""
    with pytest.raises(SettingsFault, match=r"DATABASE_URL .*only sqlite:///… is supported yet") as told:
        Database(url)
    assert "secret" not in str(told.value) + told.value.help


def test_a_row_that_does_not_fit_is_no_fault_of_the_database(database: Database) -> None:
    """A number that is taken raises what the caller can tell apart, and nothing of the transaction stays."""
    publish(Versions(database), "a", None)
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(VERSIONS).values(number=2, content="", digest=""))
        connection.execute(insert(VERSIONS).values(number=1, content="", digest=""))
    assert Versions(database).verify() == []
