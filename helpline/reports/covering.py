"""Which counts of a table of rows and columns are withheld, so that no small one can be worked out from the others.

1. The totals of columns are those of all calls, in every table of them. So what is withheld there depends on nothing
   else: `withheld` says it.
2. With the total of a row all of the row is withheld.
3. For each small count, as many units as it takes to make it 1, or FEWEST - 1, are sent round through other counts: one
   more here, one less there, so that each total that is told stays as it is. What they come through is withheld. So
   whoever has the table cannot tell it from those in which the units were sent.
4. They are sent the way on which least is lost that is not withheld already; the total of a row, only where there is
   no other way.

As in L. H. Cox, Network Models for Complementary Cell Suppression, Journal of the American Statistical Association 90
(1995).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as counted_up
from typing import NamedTuple

from helpline.reports.small_counts import FEWEST, is_small, withheld

ALL = ""  # in the place of a row or a column: the total of all of them
ROW_LOST = 1_000_000  # as if so many calls were withheld: more than any cell has


class Place(NamedTuple):
    """A cell, or a total where row or column is ALL."""

    row: str
    column: str


class Node(NamedTuple):
    """What is summed up: a row or a column, of which ALL is that of the totals."""

    kind: str
    name: str


Step = tuple[Place, int]  # one more, or one less


@dataclass(frozen=True)
class Withheld:
    """What is withheld of a table: rows with their totals, and cells, those of these rows among them."""

    rows: frozenset[str]
    cells: frozenset[Place]


def withheld_of(table: Mapping[str, Mapping[str, int]]) -> Withheld:
    """What is withheld of a table of named rows with the same columns; every row where nothing else suffices."""
    network = _Network(table)
    if all(network.cover(place) for place in network.small):
        return network.withheld
    return Withheld(frozenset(table), frozenset(Place(row, column) for row in table for column in table[row]))


class _Network:
    """The counts as a network: units go through a cell from its row to its column, through a total the other way.

    Who goes round in it comes to each row and column as often as they leave it, so all sums stay as they are.
    """

    def __init__(self, table: Mapping[str, Mapping[str, int]]) -> None:
        cells = {Place(row, column): count for row, counts in table.items() for column, count in counts.items()}
        rows = {Place(row, ALL): total for row, counts in table.items() if (total := sum(counts.values()))}
        columns: dict[str, int] = {}
        for place, count in cells.items():
            columns[place.column] = columns.get(place.column, 0) + count
        movable = {Place(ALL, column): columns[column] for column in withheld(columns)}  # the others always stay
        self._counts = {**cells, **rows, **movable}
        self._hidden = set(movable)
        self._near: dict[Node, list[tuple[Place, Node, int]]] = {}
        for place in self._counts:
            begin, end = _ends(place)
            self._near.setdefault(begin, []).append((place, end, 1))
            self._near.setdefault(end, []).append((place, begin, -1))
        self.small = [place for place, count in self._counts.items() if is_small(count)]
        for place in self.small:
            self._hide(place)

    @property
    def withheld(self) -> Withheld:
        """All that is withheld by now."""
        rows = frozenset(place.row for place in self._hidden if place.column == ALL)
        return Withheld(rows, frozenset(place for place in self._hidden if ALL not in place))

    def cover(self, place: Place) -> bool:
        """Withholds what covers this small count; False where nothing does."""
        begin, end = _ends(place)
        more, less = FEWEST - 1 - self._counts[place], self._counts[place] - 1
        return self._send(more, end, begin, place) and self._send(less, begin, end, place)

    def _send(self, units: int, begin: Node, end: Node, avoiding: Place) -> bool:
        """Withholds the ways by which so many units come from one node to another."""
        counts = dict(self._counts)
        for _ in range(units):
            way = self._cheapest(counts, begin, end, avoiding)
            if way is None:
                return False
            for place, step in way:
                counts[place] += step
                self._hide(place)
        return True

    def _cheapest(self, counts: Mapping[Place, int], begin: Node, end: Node, avoiding: Place) -> list[Step] | None:
        """The way on which least is lost; None where there is none. Dijkstra's algorithm."""
        order = counted_up()  # of ways that cost the same the first that was found
        waiting: list[tuple[int, int, Node, list[Step]]] = [(0, next(order), begin, [])]
        been: set[Node] = set()
        while waiting:
            cost, _, node, way = heappop(waiting)
            if node == end:
                return way
            if node in been:
                continue
            been.add(node)
            for place, near, step in self._near[node]:
                if near not in been and place != avoiding and counts[place] + step >= _least(place):
                    heappush(waiting, (cost + self._cost(place), next(order), near, [*way, (place, step)]))
        return None

    def _cost(self, place: Place) -> int:
        if place in self._hidden:
            return 0
        return self._counts[place] + (ROW_LOST if place.column == ALL else 1)

    def _hide(self, place: Place) -> None:
        self._hidden.add(place)
        if place.column == ALL:
            self._hidden.update(self._cells_of(place.row))

    def _cells_of(self, row: str) -> Iterator[Place]:
        return (place for place in self._counts if place.row == row)


def _ends(place: Place) -> tuple[Node, Node]:
    """From where units go through this count, and where to; through a total against the rest, which it balances."""
    row, column = Node("row", place.row), Node("column", place.column)
    return (column, row) if ALL in place else (row, column)


def _least(place: Place) -> int:
    """What a count that is withheld is known to be at least: a row that is told of has calls."""
    return 1 if ALL in place else 0
