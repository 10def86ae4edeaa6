"""What a backup has, and what it never has."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.storage import in_backup
from helpline.storage.backup import back_up
from helpline.storage.database import Database
from helpline.storage.in_backup import COPIED, LEFT_OUT
from helpline.storage.tables import CALLS, DIALS, METADATA, RUNG, TEXTS
from tests.storage.copied import nothing, rows_in
from tests.storage.filled import NEVER, fill
from tests.storage.kept import calls_in, rows_of


@pytest.fixture
def backup(database: Database, tmp_path: Path) -> Path:
    """Of a database with something in every table."""
    fill(database)
    file = tmp_path / "backup.db"
    back_up(database, file, nothing)
    return file


def test_every_table_is_copied_or_left_out() -> None:
    """A new table must be put on one of the two lists; nothing of it is in a backup by chance."""
    named = [*(each.table for each in COPIED), *LEFT_OUT]
    assert sorted(table.name for table in named) == sorted(METADATA.tables)


def test_a_row_is_copied_after_what_it_points_at() -> None:
    """So that a server takes it."""
    order = [each.table for each in COPIED]
    pointing = [(each, key.column.table) for each in order for key in each.foreign_keys]
    assert pointing == [(DIALS, CALLS)]
    assert order.index(CALLS) < order.index(DIALS)


def test_what_leads_to_somebody_is_nowhere_in_the_file(backup: Path, database: Database) -> None:
    """No hash, SID, session, password, second factor or moment of a call, in any byte; all are in the database."""
    bytes_of_it = backup.read_bytes()
    assert [secret for secret in NEVER if secret.encode() in bytes_of_it] == []
    there = str([rows_of(database, table) for table in METADATA.sorted_tables])
    assert [secret for secret in NEVER if secret not in there] == []


def test_what_is_not_copied_is_empty(backup: Path) -> None:
    """Tables that are left out are there, without a row; columns are, without a value."""
    copy = Database(f"sqlite:///{backup}")
    assert [table.name for table in LEFT_OUT if rows_of(copy, table)] == []
    assert {row[-1] for table in (RUNG, TEXTS) for row in rows_of(copy, table)} == {None}


def test_a_call_under_way_is_not_in_it(backup: Path, database: Database) -> None:
    """Nor are its dials; every call that is over is, with its own."""
    copy = Database(f"sqlite:///{backup}")
    over = [call for call in calls_in(database) if call.complete]
    assert len(over) == len(calls_in(database)) - 1
    assert calls_in(copy) == over
    assert len(rows_of(copy, DIALS)) == sum(len(call.dials) for call in over)


def test_all_else_is_the_same_row_by_row(backup: Path, database: Database) -> None:
    """By tables, in the order of their keys."""
    assert rows_in(Database(f"sqlite:///{backup}")) == rows_in(database)
    assert [name for name, rows in rows_in(database).items() if not rows] == []


def test_more_rows_than_are_copied_at_once_all_come(database: Database) -> None:
    """Each once."""
    fill(database, calls=2 * in_backup.AT_ONCE + 7)
    rows = rows_in(database)
    assert len(rows["calls"]) == 2 * in_backup.AT_ONCE + 7
    assert len(rows["dials"]) == 2 * len(rows["calls"])
    assert len({row[0] for row in rows["calls"]}) == len(rows["calls"])
