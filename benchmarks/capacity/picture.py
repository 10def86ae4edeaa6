"""The evening as a picture: who waits and who talks by minute, and what becomes of the callers of each organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from benchmarks.capacity.counted import Counted
from benchmarks.capacity.evening import OUTCOMES

WIDTH, LEFT, RIGHT = 920, 190, 56
TOP, HIGH = 92, 210  # of the chart by minute
BAR, GAP = 14, 6
FROM_MINUTE, TO_MINUTE = -15, 120
COLOURS = dict(zip(OUTCOMES, ("#1f5f8b", "#4f93c0", "#8fc1de", "#c9bfe3", "#c8431f", "#f0a37e"), strict=True))
SAID = dict(
    zip(
        OUTCOMES,
        ("its first number", "its other number", "its stand-in", "the national desk", "nobody", "went before"),
        strict=True,
    )
)
_STYLE = (
    "text{font:13px system-ui,'DejaVu Sans',sans-serif;fill:#222}.small{font-size:11.5px;fill:#555}"
    ".head{font-size:16px;font-weight:600}.end{text-anchor:end}.middle{text-anchor:middle}"
)
Minutes = Mapping[int, float]


def drawn(waiting: Minutes, talking: Minutes, organisations: Sequence[tuple[str, Counted]]) -> str:
    """The whole picture, as SVG."""
    bars_at = TOP + HIGH + 128
    high = bars_at + len(organisations) * (BAR + GAP) + 30
    title = "A broadcast shows the number: who waits, who talks, and what becomes of each organisation's callers"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}" '
        f'role="img" aria-label="{title}">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{high}" fill="#fff"/>',
        *_by_minute(waiting, talking),
        *_bars(organisations, bars_at),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _by_minute(waiting: Minutes, talking: Minutes) -> Iterator[str]:
    minutes = range(FROM_MINUTE, TO_MINUTE)
    both = {minute: waiting.get(minute, 0.0) + talking.get(minute, 0.0) for minute in minutes}
    step = 10 if max(both.values()) < 90 else 25
    most = step * (int(max(both.values()) / step) + 1)
    yield _text(24, 32, "Callers on the line, by minute since the broadcast", "head")
    yield _key(24, 54, COLOURS["nobody"], "wait for a voice")
    yield _key(164, 54, COLOURS["later number"], "talk with a worker")
    for number in range(0, most + 1, step):
        y = _y(number, most)
        yield f'<line x1="60" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e4e4e4"/>'
        yield _text(52, y + 4, str(number), "small end")
    yield _area(both, waiting, most, COLOURS["later number"])
    yield _area(waiting, None, most, COLOURS["nobody"])  # below, so that it is read from the bottom line
    for minute in range(FROM_MINUTE, TO_MINUTE + 1, 15):
        yield _text(_x(minute), TOP + HIGH + 20, f"{minute} min" if minute else "broadcast", "small middle")
    yield f'<line x1="{_x(0):.1f}" x2="{_x(0):.1f}" y1="{TOP}" y2="{TOP + HIGH + 5}" stroke="#777"/>'


def _area(top: Minutes, bottom: Minutes | None, most: float, colour: str) -> str:
    minutes = range(FROM_MINUTE, TO_MINUTE)
    there = [(_x(minute + 0.5), _y(top.get(minute, 0.0), most)) for minute in minutes]
    back = [(_x(minute + 0.5), _y((bottom or {}).get(minute, 0.0), most)) for minute in reversed(minutes)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*there, *back))
    return f'<polygon points="{points}" fill="{colour}"/>'


def _x(minute: float) -> float:
    return 60 + (minute - FROM_MINUTE) / (TO_MINUTE - FROM_MINUTE) * (WIDTH - RIGHT - 60)


def _y(number: float, most: float) -> float:
    return TOP + HIGH * (1 - number / most)


def _bars(organisations: Sequence[tuple[str, Counted]], top: int) -> Iterator[str]:
    yield _text(24, top - 56, "By whom the callers of each organisation were answered, in % of them", "head")
    x = 24.0
    for outcome in OUTCOMES:
        yield _key(x, top - 34, COLOURS[outcome], SAID[outcome])
        x += 46 + 6.4 * len(SAID[outcome])
    for place, (name, counts) in enumerate(organisations):
        yield from _bar(name, counts, top + place * (BAR + GAP))
    yield _text(WIDTH - RIGHT + 6, top - 8, "callers", "small")


def _bar(name: str, counts: Counted, y: int) -> Iterator[str]:
    yield _text(LEFT - 8, y + BAR - 3, name, "end")
    x, room = float(LEFT), WIDTH - LEFT - RIGHT
    for outcome in OUTCOMES:
        part = counts.outcomes.get(outcome, 0.0) / (counts.callers or 1)
        yield f'<rect x="{x:.1f}" y="{y}" width="{part * room:.1f}" height="{BAR}" fill="{COLOURS[outcome]}"/>'
        if part >= 0.06:
            light = outcome in ("first number", "later number", "nobody")
            fill = "#fff" if light else "#222"
            yield (
                f'<text class="small middle" style="fill:{fill}" x="{x + part * room / 2:.1f}" y="{y + BAR - 3}">'
                f"{100 * part:.0f}</text>"
            )
        x += part * room
    yield _text(WIDTH - RIGHT + 6, y + BAR - 3, f"{counts.callers:.1f}", "small")


def _key(x: float, y: float, colour: str, says: str) -> str:
    return f'<rect x="{x:.0f}" y="{y - 10}" width="12" height="12" fill="{colour}"/>' + _text(x + 18, y, says)


def _text(x: float, y: float, says: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(says)}</text>'
