"""A real database in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.storage.database import Database
from helpline.storage.versions import Versions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is, or will be."""
    return tmp_path / "var" / "helpline.db"


@pytest.fixture
def database(file: Path) -> Database:
    """A database at the newest schema, in which a writer waits a tenth of a second at most."""
    database = Database(f"sqlite:///{file}", wait_ms=100)
    database.upgrade()
    return database


@pytest.fixture
def versions(database: Database) -> Versions:
    """The versions in it, of which there are none yet."""
    return Versions(database)
