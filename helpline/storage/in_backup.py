"""What a backup has of each table and what it never has, in the order in which rows are copied.

1. Nothing in it leads from a call or a text to its row, names one at Twilio, or lets anybody in.
2. No call that is under way: when the backup was made is known, and then it would be known when somebody rang. And
   what comes of that call later would be taken for another one.
3. No operator: a restore must not let in again who was removed since, nor by a password that was changed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal, select, true, tuple_

from helpline.storage import entries
from helpline.storage.tables import (
    CALLS,
    DIALS,
    DRAFTS,
    ERASURES,
    FAILURES,
    OPERATORS,
    RECORD,
    ROUNDS,
    RUNG,
    SESSIONS,
    TEXTS,
    UNDER_WAY,
    VERSIONS,
)

AT_ONCE = 200  # rows in memory at a time; a version is some 35 kB
Rows = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Copied:
    """A table as far as a backup has it: all of its rows and columns unless said otherwise."""

    table: Table
    without: tuple[str, ...] = ()
    only: ColumnElement[bool] = true()  # noqa: RUF009 - it cannot be changed

    @property
    def rows(self) -> Select[*tuple[Any, ...]]:
        """What is copied of it."""
        columns = [column for column in self.table.c if column.name not in self.without]
        return select(*columns).where(self.only)


COPIED = (
    Copied(VERSIONS),
    Copied(RECORD),
    Copied(DRAFTS),
    Copied(ROUNDS),
    Copied(RUNG, without=("call",)),
    Copied(CALLS, only=CALLS.c.complete),
    # Looked up call by call: a server without statistics would join all calls anew for each few dials.
    Copied(DIALS, only=select(CALLS.c.complete).where(CALLS.c.id == DIALS.c.call).scalar_subquery()),
    Copied(TEXTS, without=("hash",)),
)
LEFT_OUT = (OPERATORS, SESSIONS, FAILURES, ERASURES, UNDER_WAY)


@dataclass(frozen=True)
class Holdings:
    """How much there is to be copied; `last_hash` is that of the record's last entry, None where it has none."""

    versions: int
    entries: int
    calls: int
    texts: int
    last_hash: str | None


def holdings(connection: Connection) -> Holdings:
    """What a backup of this database has, or this backup."""
    told = {VERSIONS, RECORD, CALLS, TEXTS}
    counts = {each.table: _count(connection, each) for each in COPIED if each.table in told}
    last = entries.newest(connection, 1, None)
    return Holdings(
        counts[VERSIONS], counts[RECORD], counts[CALLS], counts[TEXTS], last_hash=last[0].hash if last else None
    )


def chunks(connection: Connection) -> Iterator[tuple[Table, Rows]]:
    """All that is copied, AT_ONCE rows at a time: each a statement of its own, so that none is long at work."""
    for each in COPIED:
        key = [*each.table.primary_key.columns]
        names = [column.name for column in each.rows.selected_columns]
        wanted = each.rows.order_by(*key).limit(AT_ONCE)
        some = wanted
        while rows := [dict(zip(names, row, strict=True)) for row in connection.execute(some).all()]:
            yield each.table, rows
            last = [literal(rows[-1][column.name], column.type) for column in key]
            some = wanted.where(tuple_(*key) > tuple_(*last))


def _count(connection: Connection, copied: Copied) -> int:
    return connection.execute(select(func.count()).select_from(copied.rows.subquery())).scalar_one()
