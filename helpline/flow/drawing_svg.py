"""The picture as SVG that needs nothing from outside: its own background, the system's letters, no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from helpline.flow.drawing import FRAME, Kind, Picture
from helpline.flow.drawing_labels import Label
from helpline.flow.drawing_layout import BOX, COLUMNS, GUTTER, LINE, MARGIN, WIDTH, Cell, Wire, cells, wires
from helpline.flow.drawing_routes import FRAME_BOTTOM, FRAME_TOP, Heights, Run, routed
from helpline.flow.drawing_words import LEGEND, MOST_CALLS, SUBTITLE, THICK, TITLE, TITLES, InWords

PAPER, INK, SOFT = "#fbfbf8", "#1c2733", "#4b5a6a"
FILL: Mapping[Kind, str] = {
    "words": "#fff1cf",
    "question": "#dcebff",
    "junction": "#efeafa",
    "ringing": "#d9f2e0",
    "end": "#33404d",
}
EDGE: Mapping[Kind, str] = {
    "words": "#a06a00",
    "question": "#1b5fb8",
    "junction": "#6b4fb0",
    "ringing": "#1d7a3c",
    "end": "#33404d",
}
FONT = "font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif\""
ARROW_HEAD = (
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"'
    ' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" fill="#33404d"/></marker></defs>'
)


def svg(drawn: Picture, in_words: InWords) -> str:
    """The picture, to be looked at."""
    placed = cells(drawn, in_words)
    made = wires(drawn, placed, in_words)
    framed = placed[drawn.framed[0]].row
    heights, runs = routed(placed, made, framed)
    main = [arrow for arrow in drawn.arrows if (arrow.start, arrow.end) in MOST_CALLS]
    height = round(heights.bottom) + 12
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' {FONT} font-size="14" fill="{INK}" role="img" aria-label="{escape(TITLE)}">',
        ARROW_HEAD,
        f'<rect width="{WIDTH}" height="{height}" rx="14" fill="{PAPER}"/>',
        *_head(),
        *_frame(heights, framed),
        *(_line(wire, run, main=False) for wire, run in zip(made, runs, strict=True) if wire.arrow not in main),
        *(_line(wire, run, main=True) for wire, run in zip(made, runs, strict=True) if wire.arrow in main),
        *(line for box in drawn.boxes for line in _box(placed[box.name], box.kind, heights)),
        *(line for run in runs if run.label for line in _label(run.label)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _head() -> Iterator[str]:
    """The title, and beside the first box what the colours mean."""
    yield f'<text x="{MARGIN}" y="46" font-size="26" font-weight="700">{escape(TITLE)}</text>'
    yield f'<text x="{MARGIN}" y="72" font-size="15" fill="{SOFT}">{escape(SUBTITLE)}</text>'
    left, top = MARGIN + BOX + GUTTER, 98
    thick = f'stroke="{INK}" stroke-width="3.2" marker-end="url(#head)"'
    yield f'<path d="M{left + 380} {top + 8}L{left + 410} {top + 8}" {thick}/>'
    yield f'<text x="{left + 422}" y="{top + 13}">{escape(THICK)}</text>'
    for place, (kind, meaning) in enumerate(LEGEND.items()):
        y = top + place * 24
        yield f'<rect x="{left}" y="{y}" width="30" height="16" rx="4" fill="{FILL[kind]}" stroke="{EDGE[kind]}"/>'
        yield f'<text x="{left + 42}" y="{y + 13}">{escape(meaning)}</text>'


def _frame(heights: Heights, row: int) -> Iterator[str]:
    top = heights.tops[row] - FRAME_TOP
    height = FRAME_TOP + heights.rows[row] + FRAME_BOTTOM
    left, width = MARGIN - FRAME_BOTTOM, COLUMNS * (BOX + GUTTER) - GUTTER + 2 * FRAME_BOTTOM
    yield (
        f'<rect x="{left}" y="{top:.0f}" width="{width}" height="{height:.0f}" rx="14"'
        f' fill="#f0f5fc" stroke="{EDGE["question"]}" stroke-dasharray="5 4"/>'
    )
    place = f'x="{WIDTH - MARGIN}" y="{top + 25:.0f}" text-anchor="end"'
    yield f'<text {place} fill="{EDGE["question"]}">{escape(TITLES[FRAME])}</text>'


def _box(cell: Cell, kind: Kind, heights: Heights) -> Iterator[str]:
    top, height = heights.tops[cell.row], cell.height if kind == "end" else heights.rows[cell.row]
    ink = "#ffffff" if kind == "end" else INK
    radius = {"ringing": 24, "junction": 4, "end": 24}.get(kind, 10)
    yield f'<g data-box="{cell.name}" data-kind="{kind}">'
    yield (
        f'<rect x="{cell.left:.0f}" y="{top:.0f}" width="{BOX}" height="{height:.0f}" rx="{radius}"'
        f' fill="{FILL[kind]}" stroke="{EDGE[kind]}" stroke-width="1.6"/>'
    )
    y = top + (height - LINE * (len(cell.titles) + len(cell.lines))) / 2 + LINE - 4
    for place, text in enumerate((*cell.titles, *cell.lines)):
        weight = ' font-weight="700"' if place < len(cell.titles) else ""
        yield (
            f'<text x="{cell.left + BOX / 2:.0f}" y="{y + place * LINE:.0f}" text-anchor="middle" fill="{ink}"{weight}>'
            f"{escape(text)}</text>"
        )
    yield "</g>"


def _line(wire: Wire, run: Run, *, main: bool) -> str:
    ends = f'data-from="{wire.arrow.start}" data-to="{wire.arrow.end}"'
    path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in run.points)
    stroke = f'stroke="{INK}" stroke-width="3.2"' if main else f'stroke="{SOFT}" stroke-width="1.6"'
    return f'<path {ends} d="{path}" fill="none" {stroke} stroke-linejoin="round" marker-end="url(#head)"/>'


def _label(label: Label) -> Iterator[str]:
    for place, text in enumerate(label.lines):
        yield (
            f'<text x="{label.x:.0f}" y="{label.y + place * LINE:.0f}" text-anchor="{label.anchor}" font-size="13.5"'
            f' stroke="{PAPER}" stroke-width="4" paint-order="stroke">{escape(text)}</text>'
        )
