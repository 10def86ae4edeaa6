"""A backup put back into an empty database of either kind: checked first, then all of it or nothing.

1. Nothing that is in the database is touched: where anything is, the restore is refused.
2. The file itself is only read: what is checked is a copy, and that copy is what is put back.
3. The record goes on after its last entry with one that says what was restored.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, inspect, select
from sqlalchemy.exc import DataError, IntegrityError

from helpline.errors import BackupAway, BackupRefused, DatabaseAway, DatabaseNewer
from helpline.storage import entries, in_backup
from helpline.storage.backup import MARK
from helpline.storage.database import Database
from helpline.storage.in_backup import COPIED, Holdings, Rows
from helpline.storage.versions import Versions

ACTION = "restore"  # of the entry in the record
ANOTHER = "Take another backup; nothing was changed."


def look(file: Path) -> Holdings:
    """What is in a backup that can be restored. Raises BackupRefused, BackupAway."""
    with _checked(file) as (_, found):
        return found


def restore(database: Database, file: Path, *, at: datetime, by: str, copied: Callable[[int], None]) -> Holdings:
    """Puts a backup back, and tells what was in it; `copied` hears of each so many rows. `at` carries its zone.

    Raises BackupRefused where the backup cannot be restored or the database is not empty, BackupAway, DatabaseAway,
    DatabaseNewer; then the database is as empty as before.
    """
    with _checked(file) as (backup, found):
        if database.is_there:  # a schema of long ago is not brought up to date only to be refused
            with database.reading() as connection:
                _refuse_filled(connection)
        database.upgrade()
        with backup.reading() as reading, database.writing() as writing:
            _refuse_filled(writing)  # nobody writes beside it from here on
            for table, rows in in_backup.chunks(reading):
                _put(writing, table, rows, file)
                copied(len(rows))
            _count_on(writing)
            entries.append(writing, at=at, author=by, action=ACTION, subject=file.name, reason=_reason(found))
    return found


@contextmanager
def _checked(file: Path) -> Iterator[tuple[Database, Holdings]]:
    """A backup at the newest schema, once it was read to its last row and found to be as it was written."""
    with tempfile.TemporaryDirectory(prefix="helpline-restore-") as folder:  # which only we may enter
        copy = Path(folder) / "backup"
        try:
            shutil.copyfile(file, copy)
        except OSError as fault:
            raise BackupAway(f"{file} cannot be read and copied for the check: {fault.strerror}.") from fault
        _refuse_other(file, copy)
        backup = Database(f"sqlite:///{copy}")
        try:
            backup.upgrade()
            wrong = Versions(backup).verify()
            with backup.reading() as connection:
                for _ in in_backup.chunks(connection):
                    pass
                found = in_backup.holdings(connection)
        except DatabaseNewer:
            raise _refused(file, "a newer program made it", help="Restore it with that one.") from None
        except DatabaseAway as away:
            raise _refused(file, away.words) from None
        if wrong:
            raise _refused(file, "its record is not as it was written", wrong)
        yield backup, found


def _refuse_other(file: Path, copy: Path) -> None:
    """What is no backup, or a damaged one."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            [(mark,)] = connection.execute("PRAGMA application_id")
            damage = [*connection.execute("PRAGMA integrity_check(1)"), *connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as fault:
        raise _refused(file, str(fault)) from None
    if mark != MARK:
        raise _refused(file, "it is no backup", help="Only what `helpline database backup` has made can be restored.")
    if damage != [("ok",)]:
        raise _refused(file, "it is damaged")


def _refused(file: Path, why: str, wrong: Sequence[str] = (), *, help: str = ANOTHER) -> BackupRefused:  # noqa: A002
    lines = "".join(f"\n  {each}" for each in wrong)
    return BackupRefused(f"{file} cannot be restored: {why}.{lines}", help=help)


def _reason(found: Holdings) -> str:
    """For the record; what was there is in it whole, bound to the entry that has this reason."""
    return f"Its last entry was {found.entries}, {found.last_hash[:16]}" if found.last_hash else "It had no entries"


def _refuse_filled(connection: Connection) -> None:
    there = inspect(connection).get_table_names()
    tables = [each.table for each in COPIED if each.table.name in there]
    filled = [table.name for table in tables if connection.execute(select(table.primary_key.columns[0]).limit(1)).all()]
    if filled:
        raise BackupRefused(
            f"The database is not empty (there is something in {', '.join(filled)}), and a restore takes the place of"
            " nothing.",
            help="Set DATABASE_URL to a new one: a file that is not there yet, or an empty database of the server.",
        )


def _put(connection: Connection, table: Table, rows: Rows, file: Path) -> None:
    try:
        connection.execute(insert(table), rows)
    except (IntegrityError, DataError):  # SQLite takes any value in any column, a server does not
        raise _refused(file, f"something in its table {table.name} does not fit into the database") from None


def _count_on(connection: Connection) -> None:
    """On PostgreSQL numbers that were given to rows are not counted by what numbers the next."""
    if connection.dialect.name != "postgresql":
        return
    for each in COPIED:
        if (column := each.table.autoincrement_column) is not None:
            sequence = func.pg_get_serial_sequence(each.table.name, column.name)
            highest = select(func.max(column)).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest)))
