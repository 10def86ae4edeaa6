"""Whoever has a printed table and wants to know what is withheld in it: which tables would be printed the same?

They know the rules too: a row that is told of has calls, and so has a column, unless all of them are withheld.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

from helpline.reports.covering import Place, Withheld
from helpline.reports.small_counts import withheld as withheld_totals

Node = tuple[str, str]
BEGIN, END = ("begin", ""), ("end", "")


@dataclass(frozen=True)
class Printed:
    """A table as it is printed; None is withheld."""

    total: int
    rows: Mapping[str, int | None]
    columns: Mapping[str, int | None]
    cells: Mapping[Place, int | None]

    def can_be(self, what: str | Place, count: int) -> bool:
        """Whether a table exists that would be printed so, and in which this cell, row or column is so much."""
        needed: dict[tuple[Node, Node], tuple[int, int]] = {(END, BEGIN): (self.total, self.total)}
        every_column = all(each is None for each in self.columns.values())
        for name, known in self.rows.items():
            needed[BEGIN, ("row", name)] = self._bounds(count if what == name else known, 1)
        for name, known in self.columns.items():
            least = 0 if every_column else 1
            needed[("column", name), END] = self._bounds(count if what == name else known, least)
        for cell, known in self.cells.items():
            needed[("row", cell.row), ("column", cell.column)] = self._bounds(count if what == cell else known, 0)
        return _flows(needed)

    def _bounds(self, known: int | None, least: int) -> tuple[int, int]:
        return (least, self.total) if known is None else (known, known)


def printed(table: Mapping[str, Mapping[str, int]], withheld: Withheld) -> Printed:
    """The table without what is withheld."""
    columns = {name for row in table.values() for name in row}
    rows = {name: sum(row.values()) for name, row in table.items()}
    totals = {column: sum(row[column] for row in table.values()) for column in sorted(columns)}
    untold = withheld_totals(totals)
    return Printed(
        sum(rows.values()),
        {name: None if name in withheld.rows else total for name, total in rows.items()},
        {name: None if name in untold else total for name, total in totals.items()},
        {
            Place(name, column): None if Place(name, column) in withheld.cells else count
            for name, row in table.items()
            for column, count in row.items()
        },
    )


def _flows(needed: Mapping[tuple[Node, Node], tuple[int, int]]) -> bool:
    """Whether a circulation keeps to the bounds of each edge: the least of each is taken, and the rest sent round."""
    if any(least > most for least, most in needed.values()):
        return False
    source, sink = ("source", ""), ("sink", "")
    room: dict[Node, dict[Node, int]] = defaultdict(lambda: defaultdict(int))
    wanted = 0
    for (begin, end), (least, most) in needed.items():
        room[begin][end] += most - least
        room[source][end] += least
        room[begin][sink] += least
        wanted += least
    while way := _way(room, source, sink):
        sent = min(room[begin][end] for begin, end in way)
        for begin, end in way:
            room[begin][end] -= sent
            room[end][begin] += sent
        wanted -= sent
    return wanted == 0


def _way(room: Mapping[Node, Mapping[Node, int]], source: Node, sink: Node) -> list[tuple[Node, Node]]:
    """The shortest way on which there is room; empty where there is none."""
    came: dict[Node, Node] = {}
    waiting = deque([source])
    while waiting and sink not in came:
        begin = waiting.popleft()
        for end, free in room[begin].items():
            if free and end not in came and end != source:
                came[end] = begin
                waiting.append(end)
    way: list[tuple[Node, Node]] = []
    node = sink
    while node in came:
        way.append((came[node], node))
        node = came[node]
    return way
