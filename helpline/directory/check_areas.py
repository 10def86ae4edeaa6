"""The rules of areas: every municipality with exactly one organisation, every area code where its people live."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.directory.files import RegionFiles
from helpline.directory.geography import Geography
from helpline.directory.positions import KeyPath, position_of
from helpline.directory.problems import Problem
from helpline.directory.suggest import did_you_mean
from helpline.flow.steps import NATIONAL

SURE_SHARE = 95.0  # percent of the people on an area code: below it a silent caller is asked, not guessed

Claim = tuple[str, KeyPath]


def area_problems(files: RegionFiles, geography: Geography) -> Iterator[Problem]:
    """Municipalities and area codes: unknown, claimed twice, claimed by none, claimed without ground."""
    yield from _municipality_problems(files, geography)
    yield from _area_code_problems(files, geography)


def _municipality_problems(files: RegionFiles, geography: Geography) -> Iterator[Problem]:
    known = {municipality.name for municipality in geography.municipalities.values()}
    claims: dict[str, Claim] = {}
    for organisation, region in files.regions.items():
        shown = files.shown[organisation]
        for path, name in region.municipality_names():
            if name not in known:
                yield Problem(
                    "unknown-municipality",
                    shown,
                    path,
                    f'There is no municipality "{name}".',
                    did_you_mean(name, known) or "names are as in regions/geography/municipalities.csv",
                )
            elif name in claims:
                yield _claimed_twice(name, (shown, path), claims[name], files)
            claims.setdefault(name, (shown, path))
    misspelt = sum(name not in known for name in claims)
    for name in sorted(known - claims.keys()) if not misspelt else ():  # a name misspelt would be told twice
        yield Problem(
            "unclaimed-municipality",
            "regions/geography/municipalities.csv",
            (),
            f'The municipality "{name}" is in no region file.',
            "add it to the names of the organisation that serves it",
        )


def _claimed_twice(name: str, here: Claim, there: Claim, files: RegionFiles) -> Problem:
    other, path = there
    line = position_of(files.sources[other], path).line
    return Problem(
        "claimed-twice", *here, f'"{name}" is claimed here and at {other}:{line}.', "leave it in one of them"
    )


def _area_code_problems(files: RegionFiles, geography: Geography) -> Iterator[Problem]:
    claims: dict[str, Claim] = {}
    for organisation, region in files.regions.items():
        shown = files.shown[organisation]
        for index, code in enumerate(region.area_codes):
            here: Claim = shown, ("area_codes", index)
            if (shares := geography.area_codes.get(code)) is None:
                close = did_you_mean(code, geography.area_codes) or "take it out: it is in no numbering plan"
                yield Problem("unknown-area-code", *here, f'There is no area code "{code}".', close)
            elif code in claims:
                yield _claimed_twice(code, here, claims[code], files)
            elif organisation != NATIONAL and shares.get(organisation, 0) < SURE_SHARE:
                yield Problem(
                    "area-code-share",
                    *here,
                    f"Of the people on {code}, {shares.get(organisation, 0):g} % live in this area.",
                    f"below {SURE_SHARE:g} % leave it out: then nothing is guessed from it",
                )
            claims.setdefault(code, here)
    for code, shares in geography.area_codes.items():
        for organisation, share in shares.items():
            if share >= SURE_SHARE and code not in claims and organisation in files.regions:
                yield Problem(
                    "unlisted-area-code",
                    files.shown[organisation],
                    ("area_codes",),
                    f"{share:g} % of the people on {code} live in this area, and the code is in no file.",
                    "add it, so that a silent caller on it is put through here",
                    warning=True,
                )
