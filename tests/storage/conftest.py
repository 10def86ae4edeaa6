"""A real database of each kind: a file in a folder of the test's own, and one on a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database of SQLite is, or will be."""
    return tmp_path / "var" / "helpline.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """The DATABASE_URL of a database without anything in it, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def database(url: str) -> Database:
    """A database of either kind at the newest schema."""
    database = Database(url)
    database.upgrade()
    return database


@pytest.fixture
def versions(database: Database) -> Versions:
    """The versions in it, of which there are none yet."""
    return Versions(database)


@pytest.fixture
def sqlite(file: Path) -> Database:
    """A database of SQLite at the newest schema, in which a writer waits a tenth of a second at most."""
    database = Database(f"sqlite:///{file}", wait_ms=100)
    database.upgrade()
    return database


@pytest.fixture
def own(tmp_path: Path, settings: Settings, regions: Path) -> Settings:
    """Settings with a database of the test's own."""
    return settings_in(tmp_path, settings, regions)


@pytest.fixture
def desk(own: Settings) -> Publishing:
    """The desk, with the shipped files live as version 1."""
    return desk_with_version_1(own, Clock(TODAY))
