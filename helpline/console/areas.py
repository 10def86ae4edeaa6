"""The organisations as the map shows them: in which states each is now, and until when a diversion is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from helpline.console.lines_now import LinesNow
from helpline.console.map import Region
from helpline.console.map_states import State
from helpline.console.words import Language, fill, told_at, words
from helpline.directory.numbers import is_placeholder
from helpline.directory.table import Organisation, Table
from helpline.flow.steps import NATIONAL

LINES = ("advice", "doctors")


def regions(table: Table, lines: LinesNow | None, now: datetime, language: Language) -> list[Region]:
    """All of them, each with a link to its page; without a `lines` nothing is said of who answers."""
    return [
        Region(
            slug,
            words(language)["figures"]["national"] if slug == NATIONAL else organisation.name,
            f"/console/organisations/{slug}",
            states_of(table, organisation, lines, now),
            "; ".join(_notes(table, slug, lines, now, language)),
        )
        for slug, organisation in table.organisations.items()
    ]


def states_of(table: Table, organisation: Organisation, lines: LinesNow | None, now: datetime) -> frozenset[State]:
    """The states of one; it is well where there is nothing else to say."""
    slug = organisation.slug
    found: dict[State, bool] = {
        "failing": any(each.organisation == slug for each in (lines.failing if lines else ())),
        "diverted": any((slug, line) in table.diversions for line in LINES),
        "placeholder": any(map(is_placeholder, _numbers(organisation))),
        "doctors-closed": table.doctors_line(slug, now) == "closed",
    }
    return frozenset(state for state, is_so in found.items() if is_so) or frozenset({"well"})


def _numbers(organisation: Organisation) -> Iterable[str]:
    return (number for line in (organisation.advice, organisation.doctors) if line for number in line.numbers)


def _notes(table: Table, slug: str, lines: LinesNow | None, now: datetime, language: Language) -> Iterator[str]:
    told = words(language)
    for each in lines.failing if lines else ():
        if each.organisation == slug:
            yield told["lines"][each.line]
    for line in LINES:
        if diversion := table.diversions.get((slug, line)):
            to = diversion.to if diversion.to_number else table.organisations[diversion.to].name
            until = told_at(diversion.until, now, language).striptags()
            yield fill(told["now"]["noted"], line=told["lines"][line], to=to, when=until).unescape()
