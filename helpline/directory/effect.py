"""What a change of the routing table does to callers: not which text differs.

1. Two tables are compared by what they do with a call. What one of them does not have at all is shown as "-".
2. Two versions are compared at every moment at which one of them changes: a change planned in both is no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from helpline.directory.content import Announcement, Diversion
from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Line, Organisation, Table
from helpline.directory.version import Version
from helpline.flow.steps import NATIONAL

Kind = Literal[
    "postcodes",
    "municipality",
    "area code",
    "numbers",
    "answers",
    "hours",
    "stand-in",
    "name",
    "organisation",
    "diversion",
    "announcement",
    "chain",
]
KINDS: tuple[Kind, ...] = get_args(Kind)  # in the order in which changes are told
NOTHING = "-"
ASKED = "asked"  # what becomes of a caller whose area code means no organisation
PRESS_1 = "must press 1"


@dataclass(frozen=True)
class Change:
    """One thing that becomes different; `of` says what, such as "utrecht advice", "0346" or "Eemnes".

    `postcodes` are all those concerned and `inhabitants` are theirs together; both are empty for any other kind.
    """

    kind: Kind
    of: str
    before: str
    after: str
    postcodes: tuple[str, ...] = ()
    inhabitants: int = 0


@dataclass(frozen=True)
class Effect:
    """The changes from one moment on; `begins` is None for those at once."""

    begins: datetime | None
    changes: tuple[Change, ...]


def effects(before: Version | None, after: Version, now: datetime) -> tuple[Effect, ...]:
    """What is different with `after` from now on, then at each later moment what was not yet told; none left empty."""
    later = {moment for version in (before, after) if version for moment in version.changes if moment > now}
    told: set[Change] = set()
    found = []
    for moment in (now, *sorted(later)):
        there = changes(before.in_force(moment) if before else None, after.in_force(moment))
        if new := tuple(change for change in there if change not in told):
            found.append(Effect(moment if moment > now else None, new))
        told.update(new)
    return tuple(found)


def changes(before: Table | None, after: Table) -> tuple[Change, ...]:
    """All that is different for callers, kind by kind; one change in all where there was no table before."""
    if before is None:
        return (
            Change("organisation", "all", NOTHING, counted(len({*after.organisations} - {NATIONAL}), "organisation")),
        )
    found = [*_postcodes(before, after), *_facts_changed(before, after), *_chains(before, after)]
    return tuple(sorted(found, key=lambda change: (KINDS.index(change.kind), change.postcodes, change.of)))


def counted(number: int, what: str) -> str:
    """How many, in words."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def written(moment: datetime) -> str:
    """A moment on the clock of Amsterdam."""
    return f"{moment.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def _postcodes(before: Table, after: Table) -> Iterator[Change]:
    """One change for all postcodes that come from and go to the same."""
    known = {**before.country.geography.postcodes, **after.country.geography.postcodes}
    moved: dict[tuple[str, str], list[str]] = defaultdict(list)
    for digits in sorted(known):
        moved[_ends(before, digits), _ends(after, digits)].append(digits)
    for (was, now), those in moved.items():
        if was != now:
            people = sum(known[digits].inhabitants for digits in those)
            yield Change("postcodes", counted(len(those), "postcode"), was, now, tuple(those), people)


def _ends(table: Table, digits: str) -> str:
    """The organisation of a postcode, or between which the caller is asked to choose."""
    regions = [choice.region for choice in table.of_postcode_choices(digits)]
    return f"{ASKED}: {' or '.join(regions)}" if len(regions) > 1 else "".join(regions) or NOTHING


def _facts_changed(before: Table, after: Table) -> Iterator[Change]:
    was, now = dict(_facts(before)), dict(_facts(after))
    for kind, of in was.keys() | now.keys():
        absent = ASKED if kind == "area code" else NOTHING
        old, new = was.get((kind, of), absent), now.get((kind, of), absent)
        if old != new:
            came_or_went = kind == "name" and NOTHING in (old, new)
            yield Change("organisation" if came_or_went else kind, of, old, new)


def _facts(table: Table) -> Iterator[tuple[tuple[Kind, str], str]]:
    """What there is to say of a table in one line each, by kind and by what it is about."""
    for code, slug in table.region_of_municipality.items():
        yield ("municipality", table.country.geography.municipalities[code].name), slug
    for code, slug in table.region_of_area_code.items():
        yield ("area code", code), slug
    for organisation in table.organisations.values():
        yield from _of_organisation(organisation)
    for (slug, line), diversion in table.diversions.items():
        yield ("diversion", f"{slug} {line}"), _diverted(diversion)
    for slug, announcement in table.announcements.items():
        yield ("announcement", slug), _announced(announcement)


def _of_organisation(organisation: Organisation) -> Iterator[tuple[tuple[Kind, str], str]]:
    slug, name, spoken = organisation.slug, organisation.name, organisation.spoken
    yield ("name", slug), name if name == spoken else f'{name}, said "{spoken}"'
    if organisation.stand_in:
        yield ("stand-in", slug), organisation.stand_in
    for kind, line in _lines(organisation).items():
        yield ("numbers", f"{slug} {kind}"), ", ".join(line.numbers)
        yield ("answers", f"{slug} {kind}"), PRESS_1 if line.accept else "switchboard"
        if line.hours:
            yield ("hours", f"{slug} {kind}"), str(line.hours)


def _lines(organisation: Organisation) -> Mapping[str, Line]:
    doctors = {"doctors": organisation.doctors} if organisation.doctors else {}
    return {"advice": organisation.advice, **doctors}


def _diverted(diversion: Diversion) -> str:
    who = f" ({PRESS_1})" if diversion.to_number and diversion.accept else ""
    return f"rings {diversion.to}{who} until {written(diversion.until)}"


def _announced(announcement: Announcement) -> str:
    in_order = sorted(announcement.words.items(), key=lambda pair: (pair[0] != "nl", pair))  # Dutch is always there
    words = ", ".join(f'{language} "{said}"' for language, said in in_order)
    return f"{words} until {written(announcement.until)}"


def _chains(before: Table, after: Table) -> Iterator[Change]:
    """The organisations for whose callers something else rings, though nothing of their own changed."""
    changed = [
        slug
        for slug in sorted(before.organisations.keys() & after.organisations.keys())
        if before.routes("advice", slug) != after.routes("advice", slug) and _own(before, slug) == _own(after, slug)
    ]
    if changed:
        yield Change("chain", "also in the chains of", "", ", ".join(changed))


def _own(table: Table, slug: str) -> tuple[object, ...]:
    """What an organisation itself says of its chain."""
    organisation, diversion = table.organisation(slug), table.diversions.get((slug, "advice"))
    diverted = diversion and (diversion.to, diversion.to_number and diversion.accept)
    return organisation.advice, organisation.stand_in, diverted
