"""A chart of columns that stand: how many there were at each hour of the day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from helpline.console.charts import Canvas, Kind, words_at

HIGH, TOP, FOOT = 180, 12, 26  # pixels: of the highest column, above it, and below for the hours
GAP = 0.2  # of a column's room
WITHHELD_HIGH = HIGH / 4  # the same for each: it tells nothing
EVERY = 3  # so many columns one has its name below it

_LINE = Markup('<line class="chart-line" x1="0" y1="{y}" x2="100%" y2="{y}"/>')


def columns(canvas: Canvas, counts: Sequence[tuple[str, int | None]]) -> Markup:
    """One column for each name, as high as its count; hatched where that is withheld."""
    most = _round_up(max((count or 0 for _, count in counts), default=0))
    shapes = [*_lines(most)]
    room = 100 / (len(counts) or 1)
    for place, (name, count) in enumerate(counts):
        kind: Kind = "withheld" if count is None else "calls"
        high = WITHHELD_HIGH if count is None else HIGH * count / most
        shapes.append(canvas.rect(kind, (place + GAP / 2) * room, TOP + HIGH - high, (1 - GAP) * room, high))
        if place % EVERY == 0:
            shapes.append(words_at(name, f"{(place + 0.5) * room:.2f}%", TOP + HIGH + 18, "middle", "chart-soft"))
    return canvas.drawn(shapes, TOP + HIGH + FOOT, ["withheld"])


def _lines(most: int) -> Iterator[Markup]:
    """The ground, and two lines above it with what they stand for."""
    for part in (0, 1, 2):
        y = TOP + HIGH - HIGH * part / 2
        yield _LINE.format(y=y)
        if part:
            yield words_at(str(most * part // 2), "100%", y - 4, "end", "chart-soft")


def _round_up(most: int) -> int:
    """To an even number that is easily read: of 1, 2, 4 or 6 and zeros."""
    if most <= 2:
        return 2
    ten: int = 10 ** math.floor(math.log10(most))
    return next(int(step * ten) for step in (1, 2, 4, 6, 8, 10) if step * ten >= most)
