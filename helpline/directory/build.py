"""From region files to a routing table: checked whole, or refused whole."""

from __future__ import annotations

from pathlib import Path

from helpline.directory import files, hours
from helpline.directory.check import check
from helpline.directory.country import Country
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import Unsound, to_dial
from helpline.directory.problems import refused, report
from helpline.directory.shape import DoctorsLine, RegionFile
from helpline.directory.shape import Line as LineShape
from helpline.directory.table import Line, Organisation, Table
from helpline.errors import RegionsRefused


def build(
    folder: Path, country: Country, *, own_numbers: tuple[str, ...] = (), placeholders_allowed: bool = True
) -> Table:
    """The table of a folder. Raises RegionsRefused, with every problem, where it breaks a rule."""
    read = files.read(folder)
    problems = refused(
        check(read, country.geography, own_numbers=own_numbers, placeholders_allowed=placeholders_allowed)
    )
    if problems:
        raise RegionsRefused(report(problems, read.sources), len(problems))
    return _table(read, country)


def _table(read: RegionFiles, country: Country) -> Table:
    codes = {municipality.name: code for code, municipality in country.geography.municipalities.items()}
    return Table(
        version=f"{read.digest}-{country.digest}",  # doubts are counted through both
        organisations={slug: _organisation(slug, region) for slug, region in read.regions.items()},
        region_of_municipality={
            codes[name]: slug for slug, region in read.regions.items() for _, name in region.municipality_names()
        },
        region_of_area_code={code: slug for slug, region in read.regions.items() for code in region.area_codes},
        country=country,
    )


def _organisation(slug: str, region: RegionFile) -> Organisation:
    return Organisation(
        slug=slug,
        name=region.name,
        spoken=region.spoken,
        stand_in=region.stand_in,
        advice=_line(region.advice),
        doctors=_line(region.doctors) if region.doctors else None,
    )


def _line(line: LineShape) -> Line:
    numbers = [to_dial(written) for written in line.numbers]
    sound = tuple(number for number in numbers if not isinstance(number, Unsound))
    opening = hours.read(line.hours) if isinstance(line, DoctorsLine) else None
    return Line(numbers=sound, accept=line.answers == "accept", hours=opening)
