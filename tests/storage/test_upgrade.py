"""How a database of either kind is made, and brought to the newest schema."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from helpline.errors import DatabaseEmpty, DatabaseNewer
from helpline.storage import revisions, schema
from helpline.storage.database import Database
from helpline.storage.sqlite import SQLite
from helpline.storage.tables import METADATA
from helpline.storage.versions import Versions
from tests.storage import past
from tests.storage.published import publish
from tests.storage.traffic import Traffic, read, write


def scripts() -> Config:
    """Where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS))
    return config


def to_the_first_revision(connection: Connection) -> None:
    """As the first release made a database."""
    config = scripts()
    config.attributes["connection"] = connection
    command.upgrade(config, revisions.REVISIONS[0])


def test_upgrade_makes_the_database_for_us_only(file: Path) -> None:
    """The folder and the file can be read by nobody else, and nothing else is left there."""
    Database(f"sqlite:///{file}").upgrade()
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_database_is_there_once_it_was_made(url: str) -> None:
    """An empty one on a server is not, as a file that is missing is not."""
    database = Database(url)
    assert not database.is_there
    database.upgrade()
    assert Database(url).is_there


def test_upgrade_twice_changes_nothing(sqlite: Database, file: Path) -> None:
    """The second time not a byte is written."""
    before = file.read_bytes()
    sqlite.upgrade()
    assert file.read_bytes() == before


def test_what_is_not_used_is_not_loaded(database: Database, url: str) -> None:
    """An upgrade that finds the newest schema needs no tool of migrations, and a file no driver of a server."""
    code = (
        f"import sys; from helpline.storage.database import Database; Database({url!r}).upgrade(); "
        "print([name for name in ('alembic', 'psycopg') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603
    assert told.strip() == ("[]" if url.startswith("sqlite") else "['psycopg']")


def test_upgrades_at_once_are_in_nobodys_way(url: str, tmp_path: Path) -> None:
    """Workers that start together on a new machine all find the newest schema."""
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(Database(url).upgrade) for _ in range(8)]:
            done.result()
    assert Versions(Database(url)).verify() == []
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] in ([], ["helpline.db"])


def test_upgrades_of_processes_at_once_are_in_nobodys_way(url: str) -> None:
    """The same between processes."""
    code = f"from helpline.storage.database import Database; Database({url!r}).upgrade()"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]  # noqa: S603
    assert [each.wait(30) for each in running] == [0, 0, 0]
    assert Versions(Database(url)).head() is None


def test_who_looks_while_another_upgrades_waits_and_looks_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds the schema made, and makes nothing."""
    database, looks = Database(url), iter([True, False])
    monkeypatch.setattr(schema, "is_behind", lambda _: next(looks))
    database.upgrade()
    with pytest.raises(DatabaseEmpty, match=r'no such table: versions|relation "versions" does not exist') as told:
        Versions(database).head()
    assert told.value.help == "Is it the right one? Then bring it up to date: helpline database upgrade"


def test_a_database_that_appears_meanwhile_is_not_replaced(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who saw none, and then finds one, uses that one."""
    publish(Versions(sqlite), "a", None)
    monkeypatch.setattr(SQLite, "is_there", False)
    sqlite.upgrade()
    assert Versions(sqlite).head() is not None


def test_the_migrations_give_the_schema_that_the_program_expects(database: Database) -> None:
    """Nothing is missing, and nothing is there that is not in tables.py."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_newest_revision_is_the_one_the_migrations_lead_to() -> None:
    """The names of the files are in the order of the migrations, and none goes back."""
    found = list(ScriptDirectory.from_config(scripts()).walk_revisions())
    assert [script.revision for script in found][::-1] == revisions.REVISIONS
    for script in found:
        with pytest.raises(NotImplementedError, match="only go forward"):
            script.module.downgrade()


def test_a_newer_database_is_refused(database: Database, url: str) -> None:
    """A program that does not know the revision says that it is the older one."""
    past.run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer, match="older than the database, which is at revision '9999'"):
        database.upgrade()


def test_a_migration_cut_short_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had made is gone, and the next upgrade makes all of it."""
    database = Database(url)
    with pytest.raises(RuntimeError), monkeypatch.context() as patch:
        run = schema.migrate

        def cut_short(connection: Connection) -> None:
            run(connection)
            raise RuntimeError

        patch.setattr(schema, "migrate", cut_short)
        database.upgrade()
    assert not database.is_there
    database.upgrade()
    assert Versions(database).head() is None


def test_an_older_program_goes_on_while_a_newer_one_upgrades(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Migrations only add, and nobody who reads or writes meanwhile is refused."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrate", to_the_first_revision)
        Database(url).upgrade()
    with Traffic([partial(act, Database(url)) for act in (read, read, write, write)]) as traffic:
        traffic.goes_on()
        Database(url).upgrade()
        traffic.goes_on()
    assert traffic.faults == []
    assert Versions(Database(url)).verify() == []
    assert past.ask(url, "SELECT version_num FROM alembic_version") == [(revisions.REVISIONS[-1],)]
