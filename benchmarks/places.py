"""Who answers for a postcode: by the routing table, for the answers that are checked and for what rivals look up."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from helpline.directory import country, files
from helpline.directory.content import Content
from helpline.directory.version import Version

REGIONS = Path(__file__).parents[1] / "regions"


@dataclass(frozen=True)
class Place:
    """A postcode that one organisation serves, its name, and the numbers that are rung for it in turn."""

    postcode: str
    name: str
    numbers: tuple[str, ...]


def regions_in(folder: Path) -> Path:
    """The region files as shipped, copied into `folder`, with numbers that are nobody's and no placeholders."""
    made = Path(shutil.copytree(REGIONS, folder / "regions"))
    for path in made.glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace(" 000 0", " 200 0"), "utf-8")
    return made


def places_of(regions: Path) -> list[Place]:
    """Every postcode of the country that leaves no doubt, by the table of these files."""
    land = country.load(regions / "geography")
    table = Version("files", Content(files.read(regions).texts), land).in_force(datetime.now(UTC))
    found = []
    for postcode in sorted(land.geography.postcodes):
        region = table.of_postcode(postcode)
        if region in table.organisations:
            numbers = tuple(route.number for route in table.routes("advice", region))
            found.append(Place(postcode, table.organisation(region).name, numbers))
    return found


def write_for_rivals(places: list[Place], path: Path) -> None:
    """What rivals look a postcode up in."""
    path.write_text(json.dumps({each.postcode: {"name": each.name, "numbers": each.numbers} for each in places}))
