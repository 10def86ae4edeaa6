"""Who serves this? For a postcode, an area code or a place: the organisation, and the file and line that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from helpline.directory.choice import Choice
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import area_code_of
from helpline.directory.positions import KeyPath, position_of
from helpline.directory.suggest import did_you_mean
from helpline.directory.table import Table
from helpline.directory.version import Version, day_of
from helpline.flow.steps import UNKNOWN


@dataclass(frozen=True)
class Found:
    """The answer in words; `found` is False when nothing is called that."""

    found: bool
    text: str


@dataclass(frozen=True)
class _Asked:
    """In which table it is looked up, in which files that stands, and for which day."""

    table: Table
    read: RegionFiles
    day: date


def find(what: str, version: Version, moment: datetime) -> Found:
    """The answer for `what` as a person types it, at a moment."""
    asked = _Asked(version.in_force(moment), version.files, day_of(moment))
    written = what.strip()
    written = area_code_of(written) or written
    if written.startswith("0") and written.isdigit():
        return _of_area_code(written, asked)
    if (written[:4].isdigit() and written[4:].strip().isalpha()) or written.isdigit():
        choices = asked.table.of_postcode_choices(written[:4])
        return _of_choices(written, choices, asked) if choices else Found(False, f"There is no postcode {written}.")
    choices = asked.table.of_place(written)
    if not choices:
        return Found(False, f"There is no place {written}. {_near(written, asked.table)}".strip())
    return _of_choices(written, choices, asked)


def _of_area_code(code: str, asked: _Asked) -> Found:
    region = asked.table.of_area_code(code)
    if region != UNKNOWN:
        path = ("area_codes", asked.read.regions[region].area_codes.index(code))
        return Found(True, f"{code}: {_named(region, asked.table)} ({_line(region, path, asked.read)})")
    shares = asked.table.country.geography.area_codes.get(code)
    if shares is None:
        return Found(False, f"There is no area code {code}.")
    parts = ", ".join(f"{_named(name, asked.table)} {share:g} %" for name, share in shares.items())
    return Found(True, f"{code}: asked, since its people live in more than one area: {parts}")


def _of_choices(written: str, choices: Sequence[Choice], asked: _Asked) -> Found:
    lines = [f"{written}: {_by_municipality(choice, asked)}" for choice in choices]
    if len(choices) > 1:
        lines.append("The caller is asked which of these is meant.")
    return Found(True, "\n".join(lines))


def _by_municipality(choice: Choice, asked: _Asked) -> str:
    places = asked.read.regions[choice.region].municipalities_on(asked.day)
    path = next(path for path, name in places if name == choice.place)
    return f"{choice.place}, {_named(choice.region, asked.table)} ({_line(choice.region, path, asked.read)})"


def _named(region: str, table: Table) -> str:
    return table.organisation(region).name


def _line(region: str, path: KeyPath, read: RegionFiles) -> str:
    shown = read.shown(region)
    return f"{shown}:{position_of(read.sources[shown], path).line}"


def _near(written: str, table: Table) -> str:
    return did_you_mean(written, {place.name for place in table.country.geography.places})
