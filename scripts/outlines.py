"""Makes regions/geography/outlines.json, the map of the organisations: python scripts/outlines.py FOLDER.

The borders in the folder's regions.geojson are drawn flat, freed of bends too small to be seen, and put on a grid.
A stretch of border that two regions share is made simpler once, for both, so that no gap opens between them.
"""

from __future__ import annotations

import argparse
import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = list[Point]
Flat = list[tuple[int, int]]

OUTLINES = Path(__file__).parents[1] / "regions" / "geography" / "outlines.json"

# Oblique stereographic around Amersfoort, as the national grid (RD) has it: the shape of the country that everybody
# here knows from paper, north up in the middle. A sphere instead of RD's ellipsoid moves nothing by a pixel.
MIDDLE = (math.radians(5.387639), math.radians(52.156161))
EARTH_KM = 6382.6  # what the ellipsoid bends like there

UNIT_KM = 0.04  # the grid; on one of 50 m the two sides of the Afsluitdijk cross each other
LEAST_BEND = 1.0  # square kilometres; five square pixels on a map of 600
ISLAND_BENDS = 10  # of an island a bend is too small from this part of its size on, or Marken would be a triangle
LEAST_ISLAND = 1.5  # square kilometres: Rottum stays, a dot goes; the same for lakes
MARGIN_KM = 6.0
LABEL_SHAPE = 0.65  # how high a label is for its width

# Belgium and Germany behind the regions, by hand and for looks only, so that water is told from land: along the coast
# from the Zwin, through our own land, and up the Ems as far as it can be seen.
ABROAD = (
    *((2.0, 51.0), (3.36, 51.37), (3.6, 51.29), (4.0, 51.28), (4.24, 51.32), (4.27, 51.4), (4.6, 51.55), (5.5, 51.5)),
    *((6.0, 52.2), (6.4, 52.8), (7.0, 53.15), (7.2, 53.22), (7.27, 53.26), (7.26, 53.31), (7.18, 53.34), (7.03, 53.33)),
    *((7.02, 53.4), (7.05, 53.48), (7.1, 53.52), (7.14, 53.59), (7.3, 53.7), (8.5, 53.7), (8.5, 50.0), (2.0, 50.0)),
)
HEAD = {
    "what": "The outlines of the 26 organisations' areas, in whole units, north up, in a box of width by height.",
    "compiled": "2026-11-22",
    "credit": "CBS, Kadaster (CC BY 4.0)",
    "changed": "Drawn flat (oblique stereographic around Amersfoort), simplified and put on a grid.",
    "generated": "python scripts/outlines.py FOLDER; do not edit by hand.",
    "unit_metres": round(UNIT_KM * 1000),
}


