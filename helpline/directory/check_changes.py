"""The rules of diversions and announcements: each of somebody, to somebody, in words that may be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from helpline.directory.content import Announcement, Content, Diversion
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import Unsound, is_placeholder, to_dial
from helpline.directory.problems import Problem
from helpline.directory.suggest import did_you_mean
from helpline.directory.table import Table
from helpline.flow.call import MOST_DOCTORS, MOST_ROUTES
from helpline.flow.steps import EVERYWHERE, NATIONAL

MOST_WORDS_SIGNS = 200  # some 14 seconds: every caller hears it before anything else can happen
_DIGITS = re.compile(r"\+?\d(?:[ ()./-]*\d){6,}")


def diversion_problems(
    content: Content, files: RegionFiles, *, own_numbers: tuple[str, ...], placeholders_allowed: bool
) -> Iterator[Problem]:
    """Diversions of nobody, to nobody, to a number that cannot be dialled, in a circle, away from the last resort."""
    diverted = {(each.organisation, each.line): each for each in content.diversions}
    for each in content.diversions:
        yield from _who(each, files)
        if each.to_number:
            yield from _number(each, own_numbers, placeholders_allowed=placeholders_allowed)
        elif circle := _circle(each, diverted):
            what, todo = f"It goes in a circle: {' → '.join(circle)}.", "end one of these diversions first"
            yield Problem("diversion-circle", _named(each), (), what, todo)
        if each.organisation == NATIONAL and _must_accept(each, diverted, files):
            what = "The national desk must be a staffed switchboard, and whoever answers there must press a key."
            todo = "divert it to a switchboard: nobody can be asked for a key in the last resort"
            yield Problem("national-desk-accepts", _named(each), (), what, todo)


def chain_problems(content: Content, tables: Iterable[Table]) -> Iterator[Problem]:
    """Chains that a diversion makes too long, in any of these tables."""
    told = set()
    for table in tables:
        for name in table.organisations if content.diversions else ():
            advice, doctors = (len(table.routes(line, name)) for line in ("advice", "doctors"))
            if (advice > MOST_ROUTES or doctors > MOST_DOCTORS) and name not in told:
                told.add(name)
                what = f"With it a caller of {name} could wait for {max(advice, doctors)} numbers in a row."
                todo = "divert to one number, or to an organisation with fewer"
                yield Problem("chain-too-long", "diversions", (), what, todo)


def announcement_problems(content: Content, files: RegionFiles) -> Iterator[Problem]:
    """Announcements of nobody, that cannot be spoken, or that give away a number."""
    secret = {*_forwarding_numbers(files), *(each.to for each in content.diversions if each.to_number)}
    for each in content.announcements:
        named = f"announcement of {each.organisation}"
        if each.organisation not in (EVERYWHERE, *files.regions):
            what = f'There is no organisation "{each.organisation}".'
            todo = did_you_mean(each.organisation, files.regions) or f'write the name of its file, or "{EVERYWHERE}"'
            yield Problem("announcement-of-nobody", named, (), what, todo)
        yield from _words(each, named)
        for written in (found for text in each.words.values() for found in _DIGITS.findall(text)):
            if to_dial(written) in secret:
                what = "It would read out a number at which an organisation is rung."
                yield Problem("announcement-number", named, (), what, "callers must not have that number: leave it out")


def _who(each: Diversion, files: RegionFiles) -> Iterator[Problem]:
    for name in dict.fromkeys((each.organisation, each.organisation if each.to_number else each.to)):
        region = files.regions.get(name)
        if region is None:
            todo = did_you_mean(name, files.regions) or "write the name of its file"
            yield Problem("diversion-of-nobody", _named(each), (), f'There is no organisation "{name}".', todo)
        elif each.line not in dict(region.lines):
            elsewhere = "divert to a number, or to another organisation"
            todo = elsewhere if name == each.to else "there is nothing to divert: divert its advice line"
            what = f"{region.name} has no line {each.line}."
            yield Problem("diversion-of-nobody", _named(each), (), what, todo)


def _number(each: Diversion, own_numbers: tuple[str, ...], *, placeholders_allowed: bool) -> Iterator[Problem]:
    number = to_dial(each.to)
    if isinstance(number, Unsound):
        yield Problem("diversion-number", _named(each), (), f"{number.what}.", number.help)
    elif number in own_numbers:
        what, todo = f'"{each.to}" is the helpline itself.', "to ring it would go in a circle"
        yield Problem("own-number", _named(each), (), what, todo)
    elif is_placeholder(number) and not placeholders_allowed:
        what, todo = f'"{each.to}" is a placeholder that nobody answers.', "write a number that somebody answers"
        yield Problem("placeholder", _named(each), (), what, todo)


def _circle(each: Diversion, diverted: dict[tuple[str, str], Diversion]) -> list[str] | None:
    """The way from a diverted line back to itself, if there is one."""
    way = [each.organisation]
    while (diversion := diverted.get((way[-1], each.line))) and not diversion.to_number:
        way.append(diversion.to)
        if diversion.to == each.organisation:
            return way
        if diversion.to in way[:-1]:
            return None  # a circle further on, told where it is
    return None


def _must_accept(each: Diversion, diverted: dict[tuple[str, str], Diversion], files: RegionFiles) -> bool:
    """True when whoever answers in the end must press a key, over all the diversions that follow this one."""
    way = [each]
    while (further := diverted.get((way[-1].to, each.line))) and further not in way:
        way.append(further)
    region = files.regions.get(way[-1].to)
    return region.advice.answers == "accept" if region else way[-1].accept


def _words(each: Announcement, named: str) -> Iterator[Problem]:
    if "nl" not in each.words:
        yield Problem("announcement-words", named, (), "It has no Dutch words.", "give it Dutch words too")
    for language, text in each.words.items():
        if not (text.isprintable() and any(sign.isalpha() for sign in text)):
            what, todo = f"Its words in {language!r} cannot be spoken.", "write them in letters, without control signs"
            yield Problem("announcement-words", named, (), what, todo)
        elif len(text) > MOST_WORDS_SIGNS:
            what = f"Its words in {language!r} have {len(text)} signs."
            todo = f"keep to {MOST_WORDS_SIGNS}: every caller has to hear it out"
            yield Problem("announcement-words", named, (), what, todo)


def _forwarding_numbers(files: RegionFiles) -> Iterator[str]:
    for region in files.regions.values():
        for _, line in region.lines:
            public = to_dial(line.public) if line.public else None
            numbers = (to_dial(entry.number) for entry in line.numbers)
            yield from (number for number in numbers if isinstance(number, str) and number != public)


def _named(each: Diversion) -> str:
    return f"diversion of {each.organisation} {each.line}"
