"""Who serves this? For a postcode, an area code or a place: the organisation, and the file and line that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpline.directory.choice import Choice
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import area_code_of
from helpline.directory.positions import KeyPath, position_of
from helpline.directory.suggest import did_you_mean
from helpline.directory.table import Table
from helpline.flow.steps import UNKNOWN


@dataclass(frozen=True)
class Found:
    """The answer in words; `found` is False when nothing is called that."""

    found: bool
    text: str


def find(what: str, table: Table, read: RegionFiles) -> Found:
    """The answer for `what` as a person types it."""
    written = what.strip()
    written = area_code_of(written) or written
    if written.startswith("0") and written.isdigit():
        return _of_area_code(written, table, read)
    if (written[:4].isdigit() and written[4:].strip().isalpha()) or written.isdigit():
        return _of_choices(written, table.of_postcode_choices(written[:4]), "postcode", table, read)
    return _of_choices(written, table.of_place(written), "place", table, read)


def _of_area_code(code: str, table: Table, read: RegionFiles) -> Found:
    region = table.of_area_code(code)
    if region != UNKNOWN:
        path = ("area_codes", read.regions[region].area_codes.index(code))
        return Found(True, f"{code}: {_named(region, table)} ({_line(region, path, read)})")
    shares = table.country.geography.area_codes.get(code)
    if shares is None:
        return Found(False, f"There is no area code {code}.")
    parts = ", ".join(f"{table.organisation(name).name} {share:g} %" for name, share in shares.items())
    return Found(True, f"{code}: asked, since its people live in more than one area: {parts}")


def _of_choices(written: str, choices: Sequence[Choice], kind: str, table: Table, read: RegionFiles) -> Found:
    if not choices:
        return Found(False, f"There is no {kind} {written}. {_near(written, table) if kind == 'place' else ''}".strip())
    lines = [f"{written}: {_by_municipality(choice, table, read)}" for choice in choices]
    if len(choices) > 1:
        lines.append("The caller is asked which of these is meant.")
    return Found(True, "\n".join(lines))


def _by_municipality(choice: Choice, table: Table, read: RegionFiles) -> str:
    path = next(path for path, name in read.regions[choice.region].municipality_names() if name == choice.place)
    return f"{choice.place}, {_named(choice.region, table)} ({_line(choice.region, path, read)})"


def _named(region: str, table: Table) -> str:
    return table.organisation(region).name


def _line(region: str, path: KeyPath, read: RegionFiles) -> str:
    shown = read.shown[region]
    return f"{shown}:{position_of(read.sources[shown], path).line}"


def _near(written: str, table: Table) -> str:
    return did_you_mean(written, {place.name for place in table.country.geography.places})
