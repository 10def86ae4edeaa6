"""A database that a report is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.storage.counts import Counts
from helpline.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database of SQLite; tests/storage counts in one of each kind."""
    database = Database(f"sqlite:///{tmp_path}/helpline.db")
    database.upgrade()
    return database


@pytest.fixture
def counts(database: Database) -> Counts:
    """What is counted in it."""
    return Counts(database)
