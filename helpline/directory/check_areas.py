"""The rules of areas: every municipality with exactly one organisation, every area code where its people live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from helpline.directory.country import Country
from helpline.directory.files import RegionFiles
from helpline.directory.geography import MUNICIPALITIES, Geography
from helpline.directory.positions import KeyPath, Position, position_of
from helpline.directory.problems import Problem
from helpline.directory.suggest import did_you_mean
from helpline.flow.steps import NATIONAL

SURE_SHARE = 95.0  # percent of the people on an area code: below it a silent caller is asked, not guessed

Claim = tuple[str, KeyPath]


def municipality_problems(files: RegionFiles, country: Country, day: date) -> Iterator[Problem]:
    """The municipalities of a day: unknown, merged into another, claimed twice, claimed by none."""
    known = {town.name: code for code, town in country.on(day).geography.municipalities.items()}
    claims: dict[str, Claim] = {}
    for organisation, region in files.regions.items():
        shown = files.shown(organisation)
        for path, name in region.municipalities_on(day):
            if name not in known:
                yield _unknown(name, (shown, path), country, day)
            elif name in claims:
                yield _claimed_twice(name, (shown, path), claims[name], files)
            claims.setdefault(name, (shown, path))
    ever = {town.name for town in country.geography.municipalities.values()}
    misspelt = any(name not in ever for name in claims)
    for name in sorted(known.keys() - claims.keys()) if not misspelt else ():  # a name misspelt would be told twice
        what = f'The municipality "{name}" is in no region file.'
        todo = "add it to the names of the organisation that serves it"
        yield Problem("unclaimed-municipality", MUNICIPALITIES, (), what, todo, _row_of(known[name], country.geography))


def _unknown(name: str, claim: Claim, country: Country, day: date) -> Problem:
    geography = country.geography
    code = next((code for code, town in geography.municipalities.items() if town.name == name), "")
    merger = next((merger for merger in geography.mergers if merger.municipality == code and merger.day <= day), None)
    if merger is None:
        known = (town.name for town in country.on(day).geography.municipalities.values())
        todo = did_you_mean(name, known) or f"names are as in {MUNICIPALITIES}"
        return Problem("unknown-municipality", *claim, f'There is no municipality "{name}".', todo)
    into = geography.municipalities[merger.into].name
    what = f'"{name}" is part of "{into}" from {merger.day} on, and then served with it.'
    todo = f"put it into a block of its own, with until = {merger.day}, so that everybody can see it"
    return Problem("merged-municipality", *claim, what, todo, warning=True)


def _row_of(code: str, geography: Geography) -> Position | None:
    """Where a municipality stands in its table."""
    lines = enumerate(geography.municipality_table.splitlines(), start=1)
    row = next(((number, line) for number, line in lines if line.startswith(f"{code},")), None)
    return Position(row[0], 1, len(row[1])) if row else None


def _claimed_twice(name: str, here: Claim, there: Claim, files: RegionFiles) -> Problem:
    other, path = there
    line = position_of(files.sources[other], path).line
    what = f'"{name}" is claimed here and at {other}:{line}.'
    return Problem("claimed-twice", *here, what, "leave it in one of them")


def area_code_problems(files: RegionFiles, geography: Geography) -> Iterator[Problem]:
    """Area codes: unknown, claimed twice, claimed without ground; and a warning for one that nobody claims."""
    claims: dict[str, Claim] = {}
    for organisation, region in files.regions.items():
        shown = files.shown(organisation)
        for index, code in enumerate(region.area_codes):
            here: Claim = shown, ("area_codes", index)
            if (shares := geography.area_codes.get(code)) is None:
                close = did_you_mean(code, geography.area_codes) or "take it out: it is in no numbering plan"
                yield Problem("unknown-area-code", *here, f'There is no area code "{code}".', close)
            elif code in claims:
                yield _claimed_twice(code, here, claims[code], files)
            elif organisation != NATIONAL and shares.get(organisation, 0) < SURE_SHARE:
                what = f"Of the people on {code}, {shares.get(organisation, 0):g} % live in this area."
                todo = f"below {SURE_SHARE:g} % leave it out: then nothing is guessed from it"
                yield Problem("area-code-share", *here, what, todo)
            claims.setdefault(code, here)
    yield from _unlisted(files, geography, claims)


def _unlisted(files: RegionFiles, geography: Geography, claims: dict[str, Claim]) -> Iterator[Problem]:
    for code, shares in geography.area_codes.items():
        for organisation, share in shares.items():
            if share >= SURE_SHARE and code not in claims and organisation in files.regions:
                shown = files.shown(organisation)
                what = f"{share:g} % of the people on {code} live in this area, and the code is in no file."
                todo = "add it, so that a silent caller on it is put through here"
                yield Problem("unlisted-area-code", shown, ("area_codes",), what, todo, warning=True)
