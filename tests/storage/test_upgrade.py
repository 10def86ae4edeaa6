"""How a database is made, and brought to the newest schema."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from helpline.errors import DatabaseAway, DatabaseNewer
from helpline.storage import schema
from helpline.storage.database import Database
from helpline.storage.tables import METADATA
from helpline.storage.versions import Versions
from tests.storage.published import publish


def test_upgrade_makes_the_database_for_us_only(file: Path) -> None:
    """The folder and the file can be read by nobody else, and nothing else is left there."""
    database = Database(f"sqlite:///{file}")
    assert database.is_there is file.is_file() is False
    database.upgrade()
    assert Database(f"sqlite:///{file}").is_there
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_upgrade_twice_changes_nothing(database: Database, file: Path) -> None:
    """The second time finds the newest schema, without so much as importing the migrations' tool."""
    before = file.read_bytes()
    code = (
        f"import sys; from helpline.storage.database import Database; Database('sqlite:///{file}').upgrade(); "
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
    database.upgrade()
    assert file.read_bytes() == before


def test_upgrades_at_once_are_in_nobodys_way(file: Path) -> None:
    """Workers that start together on a new machine all find the newest schema."""
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(Database(f"sqlite:///{file}").upgrade) for _ in range(8)]:
            done.result()
    assert Versions(Database(f"sqlite:///{file}")).verify() == []
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_upgrades_of_processes_at_once_are_in_nobodys_way(file: Path) -> None:
    """The same between processes."""
    code = f"from helpline.storage.database import Database; Database('sqlite:///{file}').upgrade()"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]  # noqa: S603
    assert [each.wait(30) for each in running] == [0, 0, 0]
    assert Versions(Database(f"sqlite:///{file}")).head() is None


def test_who_looks_while_another_upgrades_waits_and_looks_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds the schema made, and makes nothing."""
    database, looks = Database(f"sqlite:///{file}"), iter([True, False])
    monkeypatch.setattr(schema, "is_behind", lambda _: next(looks))
    database.upgrade()
    with pytest.raises(DatabaseAway, match="no such table: versions"):
        Versions(database).head()


def test_a_database_that_appears_meanwhile_is_not_replaced(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who saw none, and then finds one, uses that one."""
    publish(Versions(database), "a", None)
    monkeypatch.setattr(Database, "is_there", False)
    database.upgrade()
    assert Versions(database).head() is not None


def test_the_migrations_give_the_schema_that_the_program_expects(database: Database) -> None:
    """Nothing is missing, and nothing is there that is not in tables.py."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_newest_revision_is_the_one_the_migrations_lead_to() -> None:
    """The names of the files are in the order of the migrations, and none goes back."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == schema.REVISIONS
    for script in scripts.walk_revisions():
        with pytest.raises(NotImplementedError, match="only go forward"):
            script.module.downgrade()


def test_a_newer_database_is_refused(database: Database, file: Path) -> None:
    """A program that does not know the revision says that it is the older one."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer, match="older than the database, which is at revision '9999'"):
        database.upgrade()


def test_a_migration_cut_short_leaves_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had made is gone, and the next upgrade makes all of it."""
    database = Database(f"sqlite:///{file}")
    with pytest.raises(RuntimeError), monkeypatch.context() as patch:
        run = schema.migrate

        def cut_short(connection: Connection) -> None:
            run(connection)
            raise RuntimeError

        patch.setattr(schema, "migrate", cut_short)
        database.upgrade()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    database.upgrade()
    assert Versions(database).head() is None
