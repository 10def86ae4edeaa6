"""How high everything in the picture stands: rows, channels, the tracks in them, and the labels at the arrows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpline.flow.drawing import OVER
from helpline.flow.drawing_labels import Band, Label, band
from helpline.flow.drawing_layout import BOX, GUTTER, LETTER, LINE, Cell, Port, Wire

TRACK, HEAD, FRAME_TOP, FRAME_BOTTOM, ARROW = 16, 96, 40, 16, 16
PAIR, LOOP = 30, 30  # between two arrows side by side; how far a loop stands out


@dataclass(frozen=True)
class Run:
    """An arrow as it is drawn."""

    points: tuple[tuple[float, float], ...]
    label: Label | None


@dataclass(frozen=True)
class Heights:
    """Top and height of each row, and where the tracks of each channel are."""

    tops: tuple[float, ...]
    rows: tuple[float, ...]
    tracks: tuple[float, ...]  # of the first track of each channel
    bottom: float


def routed(placed: Mapping[str, Cell], made: Sequence[Wire], framed: int) -> tuple[Heights, list[Run]]:
    """The heights, and each arrow as it runs; `framed` is the row of the questions."""
    tracks = _tracks(made)
    bands = {wire.arrow: band(wire, made, placed) for wire in made if wire.way in ("up", "down") and wire.text}
    heights = _heights(placed, made, tracks, list(bands.values()), framed)
    runs = []
    for wire in made:
        if wire.way in ("up", "down"):
            found = bands.get(wire.arrow)
            label = _beside(found, heights, framed) if found else None
            runs.append(Run(tuple(_vertical(wire, heights, tracks, framed)), label))
        else:
            runs.append(_level(wire, made, placed, heights))
    return heights, runs


def _bus(wire: Wire, channel: int) -> object:
    """What shares a track: arrows into one box, or up out of one."""
    if wire.way == "up":
        return wire.start if channel == wire.channels[0] else wire.arrow
    return wire.end if channel == wire.channels[1] else wire.arrow


def _spans(wire: Wire) -> Iterator[tuple[int, float, float]]:
    """The channels in which an arrow runs level, from where to where."""
    first, last = wire.channels
    stretches = (
        [(first, wire.start_x, wire.end_x)]
        if first == last
        else [(first, wire.start_x, wire.gutter_x), (last, wire.gutter_x, wire.end_x)]
    )
    for channel, start, end in stretches:
        if abs(start - end) > 1:
            yield channel, min(start, end), max(start, end)


def _tracks(made: Sequence[Wire]) -> dict[tuple[int, object], int]:
    """For each shared stretch, its track in its channel: the first that is free there."""
    spans: dict[tuple[int, object], list[float]] = {}
    for wire in made:
        if wire.way in ("up", "down"):
            for channel, start, end in _spans(wire):
                spans.setdefault((channel, _bus(wire, channel)), []).extend((start, end))
    tracks: dict[tuple[int, object], int] = {}
    for key in sorted(spans, key=lambda each: max(spans[each]) - min(spans[each])):
        taken = {
            tracks[other]
            for other in tracks
            if other[0] == key[0]
            and min(spans[other]) < max(spans[key]) + TRACK
            and min(spans[key]) < max(spans[other]) + TRACK
        }
        tracks[key] = next(track for track in range(len(spans)) if track not in taken)
    return tracks


def _heights(
    placed: Mapping[str, Cell],
    made: Sequence[Wire],
    tracks: Mapping[tuple[int, object], int],
    bands: Sequence[Band],
    framed: int,
) -> Heights:
    count = max(cell.row for cell in placed.values()) + 1
    tops, rows, firsts = [], [], []
    y = float(HEAD)
    for row in range(count):
        y += FRAME_TOP if row == framed else 0
        heights = [cell.height for cell in placed.values() if cell.row == row]
        height = float(max([*heights, _level_height(row, made, placed)]))
        tops.append(y)
        rows.append(height)
        y += height + (FRAME_BOTTOM if row == framed else 0)
        above, below = (
            max([len(band.lines) for band in bands if (band.channel, band.upper) == (row, upper)] or [0])
            for upper in (True, False)
        )
        used = max([track + 1 for (channel, _), track in tracks.items() if channel == row] or [0])
        firsts.append(y + above * LINE + TRACK)
        y += (above + below) * LINE + used * TRACK + TRACK + ARROW
    return Heights(tuple(tops), tuple(rows), tuple(firsts), y)


def _vertical(
    wire: Wire, heights: Heights, tracks: Mapping[tuple[int, object], int], framed: int
) -> Iterator[tuple[float, float]]:
    def edge(port: Port | None, row: int, side: str) -> float:
        y = heights.tops[row] + (heights.rows[row] if side == "bottom" else 0)
        return y if port else y + FRAME_BOTTOM

    first, last = wire.channels
    start_row = first if wire.way == "down" else first + 1
    end_row = last if wire.way == "up" or (wire.end and wire.end.side == "bottom") else last + 1
    at = wire.start_x
    yield at, edge(wire.start, start_row, wire.start.side if wire.start else "bottom")
    for channel, to in ((first, wire.end_x),) if first == last else ((first, wire.gutter_x), (last, wire.end_x)):
        if abs(at - to) > 1:
            y = heights.tracks[channel] + TRACK * tracks[channel, _bus(wire, channel)]
            yield at, y
            yield to, y
        at = to
    yield wire.end_x, edge(wire.end, end_row, wire.end.side if wire.end else "bottom")


def _beside(band: Band, heights: Heights, framed: int) -> Label:
    row = band.channel
    x = band.x - 8 if band.left else band.x + 8
    if band.upper:
        y = heights.tops[row] + heights.rows[row] + (FRAME_BOTTOM if row == framed else 0) + LINE
    else:
        following = heights.tops[row + 1] if row + 1 < len(heights.tops) else heights.bottom
        y = following - ARROW - LINE * (len(band.lines) - 1)
    return Label(band.lines, x, y, "end" if band.left else "start")


def _level_lines(wire: Wire, placed: Mapping[str, Cell]) -> tuple[str, ...]:
    one, other = placed[wire.arrow.start], placed[wire.arrow.end]
    apart = abs(one.column - other.column)
    room = apart * (BOX + GUTTER) - BOX - 12 if apart else BOX + GUTTER
    return tuple(textwrap.wrap(wire.text, max(8, int(room / LETTER))))


def _level_height(row: int, made: Sequence[Wire], placed: Mapping[str, Cell]) -> float:
    """What the labels between the boxes of a row need: those of neighbours' arrows, then those of loops."""
    level = [wire for wire in made if wire.way in ("side", "loop") and placed[wire.arrow.start].row == row]
    return sum(
        max([len(_level_lines(wire, placed)) * LINE + PAIR for wire in level if wire.way == way] or [0])
        for way in ("side", "loop")
    )


