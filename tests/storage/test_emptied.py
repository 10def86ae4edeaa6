"""A service whose database was lost, and another one put in its place, without anything in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from helpline import bootstrap, log
from helpline.bootstrap import Helpline
from helpline.directory.content import Content
from helpline.directory.live import AWAY, EMPTY
from helpline.errors import DatabaseAway, DatabaseEmpty
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.storage.last_good import LastGood
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, edit, settings_in
from tests.postgresql import USER, Server
from tests.storage import past


@pytest.fixture
def own(tmp_path: Path, settings: Settings, regions: Path, url: str) -> Settings:
    """Settings with a database of the test's own, of either kind."""
    return settings_in(tmp_path, settings, regions).model_copy(update={"database_url": url})


@pytest.fixture
def desk(own: Settings) -> Publishing:
    """The desk, with the shipped files live as version 1."""
    return desk_with_version_1(own, Clock(TODAY))


@pytest.fixture
def empty(request: pytest.FixtureRequest, url: str) -> Callable[[], None]:
    """Puts a database without anything in it in the place of the one that is there."""

    def file() -> None:
        path = Path(url.removeprefix(past.SQLITE))
        for beside in path.parent.glob(f"{path.name}*"):
            beside.unlink()
        path.touch()

    if url.startswith(past.SQLITE):
        return file
    server: Server = request.getfixturevalue("postgresql")

    def database() -> None:
        server.run("DROP OWNED BY {} CASCADE", USER, database=url.rpartition("/")[2])

    return database


def problem(helpline: Helpline) -> str | None:
    """What /ready says of it."""
    return helpline.directory.problem


def machine(settings: Settings, number: int) -> Settings:
    """The same settings on another machine, with a last good copy of its own."""
    path = settings.helpline_last_good.with_name(f"last-good-{number}.json")
    return settings.model_copy(update={"helpline_last_good": path})


def started(settings: Settings, clock: Clock | None = None) -> Helpline:
    """A service as it starts, in the demonstration."""
    return bootstrap.helpline(settings, published=True, placeholders_allowed=True, clock=clock or Clock(TODAY))


def publish(desk: Publishing, content: Content) -> None:
    """Live without a walk."""
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Why"}
    desk.versions.publish(content, on=desk.live().number, at=desk.clock(), **told)


def shorter(content: Content) -> Content:
    """The same with one number of Utrecht's less."""
    utrecht = content.files["utrecht"].replace('"+31 30 000 0001", ', "")
    return replace(content, files={**content.files, "utrecht": utrecht})


def first_number(helpline: Helpline) -> str:
    """Of Utrecht, in the table that calls begin with."""
    helpline.directory.follow()
    return helpline.directory.current.routes("advice", "utrecht")[0].number


