"""From what the region files say to the table in force on a day."""

from __future__ import annotations

from datetime import date

from helpline.directory import hours
from helpline.directory.content import Content
from helpline.directory.country import Country
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import Unsound, to_dial
from helpline.directory.shape import DoctorsLine, RegionFile
from helpline.directory.shape import Line as LineShape
from helpline.directory.table import Line, Organisation, Table


def build(name: str, files: RegionFiles, country: Country, day: date, content: Content) -> Table:
    """The table of files that passed the check, on a day; `content` has the diversions and announcements in force."""
    land = country.on(day)
    codes = {municipality.name: code for code, municipality in land.geography.municipalities.items()}
    return Table(
        version=name,
        organisations={slug: _organisation(slug, region, day) for slug, region in files.regions.items()},
        region_of_municipality={
            codes[name]: slug
            for slug, region in files.regions.items()
            for _, name in region.municipalities_on(day)
            if name in codes  # one that has merged is served with the other, whether or not its file says so
        },
        region_of_area_code={code: slug for slug, region in files.regions.items() for code in region.area_codes},
        country=land,
        diversions={(diversion.organisation, diversion.line): diversion for diversion in content.diversions},
        announcements={announcement.organisation: announcement for announcement in content.announcements},
    )


def _organisation(slug: str, region: RegionFile, day: date) -> Organisation:
    return Organisation(
        slug=slug,
        name=region.name,
        spoken=region.spoken,
        stand_in=region.stand_in,
        advice=_line(region.advice, day),
        doctors=_line(region.doctors, day) if region.doctors else None,
    )


def _line(line: LineShape, day: date) -> Line:
    numbers = [to_dial(written) for _, written in line.numbers_on(day)]
    sound = tuple(number for number in numbers if not isinstance(number, Unsound))
    opening = hours.read(line.hours_on(day)) if isinstance(line, DoctorsLine) else None
    public = to_dial(line.public) if line.public else None
    return Line(
        numbers=sound,
        accept=line.answers == "accept",
        hours=opening,
        public=public if isinstance(public, str) else None,
    )
