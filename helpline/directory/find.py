"""Who serves this? For a postcode, a place or a number: the organisation, and the file and line that decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from helpline.directory.choice import Choice
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import Unsound, area_code_of, to_dial
from helpline.directory.positions import KeyPath, position_of
from helpline.directory.suggest import did_you_mean
from helpline.directory.table import Table
from helpline.directory.version import Version, day_of
from helpline.flow.steps import UNKNOWN

Kind = Literal["postcode", "place", "area code", "number"]


@dataclass(frozen=True)
class Decided:
    """An organisation that serves it: by what, such as a municipality or "advice 1", and where that stands."""

    region: str
    name: str
    by: str
    where: str


@dataclass(frozen=True)
class Found:
    """What there is to say of what was asked; `found` is False when nothing is called that.

    Several in `decided` are those between which a caller is asked to choose. `shares` are the organisations, by slug
    and name, among which the people on an area code live who are asked, with the percent of them. `near` is what was
    probably meant.
    """

    kind: Kind
    written: str
    decided: tuple[Decided, ...] = ()
    shares: tuple[tuple[str, str, float], ...] = ()
    near: str = ""

    @property
    def found(self) -> bool:
        """Whether anything is called that."""
        return bool(self.decided or self.shares)

    @property
    def text(self) -> str:
        """For a person at a terminal."""
        if not self.found:
            return f"There is no {self.kind} {self.written}. {self.near}".strip()
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for each in self.decided:
            by = f"{each.by}, " if each.by else ""
            yield f"{self.written}: {by}{each.name} ({each.where})"
        if len(self.decided) > 1:
            yield "The caller is asked which of these is meant."
        if self.shares:
            parts = ", ".join(f"{name} {share:g} %" for _, name, share in self.shares)
            yield f"{self.written}: asked, since its people live in more than one area: {parts}"


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
    if number := _number_of_ours(written, asked):
        return number
    written = area_code_of(written) or written
    if written.startswith("0") and written.isdigit():
        return _of_area_code(written, asked)
    if (written[:4].isdigit() and written[4:].strip().isalpha()) or written.isdigit():
        digits = written if written.isdigit() else written[:4]
        return Found("postcode", written, _of_choices(asked.table.of_postcode_choices(digits), asked))
    decided = _of_choices(asked.table.of_place(written), asked)
    return Found("place", written, decided, near="" if decided else _near(written, asked.table))


def _number_of_ours(written: str, asked: _Asked) -> Found | None:
    """The lines in which a telephone number rings, or of which it is the public one; None where it is in none."""
    number = to_dial(written)
    if isinstance(number, Unsound):
        return None
    decided = tuple(
        Decided(slug, region.name, by, _line(slug, (kind, *path), asked.read))
        for slug, region in asked.read.regions.items()
        for kind, line in region.lines
        for by, path, its in [
            *((f"{kind} {place}", path, its) for place, (path, its) in enumerate(line.numbers_on(asked.day), start=1)),
            *([(f"{kind}, public", ("public",), line.public)] if line.public else []),
        ]
        if to_dial(its) == number
    )
    return Found("number", written, decided[:1]) if decided else None


def _of_area_code(code: str, asked: _Asked) -> Found:
    region = asked.table.of_area_code(code)
    if region != UNKNOWN:
        path = ("area_codes", asked.read.regions[region].area_codes.index(code))
        where = _line(region, path, asked.read)
        return Found("area code", code, (Decided(region, _named(region, asked.table), "", where),))
    shares = asked.table.country.geography.area_codes.get(code, {})
    return Found(
        "area code", code, shares=tuple((slug, _named(slug, asked.table), part) for slug, part in shares.items())
    )


def _of_choices(choices: Sequence[Choice], asked: _Asked) -> tuple[Decided, ...]:
    return tuple(_by_municipality(choice, asked) for choice in choices)


def _by_municipality(choice: Choice, asked: _Asked) -> Decided:
    places = asked.read.regions[choice.region].municipalities_on(asked.day)
    path = next(path for path, name in places if name == choice.place)
    where = _line(choice.region, path, asked.read)
    return Decided(choice.region, _named(choice.region, asked.table), choice.place, where)


def _named(region: str, table: Table) -> str:
    return table.organisation(region).name


def _line(region: str, path: KeyPath, read: RegionFiles) -> str:
    shown = read.shown(region)
    return f"{shown}:{position_of(read.sources[shown], path).line}"


def _near(written: str, table: Table) -> str:
    return did_you_mean(written, {place.name for place in table.country.geography.places})
