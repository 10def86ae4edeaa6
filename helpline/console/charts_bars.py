"""Charts of bars that lie: shares of a whole, one bar for each group; or how many there were of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from helpline.console.charts import Canvas, Kind, words_at

ROW, BAR, TEXT = 42, 14, 15  # pixels: of a group, of its bar, down to the foot of its words


@dataclass(frozen=True)
class Bar:
    """A group: what is said of it at its right end, and how many of each kind; None where nothing is told of it.

    What the kinds leave of `total` is withheld.
    """

    name: str
    told: str
    total: int | None
    kinds: Sequence[tuple[Kind, int]] = ()


def shares(canvas: Canvas, bars: Sequence[Bar]) -> Markup:
    """Each bar is as wide as all others: what its kinds are of the whole."""
    shapes = [shape for place, bar in enumerate(bars) for shape in _shared(canvas, bar, place * ROW)]
    kinds: list[Kind] = ["withheld", *dict.fromkeys(kind for bar in bars for kind, _ in bar.kinds)]
    return canvas.drawn(shapes, ROW * len(bars), kinds)


def amounts(canvas: Canvas, bars: Sequence[Bar]) -> Markup:
    """Each bar is as long as its total, the longest as long as there is room."""
    most = max((bar.total or 0 for bar in bars), default=0) or 1
    shapes = []
    for place, bar in enumerate(bars):
        shapes += _words(bar, place * ROW)
        kind: Kind = "withheld" if bar.total is None else "calls"
        long = 100.0 if bar.total is None else 100 * bar.total / most
        shapes.append(canvas.rect(kind, 0, place * ROW + TEXT + 6, long, BAR))
    return canvas.drawn(shapes, ROW * len(bars), ["withheld"])


def _shared(canvas: Canvas, bar: Bar, top: int) -> Iterator[Markup]:
    yield from _words(bar, top)
    done, whole = 0, bar.total or 1
    for kind, count in bar.kinds:
        if count:
            yield canvas.rect(kind, 100 * done / whole, top + TEXT + 6, 100 * count / whole, BAR)
        done += count
    if bar.total is None or done < bar.total:
        yield canvas.rect("withheld", 100 * done / whole, top + TEXT + 6, 100 * (whole - done) / whole, BAR)


def _words(bar: Bar, top: int) -> list[Markup]:
    return [
        words_at(bar.name, "0", top + TEXT, "start"),
        words_at(bar.told, "100%", top + TEXT, "end", "chart-soft"),
    ]
