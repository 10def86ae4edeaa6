"""A service that runs, and a database that is restored."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.errors import DatabaseAway
from helpline.settings import Settings
from helpline.storage.backup import back_up
from helpline.storage.database import Database
from helpline.storage.restore import restore
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, edit, settings_in
from tests.storage.copied import nothing


@pytest.fixture
def own(tmp_path: Path, settings: Settings, regions: Path) -> Settings:
    """Settings with a database of the test's own, where none is yet."""
    return settings_in(tmp_path, settings, regions)


@pytest.fixture
def backup(own: Settings, tmp_path: Path) -> Path:
    """Of a database that is gone, in which the files are version 2; a number in them was changed since."""
    elsewhere, file = f"sqlite:///{tmp_path}/lost/helpline.db", tmp_path / "backup.db"
    desk = desk_with_version_1(own.model_copy(update={"database_url": elsewhere}), Clock(TODAY))
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Once more"}
    desk.versions.publish(desk.versions.get(1).content, on=1, at=TODAY, **told)
    back_up(desk.versions.database, file, nothing)
    edit(own.helpline_regions / "utrecht.toml", '"+31 30 000 0001", ', "")
    return file


def started(own: Settings) -> Helpline:
    """A service as it starts, in the demonstration."""
    return bootstrap.helpline(own, published=True, placeholders_allowed=True, clock=Clock(TODAY))


def first_number(helpline: Helpline) -> str:
    """The first that rings for callers of Utrecht."""
    return helpline.directory.current.routes("advice", "utrecht")[0].number


def test_a_running_service_takes_up_the_restored_version(own: Settings, backup: Path, url: str) -> None:
    """One that found neither database nor copy, and so began with the files."""
    helpline = started(own.model_copy(update={"database_url": url}))
    with contextlib.suppress(DatabaseAway):
        helpline.directory.look()
    helpline.directory.follow()
    assert (helpline.directory.found_in, first_number(helpline)) == ("files", "+31300000002")
    restore(Database(url), backup, at=TODAY, by="an", copied=nothing)
    helpline.directory.look()
    helpline.directory.follow()
    assert (helpline.directory.found_in, first_number(helpline)) == ("database", "+31300000001")
    assert helpline.directory.problem is None


def test_a_restored_file_can_be_put_in_place_under_a_running_service(own: Settings, backup: Path, file: Path) -> None:
    """With SQLite: restored beside it, and then given its name."""
    desk_with_version_1(own, Clock(TODAY))
    helpline = started(own)
    assert first_number(helpline) == "+31300000002"
    beside = file.with_name("restored.db")
    restore(Database(f"sqlite:///{beside}"), backup, at=TODAY, by="an", copied=nothing)
    beside.rename(file)
    helpline.directory.look()
    helpline.directory.follow()
    assert first_number(helpline) == "+31300000001"
    assert helpline.directory.problem is None
