"""The outlines load, fit the organisations, and hang together; a fault in the file says where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from helpline.directory.outlines import Point, Ring, load
from helpline.directory.table import Table
from helpline.errors import GeographyFault
from helpline.flow.steps import NATIONAL

REAL = load(Path(__file__).parents[2] / "regions" / "geography")
RINGS = [ring for area in REAL.areas.values() for ring in area.rings]
Side = tuple[Point, Point]


def sides(ring: Ring) -> Iterator[Side]:
    """The sides of a ring, each from west to east, or from north to south."""
    for start, end in pairwise((*ring, ring[0])):
        yield min(start, end), max(start, end)


def turn(start: Point, end: Point, point: Point) -> int:
    """More than nothing where a point lies to one hand of a side, less where to the other, nothing in line with it."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def meet(one: Side, other: Side) -> bool:
    """True where two sides have more in common than an end."""
    low, high = (
        max(min(y for _, y in side) for side in (one, other)),
        min(max(y for _, y in side) for side in (one, other)),
    )
    if low > high:
        return False
    apart = turn(*one, other[0]) * turn(*one, other[1]) <= 0 and turn(*other, one[0]) * turn(*other, one[1]) <= 0
    joined = set(one) & set(other)
    if not joined:
        return apart
    (end,) = joined
    (first,), (second,) = set(one) - joined, set(other) - joined
    same_way = (first[0] - end[0]) * (second[0] - end[0]) + (first[1] - end[1]) * (second[1] - end[1]) > 0
    return turn(end, first, second) == 0 and same_way


def test_every_organisation_has_one_outline(table: Table) -> None:
    """Each organisation of the region files is drawn, and nothing else is."""
    assert set(REAL.areas) == set(table.organisations) - {NATIONAL}


def test_every_point_is_on_the_map() -> None:
    """Nothing but the land beyond our borders reaches out of the box."""
    assert all(0 < x < REAL.width and 0 < y < REAL.height for ring in RINGS for x, y in ring)


def test_no_ring_says_its_first_point_again() -> None:
    """Rings close by themselves, and go nowhere twice in a row."""
    assert [ring for ring in RINGS if any(start == end for start, end in pairwise((*ring, ring[0])))] == []


def test_a_border_is_of_one_region_or_of_two() -> None:
    """No stretch of border is drawn thrice, and hundreds are the same for both sides."""
    times = Counter(Counter(side for ring in RINGS for side in sides(ring)).values())

    assert set(times) == {1, 2}
    assert times[2] > 500


def test_no_border_crosses_another() -> None:
    """Borders meet at points that both have, so that no region lies over another and none over itself."""
    every = sorted({side for ring in RINGS for side in sides(ring)})

    crossing = [
        (one, other)
        for place, one in enumerate(every)
        for other in every[place + 1 : next((i for i in range(place, len(every)) if every[i][0][0] > one[1][0]), None)]
        if meet(one, other)
    ]

    assert crossing == []


@pytest.mark.parametrize("slug", sorted(REAL.areas))
def test_a_label_stands_in_its_area(slug: str) -> None:
    """A region's number stands inside it: a line from there to the edge crosses the border an odd number of times."""
    area = REAL.areas[slug]
    x, y = area.label

    crossed = [
        (start, end)
        for ring in area.rings
        for start, end in pairwise((*ring, ring[0]))
        if (start[1] > y) != (end[1] > y) and start[0] + (y - start[1]) * (end[0] - start[0]) / (end[1] - start[1]) > x
    ]

    assert len(crossed) % 2 == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"\xff", 1, "not UTF-8"),
        (b'{\n"width": }', 2, "Expecting value"),
        (b"[]", 1, "no outlines"),
        (b'{"width": 1, "height": 1, "credit": "", "abroad": [[1, 1]], "areas": {}}', 1, "ring of 1 point"),
    ],
    ids=["no text", "no JSON", "a list", "a ring of one point"],
)
def test_a_fault_names_its_place(tmp_path: Path, text: bytes, line: int, words: str) -> None:
    """A file that makes no sense says so by name, with the line where that is known."""
    path = tmp_path / "outlines.json"
    path.write_bytes(text)

    with pytest.raises(GeographyFault, match=words) as caught:
        load(tmp_path)

    assert (caught.value.file, caught.value.line) == (str(path), line)


def test_outlines_that_are_missing(tmp_path: Path) -> None:
    """A folder without outlines is told from one whose outlines are wrong."""
    with pytest.raises(GeographyFault, match="not there"):
        load(tmp_path)