def test_a_running_service_puts_back_what_it_has(
    own: Settings, desk: Publishing, empty: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    """Its version, under its number: calls notice nothing, and the log and the record say what happened."""
    log.configure()
    publish(desk, shorter(desk.live().content))
    service = started(own)
    table = service.directory.current
    empty()
    service.directory.look()
    assert problem(service) is None
    assert not service.directory.follow()
    assert service.directory.current is table
    assert desk.live().number == 2
    assert [(entry.version, entry.action) for entry in desk.versions.log()] == [(2, "put back")]
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [line["version"] for line in lines if line["event"] == "database_refilled"] == [2]


def test_what_is_published_afterwards_is_taken_up(own: Settings, desk: Publishing, empty: Callable[[], None]) -> None:
    """Under the next number, as if nothing had happened."""
    service = started(own)
    empty()
    service.directory.look()
    publish(desk, shorter(desk.live().content))
    service.directory.look()
    assert first_number(service) == "+31300000002"
    assert service.directory.current.version.startswith("2-")


def test_of_two_machines_the_newer_version_wins(own: Settings, desk: Publishing, empty: Callable[[], None]) -> None:
    """Also where the one with the older version looks first, or the other one does."""
    behind, ahead = started(machine(own, 1)), started(machine(own, 2))
    publish(desk, shorter(desk.live().content))
    ahead.directory.look()
    for order in ((behind, ahead, behind), (ahead, behind)):
        empty()
        for service in order:
            service.directory.look()
        assert desk.live().number == 2
        assert [first_number(service) for service in (behind, ahead)] == ["+31300000002"] * 2


def test_what_somebody_published_there_first_is_taken_up(
    own: Settings, desk: Publishing, empty: Callable[[], None]
) -> None:
    """A lower number of an operator's counts for more than a higher one of a machine's."""
    publish(desk, desk.live().content)
    service = started(own)
    content = shorter(desk.live().content)
    empty()
    desk.versions.database.upgrade()
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Anew"}
    desk.versions.publish(content, on=None, at=TODAY, **told)
    service.directory.look()
    assert first_number(service) == "+31300000002"
    assert [entry.author for entry in desk.versions.log()] == ["anna"]


def test_a_service_that_began_with_its_copy_puts_that_back(
    own: Settings, desk: Publishing, empty: Callable[[], None]
) -> None:
    """Its table is found in the database again then."""
    publish(desk, shorter(desk.live().content))
    started(own)
    empty()
    service = started(own)
    assert (service.directory.found_in, first_number(service)) == ("last good copy", "+31300000002")
    service.directory.look()
    assert problem(service) is None
    assert str(service.directory.found_in) == "database"
    assert desk.live().number == 2


def test_a_service_without_a_version_says_so(own: Settings, desk: Publishing, empty: Callable[[], None]) -> None:
    """It goes on with its files until something is published."""
    content = shorter(desk.live().content)
    empty()
    service = started(own)
    assert service.directory.found_in == "files"
    with pytest.raises(DatabaseEmpty, match="it is empty, and this machine has no published version to put back"):
        service.directory.look()
    assert problem(service) == EMPTY
    desk.versions.database.upgrade()
    desk.versions.publish(content, on=None, at=TODAY, author="anna", action="publish", subject="regions", reason="Why")
    service.directory.look()
    assert (problem(service), first_number(service)) == (None, "+31300000002")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_what_cannot_be_put_back_yet_is_a_problem_until_it_is(
    own: Settings, desk: Publishing, empty: Callable[[], None], postgresql: Server
) -> None:
    """The new database may not be written to; or is away again."""
    service, name = started(own), own.database_url.rpartition("/")[2]
    empty()
    postgresql.run("ALTER DATABASE {} SET default_transaction_read_only = on", name)
    with pytest.raises(DatabaseEmpty, match=r"this machine's version cannot be put back: .*read-only"):
        service.directory.look()
    assert problem(service) == EMPTY
    postgresql.stop()
    with pytest.raises(DatabaseAway):
        service.directory.look()
    assert problem(service) == AWAY
    postgresql.start()
    postgresql.run("ALTER DATABASE {} RESET default_transaction_read_only", name)
    service.directory.look()
    assert problem(service) is None
    assert desk.live().number == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_is_gone_is_not_made(own: Settings, desk: Publishing, file: Path) -> None:
    """It may be on a disk that will be back: the service waits, and says that the database is away."""
    service = started(own)
    file.rename(file.with_suffix(".away"))
    with pytest.raises(DatabaseAway):
        service.directory.look()
    assert (problem(service), file.exists()) == (AWAY, False)


def test_a_first_start_after_a_loss_puts_the_copy_back(
    own: Settings, desk: Publishing, empty: Callable[[], None], regions: Path
) -> None:
    """Not the files, and not from 1 again: calls under way carry the number."""
    publish(desk, shorter(desk.live().content))
    started(own)
    empty()
    edit(regions / "utrecht.toml", '"+31 30 000 0001"', '"+31 30 000 0008"')
    bootstrap.begin(own, placeholders_allowed=True, clock=Clock(TODAY))
    assert [(entry.version, entry.author, entry.action) for entry in desk.versions.log()] == [
        (2, "helpline", "put back")
    ]
    assert first_number(started(own)) == "+31300000002"


def test_a_start_after_the_files_of_another_puts_the_copy_back(
    own: Settings, desk: Publishing, empty: Callable[[], None]
) -> None:
    """A machine that never served had only its files; within the hour the copy wins, later it does not."""
    publish(desk, shorter(desk.live().content))
    started(own)
    for later, version in ((timedelta(minutes=5), 2), (timedelta(hours=2), 1)):
        empty()
        bootstrap.begin(machine(own, 9), placeholders_allowed=True, clock=Clock(TODAY))
        assert desk.live().entry.reason == "First start"
        bootstrap.begin(own, placeholders_allowed=True, clock=Clock(TODAY + later))
        assert desk.live().number == version


def test_a_copy_that_is_not_sound_today_is_left(own: Settings, desk: Publishing, empty: Callable[[], None]) -> None:
    """As one of a demonstration, where real numbers are wanted; the files are published then."""
    content = desk.live().content
    broken = {**content.files, "utrecht": content.files["utrecht"].replace("000 0001", "OOO 0001")}
    LastGood(own.helpline_last_good).keep("7", replace(content, files=broken))
    empty()
    bootstrap.begin(own, placeholders_allowed=True, clock=Clock(TODAY))
    assert (desk.live().number, desk.live().entry.reason) == (1, "First start")
