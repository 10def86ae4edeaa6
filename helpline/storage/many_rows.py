"""Many rows in one statement, sent as one JSON text.

A statement for each row costs as much again as the row, and after each this thread waits for the interpreter, and the
answers to callers for this thread. As one text, all rows are the database's own work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    TableValuedAlias,
    Text,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)

# At least one; each has the same names in the same order, which are columns of its table.
Rows: TypeAlias = Sequence[Mapping[str, Any]]


def given(connection: Connection, table: Table, rows: Rows) -> Select[*tuple[Any, ...]]:
    """Rows as something to select from, in their order.

    A text keeps its length, so that one that is too long for its column is refused, not cut.
    """
    element = _elements(connection, [[*row.values()] for row in rows]).c.value  # names in each would cost as much again
    of_row = [(name, element.op("->>")(literal(place))) for place, name in enumerate(rows[0])]
    return select(*(_typed(value, table.c[name]).label(name) for name, value in of_row))


def add(connection: Connection, table: Table, rows: Rows) -> None:
    """Adds these rows."""
    connection.execute(insert(table).from_select([*rows[0]], given(connection, table, rows)))


def add_numbered(connection: Connection, table: Table, rows: Rows) -> list[int]:
    """Adds these rows, of which the database makes the `id`; those ids, in the order of the rows.

    Both databases number rows in the order in which they are selected, and may tell of the numbers in any other.
    """
    adding = insert(table).from_select([*rows[0]], given(connection, table, rows)).returning(table.c.id)
    return sorted(connection.execute(adding).scalars())


def change(connection: Connection, key: Column[Any], rows: Rows) -> None:
    """Changes the rows of the key's table that have these keys to what these rows say."""
    new = given(connection, key.table, rows).subquery()
    others = {name: new.c[name] for name in rows[0] if name != key.name}
    connection.execute(update(key.table).values(others).where(key == new.c[key.name]))


def texts(connection: Connection, among: Sequence[str]) -> Select[tuple[str]]:
    """These texts as a selection of one column, to look among."""
    return select(cast(_elements(connection, [[each] for each in among]).c.value.op("->>")(literal(0)), Text))


def _elements(connection: Connection, rows: Sequence[Any]) -> TableValuedAlias:
    """Each element of a list as the `value` of a row, in the list's order."""
    written = literal(orjson.dumps(rows).decode(), Text)
    if connection.dialect.name == "sqlite":
        return func.json_each(written).table_valued("value")
    return func.json_array_elements(cast(written, JSON)).table_valued("value")


def _typed(value: ColumnElement[Any], column: Column[Any]) -> ColumnElement[Any]:
    return cast(value, column.type if isinstance(column.type, Integer | Boolean) else Text)
