"""Where each box of the picture stands and how each arrow runs: in rows and columns, arrows only between them.

1. A box stands in the cell of its stage of the call; one that is not known here stands in a row of its own, below.
2. Arrows run in the channels between rows and the gutters between columns, so that none crosses a box.
3. Arrows down into one box share the last stretch; arrows up out of one box share the first.
4. A label stands where its arrow runs alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from helpline.flow.drawing import FRAME, OVER, Arrow, Picture
from helpline.flow.drawing_words import InWords, label, spoken, title

CELLS: Mapping[str, tuple[int, int]] = {  # row and column
    "opening": (0, 0),
    "place": (1, 0),
    "place_again": (1, 1),
    "place_by_key": (1, 2),
    "patient": (1, 3),
    "codes": (1, 4),
    "which": (2, 0),
    "meant": (2, 1),
    "no_answer": (2, 2),
    "code": (2, 3),
    "language": (2, 4),
    "put_through": (3, 1),
    "doctors_line": (3, 3),
    "once_more": (4, 0),
    "ring_advice": (4, 1),
    "ring_doctors": (4, 3),
    "nobody_reached": (5, 1),
    "over": (5, 3),
}
COLUMNS, BOX, GUTTER, MARGIN = 5, 208, 76, 28
WIDTH = 2 * MARGIN + COLUMNS * BOX + (COLUMNS - 1) * GUTTER
LINE, PADDING = 18, 12
LETTER, BOLD_LETTER = 7.3, 8.1  # pixels of a letter, on average


@dataclass(frozen=True)
class Cell:
    """A box with its place and its lines of text."""

    name: str
    row: int
    column: int
    titles: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def left(self) -> float:
        """Its left edge."""
        return MARGIN + self.column * (BOX + GUTTER)

    @property
    def height(self) -> int:
        """What its text needs, with the space around it."""
        padding = 2 * PADDING if self.name == OVER else PADDING
        return 2 * padding + LINE * (len(self.titles) + len(self.lines))


class Port(NamedTuple):
    """Where arrows leave or arrive: a side of a box, and what they share it for."""

    box: str
    side: str  # "top" or "bottom"
    shared: str  # "in", "out", or the box at the other end


@dataclass(frozen=True)
class Wire:
    """One arrow and how it runs: "down", "up", to the "side" or in a "loop".

    The channels, numbered as the row above them, and the horizontal places matter to the first two only; a port is
    None at the frame, and `gutter_x` is used where the two channels differ.
    """

    arrow: Arrow
    text: str
    way: str
    channels: tuple[int, int] = (0, 0)
    start: Port | None = None
    end: Port | None = None
    start_x: float = 0
    end_x: float = 0
    gutter_x: float = 0


def cells(drawn: Picture, in_words: InWords) -> dict[str, Cell]:
    """Each box in its cell."""
    unknown = [box.name for box in drawn.boxes if box.name not in CELLS]
    below = max(row for row, _ in CELLS.values()) + 1
    extra = {name: (below + place // COLUMNS, place % COLUMNS) for place, name in enumerate(unknown)}
    room = BOX - 2 * PADDING
    return {
        box.name: Cell(
            box.name,
            *(CELLS.get(box.name) or extra[box.name]),
            tuple(textwrap.wrap(title(box), int(room / BOLD_LETTER))),
            tuple(textwrap.wrap(spoken(box, in_words), int(room / LETTER))),
        )
        for box in drawn.boxes
    }


def wires(drawn: Picture, placed: Mapping[str, Cell], in_words: InWords) -> list[Wire]:
    """Each arrow with its way and the horizontal places at which it leaves and arrives."""
    made = [_wire(arrow, placed, label(arrow, drawn, in_words)) for arrow in drawn.arrows]
    where = _spread(made, placed)
    return [_placed(wire, where, placed) for wire in made]


def _wire(arrow: Arrow, placed: Mapping[str, Cell], text: str) -> Wire:
    framed = placed["place"].row if "place" in placed else 0
    start, end = (placed[name].row if name in placed else framed for name in (arrow.start, arrow.end))
    if arrow.start == arrow.end:
        return Wire(arrow, text, "loop")
    if start == end and _is_free(arrow, placed):
        return Wire(arrow, text, "side")
    if start > end:
        leaves, arrives = Port(arrow.start, "top", "out"), Port(arrow.end, "bottom", arrow.start)
        wire = Wire(arrow, text, "up", (start - 1, end), leaves, arrives)
    else:
        leaves = Port(arrow.start, "bottom", arrow.end)
        arrives = Port(arrow.end, "top", "in") if end > start else Port(arrow.end, "bottom", arrow.start)
        wire = Wire(arrow, text, "down", (start, max(end - 1, start)), leaves, arrives)
    return replace(
        wire, start=None if arrow.start == FRAME else wire.start, end=None if arrow.end == FRAME else wire.end
    )


def _is_free(arrow: Arrow, placed: Mapping[str, Cell]) -> bool:
    """True when nothing stands between two boxes of one row."""
    if FRAME in (arrow.start, arrow.end):
        return False
    one, other = placed[arrow.start], placed[arrow.end]
    between = range(min(one.column, other.column) + 1, max(one.column, other.column))
    return not any(cell.row == one.row and cell.column in between for cell in placed.values())


def _spread(made: list[Wire], placed: Mapping[str, Cell]) -> dict[Port, float]:
    """Spreads the ports over the sides of the boxes, in the order of where their arrows go."""
    aims: dict[Port, list[float]] = {}
    for wire in made:
        for port, other in ((wire.start, wire.end), (wire.end, wire.start)):
            if port is not None:
                column = placed[other.box if other else port.box].column
                aims.setdefault(port, []).append(column if other else column + 0.4)
    where: dict[Port, float] = {}
    for box, side in dict.fromkeys((port.box, port.side) for port in aims):
        ports = sorted((port for port in aims if port[:2] == (box, side)), key=lambda port: _mean(aims[port]))
        for place, port in enumerate(ports, start=1):
            where[port] = placed[box].left + BOX * place / (len(ports) + 1)
    for port in [wire.start for wire in made if wire.start and wire.way == "up" and wire.end is None]:
        where[port] = placed[port.box].left + BOX * 0.85  # beside what goes to the box above
    _straighten(made, where)
    return where


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _straighten(made: list[Wire], where: dict[Port, float]) -> None:
    """Where a box has one arrow on a side and it comes from the next row, it comes straight."""
    for wire in made:
        if wire.start and wire.end and wire.channels[0] == wire.channels[1]:
            alone = [port for port in where if port[:2] == wire.end[:2]] == [wire.end]
            if alone and abs(where[wire.start] - where[wire.end]) < BOX / 2:
                where[wire.end] = where[wire.start]


def _placed(wire: Wire, where: Mapping[Port, float], placed: Mapping[str, Cell]) -> Wire:
    if wire.way in ("side", "loop"):
        return wire
    start_x = where[wire.start] if wire.start else None
    end_x = where[wire.end] if wire.end else start_x
    gutter_x = (placed[wire.end.box].left if wire.end else MARGIN + GUTTER) - GUTTER / 2
    if start_x is None:
        start_x = end_x if wire.channels[0] == wire.channels[1] else gutter_x
    return replace(wire, start_x=start_x or 0, end_x=end_x or 0, gutter_x=gutter_x)
