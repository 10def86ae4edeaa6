"""The outlines of the organisations' areas, to draw a map of: regions/geography/outlines.json, read once.

No call needs them: a fault in them is a fault of the map only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helpline.errors import GeographyFault

Point = tuple[int, int]
Ring = tuple[Point, ...]  # closed by its first point, which is not said again


@dataclass(frozen=True, slots=True)
class Outline:
    """One area: land and islands, and whatever is cut out of them (to be filled "evenodd"); where its label stands."""

    rings: tuple[Ring, ...]
    label: Point


@dataclass(frozen=True, slots=True)
class Outlines:
    """The areas by organisation, in a box of `width` by `height`, y down; `abroad` lies behind them and beyond it."""

    width: int
    height: int
    credit: str
    abroad: Ring
    areas: Mapping[str, Outline]


@cache
def load(folder: Path) -> Outlines:
    """Read the outlines of a geography, or raise a GeographyFault that names the file and, where it can, the line."""
    path = folder / "outlines.json"
    try:
        return _outlines(json.loads(path.read_text(encoding="utf-8")))
    except json.JSONDecodeError as fault:
        raise GeographyFault(str(path), fault.lineno, f"{fault.msg}.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise GeographyFault(str(path), 1, "The outlines are not there, or are not UTF-8 text.") from fault
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise GeographyFault(str(path), 1, f"These are no outlines ({fault!r}).") from None


def _outlines(told: Any) -> Outlines:
    areas = {slug: _outline(area) for slug, area in told["areas"].items()}
    return Outlines(int(told["width"]), int(told["height"]), str(told["credit"]), _ring(told["abroad"]), areas)


def _outline(told: Any) -> Outline:
    across, down = told["label"]
    return Outline(tuple(_ring(ring) for ring in told["rings"]), (int(across), int(down)))


def _ring(told: Sequence[Sequence[int]]) -> Ring:
    ring = tuple((int(across), int(down)) for across, down in told)
    if len(ring) < 3:
        raise ValueError(f"a ring of {len(ring)} point(s)")
    return ring
