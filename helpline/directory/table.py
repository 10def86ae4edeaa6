"""The routing table in force: who answers where, which never changes, and every look-up a call makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from helpline.directory.choice import Choice
from helpline.directory.content import Announcement, Diversion
from helpline.directory.country import Country
from helpline.directory.hours import Hours
from helpline.directory.said_numbers import postcode_in
from helpline.errors import UnknownRegion
from helpline.flow.steps import NATIONAL, UNCLEAR, UNKNOWN

if TYPE_CHECKING:
    from helpline.directory.gazetteer import Gazetteer

Parts = tuple[tuple[str, float], ...]  # municipalities by code, with the percent of a postcode's area


@dataclass(frozen=True)
class Line:
    """Numbers in E.164, in the order in which they ring; `hours` is None for the advice line, open day and night.

    `public` is the one number that may be read out or texted; None where there is none.
    """

    numbers: tuple[str, ...]
    accept: bool
    hours: Hours | None = None
    public: str | None = None


@dataclass(frozen=True)
class Organisation:
    """One organisation, or the national desk; `doctors` is None where it has no vertrouwensarts of its own."""

    slug: str
    name: str
    spoken: str
    stand_in: str | None
    advice: Line
    doctors: Line | None


@dataclass(frozen=True)
class Route:
    """One number to ring, whose it is, and whether whoever answers must press a key."""

    organisation: str
    number: str
    accept: bool


@dataclass(frozen=True)
class Table:
    """Who answers where, in one stretch of time of one version."""

    version: str  # names exactly this table, the same on every machine
    organisations: Mapping[str, Organisation]
    region_of_municipality: Mapping[str, str]  # by CBS code
    region_of_area_code: Mapping[str, str]
    country: Country
    diversions: Mapping[tuple[str, str], Diversion]  # by organisation and line
    announcements: Mapping[str, Announcement]  # by organisation, or "all"

    def organisation(self, name: str) -> Organisation:
        """The organisation called `name`; raises UnknownRegion."""
        try:
            return self.organisations[name]
        except KeyError:
            raise UnknownRegion(name) from None

    def routes(self, line: str, name: str) -> Sequence[Route]:
        """What is rung for a line, in order: its own numbers; for advice the stand-in's and the desk's after them."""
        return self._routes[line, self.organisation(name).slug]

    def doctors_line(self, name: str, moment: datetime) -> str:
        """ "open", "closed" or "none" for the vertrouwensarts of an organisation at `moment`."""
        hours = self.doctors_hours(name)
        if hours is None:
            return "none"
        return "open" if hours.open_at(moment) else "closed"

    def doctors_hours(self, name: str) -> Hours | None:
        """When the vertrouwensarts of an organisation can be had: where its line is diverted, when the other's can."""
        line = self.organisation(self.rings_at("doctors", name)[-1]).doctors
        return line.hours if line else None

    def public_number(self, line: str, name: str) -> str | None:
        """The number of a line that anybody may know; None where there is none, or while the line is diverted."""
        organisation = self.organisation(name)
        own = organisation.advice if line == "advice" else organisation.doctors
        return own.public if own and (organisation.slug, line) not in self.diversions else None

    def announcement(self, name: str) -> Mapping[str, str]:
        """What callers of an organisation, or "all", hear now, by language; empty where there is nothing to hear."""
        announced = self.announcements.get(name)
        return announced.words if announced else {}

    def rings_at(self, line: str, name: str) -> list[str]:
        """Whose line rings for a line of `name`: itself, then each organisation to which it is diverted, on and on.

        Ends where it would go in a circle, which the check refuses.
        """
        way = [self.organisation(name).slug]
        while (diversion := self.diversions.get((way[-1], line))) and not diversion.to_number:
            if diversion.to in way:
                break
            way.append(self.organisation(diversion.to).slug)
        return way

    def of_postcode(self, digits: str) -> str:
        """How a keyed postcode ends the question: a region, a doubt between regions, or "unclear"."""
        if len(digits) == 4 and digits.isascii() and digits.isdigit():
            return self._by_postcode[int(digits)]
        return UNCLEAR

    def of_area_code(self, code: str | None) -> str:
        """The region that an area code means, or "unknown"."""
        return self.region_of_area_code.get(code or "", UNKNOWN)

    def of_place(self, name: str) -> tuple[Choice, ...]:
        """Where a place name may be: nothing when unknown, several when it is in more than one organisation's area."""
        return self._choices(self.country.municipalities_called(name))

    def of_postcode_choices(self, digits: str) -> tuple[Choice, ...]:
        """The municipalities a postcode may mean, the main one first; nothing when there is no such postcode."""
        postcode = self.country.geography.postcodes.get(digits)
        return self._by_parts[postcode.municipalities] if postcode else ()

    def choices(self, open_question: str) -> tuple[Choice, ...]:
        """The choices that a doubt or a spoken place leaves open, counted in this version of the table.

        Raises UnknownRegion for what this version cannot have left open.
        """
        kind, *counted = open_question.split("-")
        indices = [int(index) for index in counted if index.isascii() and index.isdigit()]
        try:
            if len(indices) == len(counted) == 1 and kind == "doubt":
                return self._doubts[indices[0]]
            if len(indices) == len(counted) > 0 and kind == "maybe":
                return tuple(self.gazetteer.choices[index] for index in indices)
        except IndexError:
            pass
        raise UnknownRegion(open_question)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places of this table as people say them."""
        return self.country.gazetteer(self.region_of_municipality)

    def warm(self) -> None:
        """Makes all that is made when first asked for, some 300 ms of work, so that no caller waits for it."""
        self.of_postcode("0000")
        self.routes("advice", NATIONAL)
        self.gazetteer.heard("Zeist", "nl")
        postcode_in("nul", "nl")

    def _choices(self, municipalities: Iterable[str]) -> tuple[Choice, ...]:
        """One choice for each organisation concerned, named by its first municipality here."""
        found: dict[str, Choice] = {}
        for code in municipalities:
            region = self.region_of_municipality[code]
            found.setdefault(region, Choice(self.country.geography.municipalities[code].name, region))
        return tuple(found.values())

    def line_of(self, number: str) -> str:
        """The line a number belongs to, such as "utrecht advice 1"; the number itself where it is in no line."""
        return self._lines.get(number, number)

    @cached_property
    def _lines(self) -> Mapping[str, str]:
        diverted = {each.to: f"{name} {line} diverted" for (name, line), each in self.diversions.items()}
        return diverted | {
            number: f"{slug} {kind} {place}"
            for slug, organisation in self.organisations.items()
            for kind, line in (("advice", organisation.advice), ("doctors", organisation.doctors))
            for place, number in enumerate(line.numbers if line else (), start=1)
        }

    @cached_property
    def _doubts(self) -> tuple[tuple[Choice, ...], ...]:
        """Every set of choices that some postcode leaves open, in an order that depends on the table only."""
        return tuple(sorted({choices for choices in self._by_parts.values() if len(choices) > 1}, key=str))

    @cached_property
    def _by_parts(self) -> Mapping[Parts, tuple[Choice, ...]]:
        """The choices for each way in which a postcode is made up of municipalities: far fewer than postcodes."""
        made_up = {postcode.municipalities for postcode in self.country.geography.postcodes.values()}
        return {parts: self._choices(code for code, _ in parts) for parts in made_up}

    @cached_property
    def _by_postcode(self) -> tuple[str, ...]:
        doubts = {choices: f"doubt-{position}" for position, choices in enumerate(self._doubts)}
        ends = {
            parts: choices[0].region if len(choices) == 1 else doubts[choices]
            for parts, choices in self._by_parts.items()
        }
        endings = [UNCLEAR] * 10_000
        for digits, postcode in self.country.geography.postcodes.items():
            endings[int(digits)] = ends[postcode.municipalities]
        return tuple(endings)

    @cached_property
    def _routes(self) -> Mapping[tuple[str, str], tuple[Route, ...]]:
        routes: dict[tuple[str, str], tuple[Route, ...]] = {}
        for slug, organisation in self.organisations.items():
            chain = dict.fromkeys([slug, organisation.stand_in or slug, NATIONAL])
            advice = [route for name in chain for route in self._own_routes("advice", name)]
            routes["advice", slug] = tuple({route.number: route for route in reversed(advice)}.values())[::-1]
            routes["doctors", slug] = tuple(self._own_routes("doctors", slug))
        return routes

    def _own_routes(self, kind: str, name: str) -> Iterator[Route]:
        """The numbers of one line, or what rings instead while it is diverted."""
        last = self.organisation(self.rings_at(kind, name)[-1])
        diversion = self.diversions.get((last.slug, kind))
        if diversion is not None and diversion.to_number:
            yield Route(last.slug, diversion.to, diversion.accept)
        elif line := last.advice if kind == "advice" else last.doctors:
            yield from (Route(last.slug, number, line.accept) for number in line.numbers)
