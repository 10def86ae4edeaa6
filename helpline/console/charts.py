"""Charts as SVG that is drawn on the server: as wide as there is room, with letters that stay as large as the page's.

1. A chart says nothing that the table beside it does not say; so to the ear it is its title.
2. Nothing is told by colour alone: each kind has a lightness and, where it matters, a mark of its own.
3. What is withheld is drawn as a hatched shape whose size tells nothing that the table withholds.

All needs charts.css, which has the colours; there is no style attribute, which the pages' security policy would refuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Kind = Literal["first", "second", "later", "unreached", "otherwise", "withheld", "calls"]
MARKED: Mapping[Kind, str] = {"unreached": "M0 0L8 8M8 0L0 8", "withheld": "M-2 2L2 -2M0 8L8 0M6 10L10 6"}
TILE = 8  # pixels

_CHART = Markup(
    '<svg class="chart" width="100%" height="{height}" role="img" aria-label="{title}">'
    "<defs>{patterns}</defs>{drawn}</svg>"
)
_PATTERN = Markup(
    '<pattern id="{id}" class="chart-{kind}" width="{tile}" height="{tile}" patternUnits="userSpaceOnUse">'
    '<rect class="chart-ground" width="{tile}" height="{tile}"/><path class="chart-mark" d="{way}"/></pattern>'
)
_RECT = Markup('<rect class="chart-{kind}" x="{x:.2f}%" y="{y}" width="{width:.2f}%" height="{height}" {fill}/>')
_TEXT = Markup('<text class="{more}" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>')
_SWATCH = Markup('<svg class="chart-swatch" width="16" height="16" aria-hidden="true">{rect}</svg>')


@dataclass(frozen=True)
class Canvas:
    """A chart to be drawn; `name` tells it from others on the page, so that each finds its own marks."""

    name: str
    title: str

    def drawn(self, shapes: Sequence[Markup], height: int, kinds: Sequence[Kind]) -> Markup:
        """The chart with these shapes on it."""
        patterns = Markup("").join(
            _PATTERN.format(id=self._mark(kind), kind=kind, tile=TILE, way=MARKED[kind])
            for kind in kinds
            if kind in MARKED
        )
        return _CHART.format(height=height, title=self.title, patterns=patterns, drawn=Markup("").join(shapes))

    def rect(self, kind: Kind, x: float, y: float, width: float, height: float) -> Markup:
        """A rectangle of a kind; x and width are percents of the room there is, y and height pixels."""
        return _RECT.format(kind=kind, x=x, y=round(y, 1), width=width, height=round(height, 1), fill=self._fill(kind))

    def swatch(self, kind: Kind) -> Markup:
        """What a kind looks like, for the key beside a chart."""
        return _SWATCH.format(rect=self.rect(kind, 0, 0, 100, 16))

    def _fill(self, kind: Kind) -> Markup:
        return Markup('fill="{}"').format(f"url(#{self._mark(kind)})" if kind in MARKED else "var(--kind)")

    def _mark(self, kind: Kind) -> str:
        return f"{self.name}-{kind}"


def words_at(text: str, x: str, y: float, anchor: Literal["start", "middle", "end"], more: str = "") -> Markup:
    """Words on a chart; `more` is a class of theirs."""
    return _TEXT.format(more=more, x=x, y=round(y, 1), anchor=anchor, text=text)
