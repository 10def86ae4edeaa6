"""The panels as one SVG: small multiples on one scale of size, each line from zero, so that flat looks flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from benchmarks.growing import Point
from benchmarks.growth import Panel

ACROSS = 3
WIDE, HIGH = 300, 215  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 48, 44  # within it, around what is drawn
MARGIN, HEAD = 24, 64
APART = 32  # pixels between two figures below
COLOURS = ("#1f5f8b", "#c2571a", "#4a7c3f")
STYLE = """
text { font: 11px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #4d5560; }
.head { font-size: 19px; font-weight: 600; fill: #1c232b; } .title { font-size: 13px; font-weight: 600; fill: #1c232b; }
.unit { font-weight: 400; fill: #7b848e; }
.grid { stroke: #e4e7eb; stroke-width: 1; } .foot { stroke: #9aa3ad; stroke-width: 1; }
.most { stroke: #a3262a; stroke-dasharray: 5 4; }
.told { fill: #a3262a; stroke: #fff; stroke-width: 3; paint-order: stroke; }
polyline { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
"""


def drawn(panels: Sequence[Panel], head: str, below: str) -> str:
    """The whole picture."""
    rows = -(-len(panels) // ACROSS)
    width, height = 2 * MARGIN + ACROSS * WIDE, HEAD + rows * HIGH + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape(head)}</title><style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text class="head" x="{MARGIN}" y="32">{escape(head)}</text>',
        f'<text x="{MARGIN}" y="51">{escape(below)}</text>',
    ]
    for place, panel in enumerate(panels):
        x, y = MARGIN + place % ACROSS * WIDE, HEAD + place // ACROSS * HIGH
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel) -> Iterator[str]:
    yield f'<text class="title" x="{LEFT}" y="16">{escape(panel.title)}<tspan class="unit">, {panel.up}</tspan></text>'
    yield from _legend(panel)
    frame = Frame(panel)
    yield from frame.scale()
    middle = (LEFT + WIDE - RIGHT) / 2
    yield f'<text x="{middle}" y="{HIGH - BOTTOM + 31}" text-anchor="middle">{escape(panel.across)}</text>'
    for colour, line in zip(COLOURS, panel.lines.values(), strict=False):
        yield from frame.bars(line, colour) if frame.is_counted else frame.line(line, colour)
    if panel.most is not None:
        y = frame.at((0, panel.most))[1]
        yield f'<line class="most" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="told" x="{WIDE - RIGHT}" y="{y - 5:.1f}" text-anchor="end">at most {panel.most:g}</text>'


def _legend(panel: Panel) -> Iterator[str]:
    x = LEFT
    for colour, name in zip(COLOURS, panel.lines, strict=False):
        yield f'<text x="{x}" y="32" style="fill: {colour}">{escape(name)}</text>'
        x += 14 + 6 * len(name)
    if panel.size is not None:
        yield f'<text x="{WIDE - RIGHT}" y="32" text-anchor="end">{panel.size:.0f} MB then</text>'


class Frame:
    """Where in a panel a point stands; what is counted from 1 stands in bars, all else on a line."""

    def __init__(self, panel: Panel) -> None:
        points = [point for line in panel.lines.values() for point in line]
        self._xs = sorted({x for x, _ in points})
        self.is_counted = self._xs[0] == 1
        self._first, self._last = (0.4, self._xs[-1] + 0.6) if self.is_counted else (0.0, self._xs[-1] or 1.0)
        highest = max(panel.most or 0, *(y for _, y in points))
        self._step = _step(highest)
        self._top = self._step * ceil(
            highest * (1.12 if self.is_counted else 1.02) / self._step
        )  # a bar has its figure above it

    def at(self, point: Point) -> Point:
        """Across and down, in pixels."""
        wide, high = WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM
        across = (point[0] - self._first) / (self._last - self._first)
        return LEFT + across * wide, TOP + high - point[1] / self._top * high

    def scale(self) -> Iterator[str]:
        """The lines behind, and what they and the points below stand for."""
        for turn in range(round(self._top / self._step) + 1):
            y = self.at((0, turn * self._step))[1]
            kind = "grid" if turn else "foot"
            yield f'<line class="{kind}" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{turn * self._step:,.0f}</text>'
        before = self.at((self._xs[-1], 0))[0] + APART
        for x in reversed(self._xs):  # the last is always told
            place = self.at((x, 0))[0]
            if before - place >= APART:
                yield f'<text x="{place:.1f}" y="{HIGH - BOTTOM + 15}" text-anchor="middle">{x:,.0f}</text>'
                before = place

    def line(self, line: Sequence[Point], colour: str) -> Iterator[str]:
        """Points that belong together."""
        places = [self.at(point) for point in line]
        along = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
        yield f'<polyline points="{along}" stroke="{colour}"/>'
        yield from (f'<circle cx="{across:.1f}" cy="{down:.1f}" r="2.6" fill="{colour}"/>' for across, down in places)

    def bars(self, line: Sequence[Point], colour: str) -> Iterator[str]:
        """Each for itself, with its figure."""
        for x, y in line:
            left, right = self.at((x - 0.3, 0))[0], self.at((x + 0.3, 0))[0]
            top, foot = self.at((x, y))[1], self.at((x, 0))[1]
            across = f'x="{left:.1f}" width="{right - left:.1f}"'
            yield f'<rect {across} y="{top:.1f}" height="{foot - top:.1f}" rx="2" fill="{colour}" opacity="0.85"/>'
            yield f'<text x="{(left + right) / 2:.1f}" y="{top - 4:.1f}" text-anchor="middle">{y:,.0f}</text>'


def _step(highest: float) -> float:
    """A round distance between lines of the scale, of which some four fit."""
    rough = max(highest, 1e-9) / 4
    power: float = 10 ** floor(log10(rough))
    return next(nice * power for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * 0.999)