def _level(wire: Wire, made: Sequence[Wire], placed: Mapping[str, Cell], heights: Heights) -> Run:
    """An arrow to a box in the same row, with its label on it; or back to its own box, on the right."""
    start, end = placed[wire.arrow.start], placed[wire.arrow.end]
    lines = _level_lines(wire, placed)
    top, height = heights.tops[start.row], heights.rows[start.row]
    if wire.way == "loop":
        right, low = start.left + BOX, top + height - PAIR / 2
        round_about = ((right, low), (right + LOOP, low), (right + LOOP, low - LOOP), (right, low - LOOP))
        return Run(round_about, Label(lines, right + LOOP + 8, low - LINE * (len(lines) - 1) + 2, "start"))
    loops = any(each.way == "loop" and placed[each.arrow.start].row == start.row for each in made)
    pair = [each for each in made if {each.arrow.start, each.arrow.end} == {start.name, end.name}]
    y = top + (
        len(lines) * LINE + 8
        if loops and len(pair) == 1
        else min(height, end.height if end.name == OVER else height) / 2
    )
    y += (pair.index(wire) - (len(pair) - 1) / 2) * PAIR
    points = _between(start, end, y)
    label = Label(lines, (points[0][0] + points[1][0]) / 2, y - 7 - LINE * (len(lines) - 1), "middle")
    return Run(points, label if lines else None)


def _between(start: Cell, end: Cell, y: float) -> tuple[tuple[float, float], tuple[float, float]]:
    if start.left < end.left:
        return (start.left + BOX, y), (end.left, y)
    return (start.left, y), (end.left + BOX, y)
