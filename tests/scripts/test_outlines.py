"""The committed outlines are what scripts/outlines.py makes of the facts, and the country as the facts have it."""

from __future__ import annotations

import json
import math
import runpy
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "regions" / "geography" / "outlines.json"
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "outlines.py"))
write: Callable[[Path, Path], None] = SCRIPT["write"]
flat: Callable[[float, float], tuple[float, float]] = SCRIPT["flat"]

FACTS = Path(__file__).parents[3] / "shared" / "data"
EARTH_KM = 6371.0
MOST_BYTES = 40_000

needs_facts = pytest.mark.skipif(not FACTS.exists(), reason=f"the facts are not part of the project: no {FACTS}")


def facts() -> dict[str, list[list[tuple[float, float]]]]:
    """The rings of each region in degrees, each ending where it begins."""
    features = json.loads((FACTS / "regions.geojson").read_text("utf-8"))["features"]
    return {
        each["properties"]["slug"]: [
            list(map(tuple, ring)) for part in each["geometry"]["coordinates"] for ring in part
        ]
        for each in features
    }


def committed() -> dict[str, Any]:
    """The committed file."""
    told: dict[str, Any] = json.loads(COMMITTED.read_text("utf-8"))
    return told


def neighbours(areas: dict[str, list[list[tuple[float, float]]]]) -> set[tuple[str, str]]:
    """Which regions have a stretch of border in common."""
    owners: dict[frozenset[tuple[float, float]], set[str]] = defaultdict(set)
    for slug, rings in areas.items():
        for ring in rings:
            for start, end in pairwise(ring):
                owners[frozenset((start, end))].add(slug)
    return {pair for slugs in owners.values() for pair in combinations(sorted(slugs), 2)}


def closed(rings: list[list[list[int]]]) -> list[list[tuple[float, float]]]:
    """Rings of the committed file with their first points once more at their ends."""
    return [[(x, y) for x, y in [*ring, ring[0]]] for ring in rings]


def enclosed(rings: list[list[tuple[float, float]]]) -> float:
    """What rings enclose: a ring inside another turns the other way, and takes its part off."""
    return abs(math.fsum(x * down - across * y for ring in rings for (x, y), (across, down) in pairwise(ring))) / 2


@needs_facts
def test_committed_outlines_are_what_the_script_makes(tmp_path: Path) -> None:
    """The committed file is, byte for byte, what the script makes of the facts."""
    write(FACTS, tmp_path / "outlines.json")

    assert (tmp_path / "outlines.json").read_bytes() == COMMITTED.read_bytes()


@needs_facts
def test_every_neighbour_is_still_one() -> None:
    """Regions that share a border in the facts share points of one on the map, and no others do."""
    drawn = {slug: closed(area["rings"]) for slug, area in committed()["areas"].items()}

    assert neighbours(drawn) == neighbours(facts())


@needs_facts
@pytest.mark.parametrize("slug", sorted(committed()["areas"]))
def test_an_area_is_as_large_as_it_was(slug: str) -> None:
    """What was simplified changes no region's size by more than two percent."""
    told = committed()
    drawn = enclosed(closed(told["areas"][slug]["rings"])) * (told["unit_metres"] / 1000) ** 2
    degree = math.radians(1) * EARTH_KM
    was = enclosed([[(x * degree * math.cos(math.radians(y)), y * degree) for x, y in ring] for ring in facts()[slug]])

    assert drawn == pytest.approx(was, rel=0.02)


def test_outlines_tell_where_they_are_from() -> None:
    """The file says at its head of when it is, by whose leave, what was changed, and which command makes it."""
    told = committed()

    assert told["compiled"] == "2026-11-22"
    assert told["credit"] == "CBS, Kadaster (CC BY 4.0)"
    assert told["generated"].startswith("python scripts/outlines.py FOLDER")
    assert "simplified" in told["changed"]


def test_outlines_are_small() -> None:
    """They go out with every page that has the map."""
    assert COMMITTED.stat().st_size < MOST_BYTES


@pytest.mark.parametrize(
    ("place", "east", "south"),
    [((5.387639, 52.156161), 0, 0), ((4.895, 52.370), -33.6, -23.7), ((5.6885, 50.8498), 21.2, 145.4)],
    ids=["Amersfoort", "Amsterdam", "Maastricht"],
)
def test_flat_is_as_the_national_grid(place: tuple[float, float], east: float, south: float) -> None:
    """Places lie as many kilometres from Amersfoort as the national grid has them, to half a kilometre."""
    assert flat(*place) == pytest.approx((east, south), abs=0.5)


def made_of(tmp_path: Path, **regions: list[list[tuple[float, float]]]) -> dict[str, list[list[list[int]]]]:
    """The rings that the script makes of a country of these, which close themselves."""
    features = [
        {"properties": {"slug": slug}, "geometry": {"coordinates": [[[*ring, ring[0]]] for ring in rings]}}
        for slug, rings in regions.items()
    ]
    (tmp_path / "regions.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    write(tmp_path, tmp_path / "outlines.json")
    areas = json.loads((tmp_path / "outlines.json").read_text("utf-8"))["areas"]
    return {slug: area["rings"] for slug, area in areas.items()}


def test_a_bend_too_small_to_be_seen_goes_for_both_sides(tmp_path: Path) -> None:
    """Of the border between two regions a dent of thirty metres goes for both, and a bay of two kilometres stays."""
    border = [(5.5, 52.2), (5.45, 52.2003), (5.4, 52.2), (5.3, 52.22), (5.2, 52.2), (5.0, 52.2)]

    made = made_of(
        tmp_path,
        south=[[(5.0, 52.0), (5.5, 52.0), *border]],
        north=[[*border[::-1], (5.5, 52.4), (5.0, 52.4)]],
    )

    shared = [point for point in made["south"][0] if point in made["north"][0]]
    assert len(shared) == len(border) - 1
    assert len(made["south"][0]) == len(made["north"][0]) == len(shared) + 2


def test_a_dot_in_the_sea_is_left_out(tmp_path: Path) -> None:
    """An island of less than a square kilometre and a half is not drawn; the land is."""
    land, dot = (
        [(left, 52.0), (left + wide, 52.0), (left + wide, 52.0 + wide), (left, 52.0 + wide)]
        for left, wide in ((5.0, 0.3), (5.6, 0.01))
    )

    assert len(made_of(tmp_path, country=[land, dot])["country"]) == 1


def test_a_label_stands_where_there_is_room() -> None:
    """The number of an area shaped like an L stands where its legs meet, not in the middle of its box."""
    corner: Callable[..., tuple[int, int]] = SCRIPT["_label"]

    across, down = corner([[(0, 0), (400, 0), (400, 1000), (1400, 1000), (1400, 1400), (0, 1400)]])

    assert across < 400 and down > 900
