"""The check: every rule a routing table must keep, on this day and on every day ahead; all problems at once.

A table with a problem is never used; a warning is shown and does not stop anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from helpline.directory.check_areas import area_code_problems, municipality_problems
from helpline.directory.check_lines import checked_problems, line_problems, line_problems_on
from helpline.directory.country import Country
from helpline.directory.files import RegionFiles
from helpline.directory.geography import MUNICIPALITIES, Geography
from helpline.directory.problems import Problem, Report
from helpline.directory.suggest import did_you_mean
from helpline.flow.call import CODES
from helpline.flow.steps import DOUBT, EVERYWHERE, MAYBE, NATIONAL, SILENCE, UNCLEAR, UNKNOWN

_SLUG = re.compile(r"[a-z0-9-]{1,60}\Z")
NOT_A_SLUG = {SILENCE, UNCLEAR, UNKNOWN, EVERYWHERE, *CODES.values()}


def check(
    files: RegionFiles,
    country: Country,
    today: date,
    *,
    own_numbers: tuple[str, ...] = (),
    placeholders_allowed: bool = True,
) -> Report:
    """All problems of these files from `today` on; `own_numbers` are the helpline's, which no line may ring."""
    days = days_ahead(files, country, today)
    problems: list[Problem] = []
    if not files.problems:  # with a file missing, gaps and unknown stand-ins would only repeat that
        problems += _unknown_organisations(files, country.geography)
        problems += _on_each(days, lambda day: municipality_problems(files, country, day))
        problems += area_code_problems(files, country.geography)
        problems += _stand_in_problems(files)
        problems += _national_problems(files)
    within = check_within(files, country, today, own_numbers=own_numbers, placeholders_allowed=placeholders_allowed)
    sources = {**within.sources, MUNICIPALITIES: country.geography.municipality_table}
    return Report((*within.problems, *problems), sources)


def check_within(
    files: RegionFiles,
    country: Country,
    today: date,
    *,
    own_numbers: tuple[str, ...] = (),
    placeholders_allowed: bool = True,
) -> Report:
    """What is wrong inside each of these files, whatever stands in the others: some of them may not be here."""
    days = days_ahead(files, country, today)
    problems = [*files.problems, *_name_problems(files)]
    problems += line_problems(files, own_numbers=own_numbers, placeholders_allowed=placeholders_allowed)
    problems += _on_each(days, lambda day: line_problems_on(files, day))
    problems += checked_problems(files, today)
    return Report(tuple(problems), files.sources)


def days_ahead(files: RegionFiles, country: Country, today: date) -> list[date]:
    """This day, and each day ahead on which something begins or ends; between them nothing changes."""
    changes = files.days() | {merger.day for merger in country.geography.mergers}
    return [today, *sorted(day for day in changes if day > today)]


def _on_each(days: Iterable[date], rules: Callable[[date], Iterable[Problem]]) -> Iterator[Problem]:
    """What is wrong on these days. What is wrong on several is told once, with the first where that is not today."""
    told = set()
    for place, day in enumerate(days):
        for problem in rules(day):
            if problem not in told:
                told.add(problem)
                yield replace(problem, what=f"From {day}: {problem.what}") if place else problem


def _unknown_organisations(files: RegionFiles, geography: Geography) -> Iterator[Problem]:
    """A file for an organisation that the tables do not know of, such as a copy left in the folder."""
    for name in files.regions:
        if name != NATIONAL and name not in geography.organisations:
            missing = geography.organisations - files.regions.keys()
            what = f'There is no organisation "{name}": the country has {len(geography.organisations)}.'
            todo = did_you_mean(name, missing) or "take the file out; a new organisation needs new tables first"
            yield Problem("unknown-organisation", files.shown(name), (), what, todo)


def _name_problems(files: RegionFiles) -> Iterator[Problem]:
    for slug, region in files.regions.items():
        shown = files.shown(slug)
        if not _SLUG.match(slug) or slug in NOT_A_SLUG or slug.startswith((DOUBT, MAYBE)):
            what = f'A file cannot be called "{slug}": its name stands in the address of every call.'
            todo = 'use a-z, 0-9 and "-", at most 60 signs, and no word that a call already uses, such as "silence"'
            yield Problem("file-name", shown, (), what, todo)
        for key in ("name", "say"):
            name = getattr(region, key)
            if name is not None and not (name.isprintable() and any(sign.isalpha() for sign in name)):
                todo = "write it in letters, without control signs"
                yield Problem("name", shown, (key,), f"{key} cannot be spoken.", todo)


def _stand_in_problems(files: RegionFiles) -> Iterator[Problem]:
    names = [name for name in files.regions if name != NATIONAL]
    for name, region in files.regions.items():
        stand_in = region.stand_in
        if stand_in is None:
            continue
        where = files.shown(name), ("stand_in",)
        if stand_in not in names:
            todo = did_you_mean(stand_in, names) or "write the name of its file"
            yield Problem("unknown-stand-in", *where, f'There is no organisation "{stand_in}".', todo)
        elif circle := _circle(name, files):
            what = f"The stand-ins go in a circle: {' → '.join(circle)}."
            todo = "leave stand_in out of one of them; the national desk comes next there"
            yield Problem("stand-in-circle", *where, what, todo)


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
    shown, desk = files.shown(NATIONAL), files.regions.get(NATIONAL)
    if desk is None:
        what = "The national desk has no file; it is where a call goes when all else fails."
        yield Problem("no-national-desk", shown, (), what, f"put {NATIONAL}.toml back")
        return
    if desk.advice.answers != "switchboard":
        what = "The national desk must be a staffed switchboard."
        todo = "the last resort and Twilio's fallback document dial it and cannot ask for a key"
        yield Problem("national-desk-accepts", shown, ("advice", "answers"), what, todo)
    for key in ("stand_in", "doctors", "area_codes", "municipalities"):
        if getattr(desk, key):
            what = f"The national desk serves no region, so it has no {key}."
            yield Problem("national-desk-region", shown, (key,), what, "take it out")
