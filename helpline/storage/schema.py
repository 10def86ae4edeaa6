"""Which revision of the schema a database is at, and how it is brought to the newest."""

from __future__ import annotations

import importlib

from sqlalchemy import Connection, inspect

from helpline.errors import DatabaseNewer
from helpline.storage.revisions import MIGRATIONS, REVISIONS


def is_made(connection: Connection) -> bool:
    """True where there is a schema of ours, of whatever revision."""
    return inspect(connection).has_table("alembic_version")


def is_behind(connection: Connection) -> bool:
    """True where migrations are still to be run. Raises DatabaseNewer where this program does not know the revision."""
    if not is_made(connection):
        return True
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and found not in REVISIONS:
        raise DatabaseNewer(found)
    return bool(found != REVISIONS[-1])


def load_migrations() -> None:
    """Loads what runs them: it takes longer than all else, and in a transaction a server would take us for dead."""
    importlib.import_module("alembic.command")


def migrate(connection: Connection) -> None:
    """Runs the migrations that are still to be run, in the transaction that is open on the connection."""
    from alembic import command  # only here: whoever finds the newest schema does without
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
