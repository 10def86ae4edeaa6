"""Where a service finds its table: the database, else the last good copy, else the files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.directory.content import Content
from helpline.errors import DatabaseAway, RegionsRefused, VersionAltered
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.storage.last_good import LastGood
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import edit


def started(settings: Settings, clock: Clock | None = None) -> bootstrap.Helpline:
    """A service as it starts, in the demonstration."""
    return bootstrap.helpline(settings, published=True, placeholders_allowed=True, clock=clock or Clock(TODAY))


def publish(desk: Publishing, content: Content) -> None:
    """Live without a check, as another program or an older release may have put it there."""
    live = desk.live()
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Why"}
    desk.versions.publish(content, on=live.number, at=desk.clock(), **told)


def test_a_service_begins_with_the_live_version(own: Settings, desk: Publishing, regions: Path) -> None:
    """What is edited and not published is not in use."""
    edit(regions / "utrecht.toml", '"+31 30 000 0001", ', "")
    directory = started(own).directory
    assert (directory.found_in, directory.problem) == ("database", None)
    assert directory.current.routes("advice", "utrecht")[0].number == "+31300000001"


def test_without_its_database_it_begins_with_the_last_good_copy(own: Settings, desk: Publishing, regions: Path) -> None:
    """A database that is away costs no call; when it is back its version is taken up."""
    started(own)
    database = Path(own.database_url.removeprefix("sqlite:///"))
    database.rename(database.with_suffix(".away"))
    edit(regions / "utrecht.toml", '"+31 30 000 0001", ', "")
    directory = started(own).directory
    assert directory.found_in == "last good copy"
    assert directory.current.routes("advice", "utrecht")[0].number == "+31300000001"
    with pytest.raises(DatabaseAway):
        directory.look()
    assert "away" in (directory.problem or "")
    database.with_suffix(".away").rename(database)
    directory.look()
    assert (directory.found_in, directory.problem) == ("database", None)


def test_without_both_it_begins_with_the_files(own: Settings) -> None:
    """A machine that has neither database nor copy begins with its files."""
    directory = started(own).directory
    assert directory.found_in == "files"
    assert directory.current.routes("advice", "utrecht")


def test_a_version_with_a_problem_is_left_for_the_last_good_one(own: Settings, desk: Publishing) -> None:
    """A live version that does not pass the check is not begun with, and the page for operators says so."""
    started(own)
    content = desk.live().content
    broken = {**content.files, "utrecht": content.files["utrecht"].replace("000 0001", "OOO 0001")}
    publish(desk, replace(content, files=broken))
    directory = started(own).directory
    assert directory.found_in == "last good copy"
    assert "not taken up" in (directory.problem or "")
    directory.look()  # told once: it is not tried every second


def test_a_version_with_a_problem_is_refused_while_serving(own: Settings, desk: Publishing) -> None:
    """The last good version stays, the problem is raised once, and the next good one is taken up."""
    directory = started(own).directory
    content = desk.live().content
    publish(desk, replace(content, files={**content.files, "utrecht": "name = "}))
    with pytest.raises(RegionsRefused):
        directory.look()
    assert not directory.follow()
    assert "not taken up" in (directory.problem or "")
    publish(desk, content)
    directory.look()
    assert directory.follow()
    assert directory.problem is None


def test_an_altered_version_is_told_once_and_never_used(own: Settings, desk: Publishing) -> None:
    """Content that is not what the record says is not served; the version before stays."""
    directory = started(own).directory
    publish(desk, replace(desk.live().content, announcements=()))
    with desk.versions.database.writing() as connection:
        connection.exec_driver_sql("UPDATE versions SET content = replace(content, '0001', '0008'), digest = 'x'")
    with pytest.raises(VersionAltered):
        directory.look()
    directory.look()
    assert directory.current.version.startswith("1-")
    assert started(own).directory.found_in == "last good copy"


def test_a_call_goes_on_with_its_version_after_a_restart(own: Settings, desk: Publishing) -> None:
    """A service that starts loads the versions that calls may still be on, and no older ones."""
    clock = Clock(TODAY)
    before = started(own).directory.current
    content = desk.live().content
    shorter = content.files["utrecht"].replace('"+31 30 000 0001", ', "")
    publish(desk, replace(content, files={**content.files, "utrecht": shorter}))
    directory = started(own, clock).directory
    assert directory.at(before.version).routes("advice", "utrecht")[0].number == "+31300000001"
    assert directory.current.routes("advice", "utrecht")[0].number == "+31300000002"
    clock.moment = TODAY + timedelta(hours=6)
    assert started(own, clock).directory.at(before.version).routes("advice", "utrecht")[0].number == "+31300000002"


@pytest.mark.parametrize("name", ["1-9-{0}", "1-x-{0}", "1-0-other", "7-0-{0}", "files"])
def test_a_table_that_cannot_be_had_is_the_current_one(own: Settings, desk: Publishing, name: str) -> None:
    """A call whose table is of another machine, or of none, goes on with the current one."""
    directory = started(own).directory
    digest = directory.current.version.rpartition("-")[2]
    assert directory.at(name.format(digest)) is directory.current


def test_a_disk_that_cannot_be_written_costs_the_copy_only(own: Settings, desk: Publishing, tmp_path: Path) -> None:
    """Where the last good copy cannot be kept the table is taken up all the same."""
    (tmp_path / "occupied").write_text("a file where a folder should be")
    elsewhere = own.model_copy(update={"helpline_last_good": tmp_path / "occupied" / "last-good.json"})
    assert started(elsewhere).directory.found_in == "database"
    assert LastGood(elsewhere.helpline_last_good).read() is None
