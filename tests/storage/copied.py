"""What is copied of a database, to be held against another."""

from __future__ import annotations

from typing import Any

from helpline.storage import in_backup
from helpline.storage.database import Database

Table = list[tuple[Any, ...]]


def rows_in(database: Database) -> dict[str, Table]:
    """The rows of each table as far as they are copied, by name, in the order of their keys."""
    found: dict[str, Table] = {each.table.name: [] for each in in_backup.COPIED}
    with database.reading() as connection:
        for table, rows in in_backup.chunks(connection):
            found[table.name] += [tuple(row.values()) for row in rows]
    return found


def nothing(rows: int) -> None:
    """For whom it does not matter how many were copied."""
