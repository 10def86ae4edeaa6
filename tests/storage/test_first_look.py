"""What a service that starts asks of SQLite itself: the same as the whole way finds, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from helpline.errors import SettingsFault
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.storage.first_look import first_look
from helpline.storage.operators import Operator, Operators
from helpline.storage.versions import Published, Versions
from tests.conftest import TODAY

HOUR = timedelta(hours=1)


@pytest.fixture
def versions(desk: Publishing) -> Versions:
    """Four versions, an hour between each and the next."""
    for number in range(1, 4):
        told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Why"}
        desk.versions.publish(desk.live().content, on=number, at=TODAY + number * HOUR, **told)
    return desk.versions


def run(settings: Settings, statement: str, *values: object) -> None:
    """Another program writes into the database."""
    with closing(sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))) as connection:
        connection.execute(statement, values)
        connection.commit()


def numbered(published: Published) -> tuple[int, object]:
    """A version as a first look tells it."""
    return published.number, published.content


@pytest.mark.parametrize("since", [TODAY - HOUR, TODAY, TODAY + HOUR / 2, TODAY + 2 * HOUR, TODAY + 9 * HOUR])
def test_it_finds_what_the_whole_way_finds(own: Settings, versions: Versions, since: datetime) -> None:
    """The live version, and those before it that were live at a moment or later."""
    found, live = first_look(own.database_url, since), versions.live()
    assert found and live
    assert found.live == numbered(live)
    assert [*found.recent] == [numbered(each) for each in versions.since(since)]


def test_an_older_version_that_was_altered_is_left_out(own: Settings, versions: Versions) -> None:
    """As on the whole way: a call on it goes by what is live."""
    run(own, "UPDATE versions SET content = content || ' ' WHERE number = 3")
    found = first_look(own.database_url, TODAY + HOUR / 2)
    assert found
    assert (
        [number for number, _ in found.recent] == [each.number for each in versions.since(TODAY + HOUR / 2)] == [1, 2]
    )


def test_it_finds_who_may_sign_in(own: Settings, desk: Publishing) -> None:
    """By name."""
    Operators(desk.versions.database).add(Operator("anna", "reader", "hash"), at=TODAY, by="anna")
    found = first_look(own.database_url, TODAY)
    assert found
    assert found.operators == {"anna"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '0001'",
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "DELETE FROM versions",
        "DELETE FROM record",
        "UPDATE versions SET content = content || ' '",
        "UPDATE versions SET content = x'ff'",
        "DROP TABLE operators",
    ],
)
def test_what_is_not_as_it_should_be_is_left_to_the_whole_way(own: Settings, desk: Publishing, statement: str) -> None:
    """Another schema, nothing live, or a version that is not as it was published."""
    assert first_look(own.database_url, TODAY)
    run(own, statement)
    assert first_look(own.database_url, TODAY) is None


def test_a_database_that_is_not_there_is_not_made(own: Settings) -> None:
    """Nor the folder in which it would be."""
    assert first_look(own.database_url, TODAY) is None
    assert not Path(own.database_url.removeprefix("sqlite:///")).parent.exists()


def test_what_is_no_database_is_left_to_the_whole_way(tmp_path: Path) -> None:
    """Which tells of it."""
    (tmp_path / "text").write_text("no database", "utf-8")
    assert first_look(f"sqlite:///{tmp_path}/text", TODAY) is None


def test_a_server_is_asked_on_the_whole_way() -> None:
    """Its driver takes as long to load as SQLAlchemy."""
    assert first_look("postgresql://nobody@127.0.0.1:1/none", TODAY) is None


def test_a_url_that_cannot_be_used_is_told_at_once() -> None:
    """As on the whole way."""
    with pytest.raises(SettingsFault):
        first_look("sqlite:///:memory:", TODAY)