def main() -> None:
    """Read the folder that is named and write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", metavar="FOLDER", type=Path, help="the folder with regions.geojson")
    write(parser.parse_args().facts, OUTLINES)


def write(facts: Path, outlines: Path) -> None:
    """Write the outlines made of the facts: one region a line, so that a difference can be read."""
    features = json.loads((facts / "regions.geojson").read_text("utf-8"))["features"]
    areas = {feature["properties"]["slug"]: _rings(feature) for feature in features}
    all_rings = [ring for rings in areas.values() for ring in rings]
    borders = Borders(all_rings)
    left, top, width, height = _box([point for ring in all_rings for point in ring])
    lines = []
    for slug, area in areas.items():
        rings = [_on_grid(borders.simple(ring), left, top) for ring in area]
        kept = [ring for ring in rings if _size(ring) * UNIT_KM**2 >= LEAST_ISLAND]
        lines.append(f"{json.dumps(slug)}: {_short({'label': _label(kept), 'rings': kept})}")
    head = HEAD | {"width": width, "height": height}
    told = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    told.append(f'"abroad": {_short(_on_grid([flat(*place) for place in ABROAD], left, top))}')
    told.append('"areas": {\n' + ",\n".join(lines) + "\n}")
    outlines.write_text("{\n" + ",\n".join(told) + "\n}\n", encoding="utf-8")


def flat(longitude: float, latitude: float) -> Point:
    """Where a place is, in kilometres east and south of Amersfoort."""
    east, north = math.radians(longitude) - MIDDLE[0], math.radians(latitude)
    sin, cos = math.sin(MIDDLE[1]), math.cos(MIDDLE[1])
    away = math.cos(north) * math.cos(east)
    scale = 2 * EARTH_KM / (1 + sin * math.sin(north) + cos * away)
    return scale * math.cos(north) * math.sin(east), scale * (sin * away - cos * math.sin(north))


def _rings(feature: dict[str, Any]) -> list[Line]:
    """Every ring of a region, islands and holes alike, without the point that closes it."""
    return [[flat(*place) for place in ring[:-1]] for part in feature["geometry"]["coordinates"] for ring in part]


class Borders:
    """All borders together: a stretch from one junction to the next is made simpler once, for both sides."""

    def __init__(self, rings: list[Line]) -> None:
        beside: dict[Point, set[Point]] = defaultdict(set)
        for ring in rings:
            for before, point, after in zip(ring[-1:] + ring, ring, ring[1:] + ring[:1], strict=False):
                beside[point] |= {before, after}
        self._junctions = {point for point, others in beside.items() if len(others) != 2}
        self._standing = set(beside)
        self._from_west = sorted(beside)
        self._done: dict[tuple[Point, ...], Line] = {}

    def simple(self, ring: Line) -> Line:
        """One of the rings, made simpler."""
        least = min(LEAST_BEND, _size(ring) / ISLAND_BENDS)
        return [point for arc in self._arcs(ring) for point in self._once(arc, least)[:-1]]

    def _arcs(self, ring: Line) -> Iterator[Line]:
        """The ring cut at its junctions; without any, at its first point and the one farthest from it."""
        cuts = [place for place, point in enumerate(ring) if point in self._junctions]
        if not cuts:
            first = min(ring)
            cuts = sorted([ring.index(first), ring.index(max(ring, key=lambda point: math.dist(first, point)))])
        for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
            yield (ring * 2)[start : end + 1]

    def _once(self, arc: Line, least: float) -> Line:
        """The arc made simpler, in its own direction; the neighbour runs along it the other way and gets the same."""
        if tuple(arc[::-1]) in self._done:
            return self._done[tuple(arc[::-1])][::-1]
        return self._done.setdefault(tuple(arc), self._simpler(arc, least))

    def _simpler(self, arc: Line, least: float) -> Line:
        """Visvalingam's way: the smallest bend goes first, until none is left that is too small.

        A bend with another point in it stays, whatever its size: without it two borders could cross.
        """
        line = list(arc)
        while True:
            bends = sorted((_size(line[place - 1 : place + 2]), place) for place in range(1, len(line) - 1))
            small = (place for size, place in bends if size < least)
            free = next((place for place in small if not self._any_within(line[place - 1 : place + 2])), None)
            if free is None:
                return line
            self._standing.discard(line.pop(free))

    def _any_within(self, corners: Line) -> bool:
        """True where another point that still stands lies in the triangle or on its edge."""
        east = max(corners)[0]
        for place in range(bisect_left(self._from_west, min(corners)), len(self._from_west)):
            point = self._from_west[place]
            if point[0] > east:
                return False
            if point in self._standing and point not in corners and _is_within(point, corners):
                return True
        return False


def _is_within(point: Point, corners: Line) -> bool:
    first, middle, last = corners
    turns = [_turn(first, middle, point), _turn(middle, last, point), _turn(last, first, point)]
    return min(turns) >= 0 or max(turns) <= 0


def _turn(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _size(ring: Sequence[Point]) -> float:
    """The area inside a ring."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(math.fsum(x * down - across * y for (x, y), (across, down) in pairs)) / 2


def _label(rings: list[Flat]) -> tuple[int, int]:
    """Where a label has most room: far from every border, and farther to its sides than up and down."""
    low = [[(across * LABEL_SHAPE, down) for across, down in ring] for ring in rings]
    sides = [side for ring in low for side in zip(ring, ring[1:] + ring[:1], strict=True)]
    step = 100.0
    west, north = (int(min(point[axis] for ring in low for point in ring) // step) for axis in (0, 1))
    east, south = (int(max(point[axis] for ring in low for point in ring) // step) + 1 for axis in (0, 1))
    around = [(across * step, down * step) for across in range(west, east) for down in range(north, south)]
    while step > 1:
        best = max(around, key=lambda point: _room(point, sides))
        step /= 2
        around = [(best[0] + across * step, best[1] + down * step) for across in (-1, 0, 1) for down in (-1, 0, 1)]
    return round(best[0] / LABEL_SHAPE), round(best[1])


def _room(point: Point, sides: Sequence[tuple[Point, Point]]) -> float:
    """How far it is to the nearest border; less than nothing outside."""
    crossed = sum(
        (a[1] > point[1]) != (b[1] > point[1]) and (_turn(a, b, point) > 0) == (b[1] > a[1]) for a, b in sides
    )
    return min(_away(point, *side) for side in sides) * (1 if crossed % 2 else -1)


def _away(point: Point, start: Point, end: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    part = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2)
    part = max(0.0, min(1.0, part))
    return math.dist(point, (start[0] + part * along[0], start[1] + part * along[1]))


def _box(points: Line) -> tuple[float, float, int, int]:
    """Left and top in kilometres, width and height in units, of what holds all points with a margin."""
    left, top = (min(point[axis] for point in points) - MARGIN_KM for axis in (0, 1))
    right, bottom = (max(point[axis] for point in points) + MARGIN_KM for axis in (0, 1))
    return left, top, math.ceil((right - left) / UNIT_KM), math.ceil((bottom - top) / UNIT_KM)


def _on_grid(line: Line, left: float, top: float) -> Flat:
    """In units, without points that fall together."""
    units = [(round((x - left) / UNIT_KM), round((y - top) / UNIT_KM)) for x, y in line]
    return [point for place, point in enumerate(units) if point != units[place - 1]]


def _short(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main()
