"""Where the labels of the picture stand: beside each arrow, where it runs alone, as wide as there is room."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpline.flow.drawing_layout import BOX, GUTTER, LETTER, WIDTH, Cell, Wire

WIDEST = 270


@dataclass(frozen=True)
class Label:
    """Lines of text beside an arrow; `x`, `y` are of the first line's beginning, or end where it is `left` of it."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str  # "start", "end" or "middle"


@dataclass(frozen=True)
class Band:
    """A label that stands beside a vertical stretch: in which channel, above or below its tracks."""

    channel: int
    upper: bool
    x: float
    left: bool
    lines: tuple[str, ...]


def _label_place(wire: Wire) -> tuple[int, bool, float]:
    """Where an arrow runs alone: its channel, whether above the tracks, and at which x."""
    first, last = wire.channels
    if wire.way == "up":
        return (last, True, wire.end_x) if wire.end else (first, False, wire.start_x)
    if wire.start is None and first == last:
        return last, False, wire.end_x
    return first, True, wire.start_x


def band(wire: Wire, made: Sequence[Wire], placed: Mapping[str, Cell]) -> Band:
    """Where the label of an upright arrow stands, in as many lines as the room there asks for."""
    channel, upper, x = _label_place(wire)
    left = _stands_left(wire, placed)
    room = _room(wire, made, placed)
    return Band(channel, upper, x, left, tuple(textwrap.wrap(wire.text, max(9, int(room / LETTER)))))


def _stands_left(wire: Wire, placed: Mapping[str, Cell]) -> bool:
    """True for a label left of its arrow: where another leaves or arrives right of it, and in a gutter."""
    port = wire.end if wire.way == "up" or (wire.start is None and wire.channels[0] == wire.channels[1]) else wire.start
    x = _label_place(wire)[2]
    if port is None:
        return True
    return x < placed[port.box].left + BOX / 2 - 1


def _room(wire: Wire, made: Sequence[Wire], placed: Mapping[str, Cell]) -> float:
    """How wide a label can be before it meets the next arrow or the label of that."""
    channel, upper, x = _label_place(wire)
    left, room = _stands_left(wire, placed), float(WIDEST)
    for other in made:
        if other is wire or other.way not in ("up", "down"):
            continue
        for across in _crossings(other, channel, upper=upper):
            distance = x - across if left else across - x
            if distance > 1:
                faces = _label_place(other) == (channel, upper, across) and _stands_left(other, placed) != left
                share = _share(wire, other) if faces else 1.0
                room = min(room, max(distance * share, GUTTER) - 16)
    return min(room, x - 12 if left else WIDTH - x - 16)


def _share(wire: Wire, other: Wire) -> float:
    """How much of the space between two labels that face each other is for the first."""
    return min(0.7, max(0.3, len(wire.text) / max(1, len(wire.text) + len(other.text))))


def _crossings(wire: Wire, channel: int, *, upper: bool) -> Iterator[float]:
    """Where an arrow stands upright in this half of a channel."""
    highest, lowest = min(wire.channels), max(wire.channels)
    top, bottom = (wire.start_x, wire.end_x) if wire.way == "down" else (wire.end_x, wire.start_x)
    if channel == highest == lowest:
        yield top if upper else bottom
    elif channel == highest:
        yield top if upper else wire.gutter_x
    elif channel == lowest:
        yield wire.gutter_x if upper else bottom
