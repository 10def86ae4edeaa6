"""The check: every rule a routing table must keep, all problems at once.

A table with a problem is never used; a warning is shown and does not stop anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpline.directory.check_areas import area_problems
from helpline.directory.check_lines import line_problems
from helpline.directory.files import RegionFiles
from helpline.directory.geography import Geography
from helpline.directory.problems import Problem
from helpline.directory.suggest import did_you_mean
from helpline.flow.call import CODES
from helpline.flow.steps import DOUBT, MAYBE, NATIONAL, SILENCE, UNCLEAR, UNKNOWN

_SLUG = re.compile(r"[a-z0-9-]{1,60}\Z")
NOT_A_SLUG = {SILENCE, UNCLEAR, UNKNOWN, *CODES.values()}


def check(
    files: RegionFiles,
    geography: Geography,
    *,
    own_numbers: tuple[str, ...] = (),
    placeholders_allowed: bool = True,
) -> list[Problem]:
    """All problems of these files; `own_numbers` are the helpline's, which no line may ring."""
    problems = [*files.problems]
    if not files.problems:  # with a file missing, gaps and unknown stand-ins would only repeat that
        problems += area_problems(files, geography)
        problems += _stand_in_problems(files)
        problems += _national_problems(files)
    problems += _name_problems(files)
    problems += line_problems(files, own_numbers=own_numbers, placeholders_allowed=placeholders_allowed)
    return problems


def _name_problems(files: RegionFiles) -> Iterator[Problem]:
    for slug, region in files.regions.items():
        shown = files.shown[slug]
        if not _SLUG.match(slug) or slug in NOT_A_SLUG or slug.startswith((DOUBT, MAYBE)):
            yield Problem(
                "file-name",
                shown,
                (),
                f'A file cannot be called "{slug}": its name stands in the address of every call.',
                'use a-z, 0-9 and "-", at most 60 signs, and no word that a call already uses, such as "silence"',
            )
        for key in ("name", "say"):
            name = getattr(region, key)
            if name is not None and not (name.isprintable() and any(sign.isalpha() for sign in name)):
                yield Problem(
                    "name", shown, (key,), f"{key} cannot be spoken.", "write it in letters, without control signs"
                )


def _stand_in_problems(files: RegionFiles) -> Iterator[Problem]:
    names = [name for name in files.regions if name != NATIONAL]
    for name, region in files.regions.items():
        stand_in = region.stand_in
        if stand_in is None:
            continue
        where = files.shown[name], ("stand_in",)
        if stand_in not in names:
            yield Problem(
                "unknown-stand-in",
                *where,
                f'There is no organisation "{stand_in}".',
                did_you_mean(stand_in, names) or "write the name of its file",
            )
        elif circle := _circle(name, files):
            yield Problem(
                "stand-in-circle",
                *where,
                f"The stand-ins go in a circle: {' → '.join(circle)}.",
                "leave stand_in out of one of them; the national desk comes next there",
            )


def _circle(start: str, files: RegionFiles) -> list[str] | None:
    """The way round from `start` back to itself, if there is one."""
    way = [start]
    while (region := files.regions.get(way[-1])) and region.stand_in:
        way.append(region.stand_in)
        if region.stand_in == start:
            return way
        if region.stand_in in way[:-1]:
            return None  # a circle further on, told where it is
    return None


def _national_problems(files: RegionFiles) -> Iterator[Problem]:
    desk = files.regions.get(NATIONAL)
    if desk is None:
        folder = next(iter(files.sources)).partition("/")[0]
        yield Problem(
            "no-national-desk",
            f"{folder}/{NATIONAL}.toml",
            (),
            "The national desk has no file; it is where a call goes when all else fails.",
            f"put {NATIONAL}.toml back",
        )
        return
    shown = files.shown[NATIONAL]
    if desk.advice.answers != "switchboard":
        yield Problem(
            "national-desk-accepts",
            shown,
            ("advice", "answers"),
            "The national desk must be a staffed switchboard.",
            "the last resort and Twilio's fallback document dial it and cannot ask for a key",
        )
    for key in ("stand_in", "doctors", "area_codes", "municipalities"):
        if getattr(desk, key):
            yield Problem(
                "national-desk-region",
                shown,
                (key,),
                f"The national desk serves no region, so it has no {key}.",
                "take it out",
            )
