"""The effect of a change in the words of a page: what is different for callers, from when, and where on the map."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from helpline.console.draft_seen import names
from helpline.console.map import OURS, Map, Region
from helpline.console.map_states import DRAFT
from helpline.console.visit import Visit
from helpline.console.words import fill, words
from helpline.directory import outlines
from helpline.directory.effect import ASKED, NOTHING, PRESS_1, Change, Effect
from helpline.directory.effect_told import MOST_POSTCODES

_ORGANISATIONS = {"postcodes", "municipality", "area code", "stand-in"}  # kinds whose values are organisations
_RINGS = re.compile(r"rings (\S+?)( \(must press 1\))? until (\S+ \S+)\Z")
_COUNTED = re.compile(r"([\d,]+) organisations?\Z")
_SAID = re.compile(r"(.*) until (\S+ \S+)\Z", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One thing that becomes different; either side may be empty."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Rows:
    """What becomes different at one moment; None is at once."""

    begins: datetime | None
    rows: list[Row]


def rows(visit: Visit, effects: Sequence[Effect]) -> list[Rows]:
    """The changes in the language of the visit."""
    teller = _Teller(words(visit.language), names(visit))
    return [Rows(effect.begins, [teller.row(change) for change in effect.changes]) for effect in effects]


def changed(effects: Sequence[Effect]) -> set[str]:
    """The organisations for whose callers something becomes different."""
    return {slug for effect in effects for change in effect.changes for slug in _concerned(change)}


def map_of(visit: Visit, effects: Sequence[Effect], hrefs: Mapping[str, str]) -> Map:
    """The map of what changes; each organisation is a link."""
    there, title = changed(effects), words(visit.language)["publish"]["map"]
    regions = [
        Region(slug, name, hrefs[slug], frozenset({"changed" if slug in there else "same"}))
        for slug, name in names(visit).items()
    ]
    shapes = outlines.load(visit.office.helpline.settings.helpline_regions / "geography")
    return Map(shapes, regions, DRAFT, title, visit.language)


def _concerned(change: Change) -> Iterator[str]:
    """The words in a change that may be organisations; those that are none are on no map."""
    if change.kind in _ORGANISATIONS:
        yield from re.findall(r"[a-z0-9-]+", f"{change.before} {change.after}")
    if change.kind == "chain":
        yield from change.after.split(", ")
    yield change.of.partition(" ")[0]


@dataclass(frozen=True)
class _Teller:
    """Tells changes in the words of one language."""

    words: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]

    def row(self, change: Change) -> Row:
        told = self.words["effects"]
        kind = change.kind.replace(" ", "_").replace("-", "_")
        if change.kind == "chain":
            return Row(told["chain"], "", ", ".join(map(self._name, change.after.split(", "))))
        of = self._of(change)
        return Row(fill(told[kind], of=of), self._value(change, change.before), self._value(change, change.after))

    def _of(self, change: Change) -> str:
        if change.kind == "postcodes":
            return self._postcodes(change)
        slug, _, line = change.of.partition(" ")
        if change.kind in ("municipality", "area code"):
            return change.of
        name = self._name(slug) if slug in self.names else self.words["effects"].get(slug, slug)
        return f"{name}, {self.words['lines'][line]}" if line in self.words["lines"] else name

    def _postcodes(self, change: Change) -> str:
        told, count = self.words["effects"], len(change.postcodes)
        some = ", ".join(change.postcodes[:MOST_POSTCODES]) + (", …" if count > MOST_POSTCODES else "")
        people = f"{change.inhabitants:,}".replace(",", told["thousands"])
        return fill(told["some_postcodes" if count > 1 else "one_postcode"], count=count, people=people, some=some)

    def _value(self, change: Change, value: str) -> str:
        told = self.words["effects"]
        plain = {NOTHING: "", ASKED: told["asked"], PRESS_1: told["press_1"], "switchboard": told["switchboard"]}
        if value in plain:
            return plain[value]
        if change.kind in _ORGANISATIONS:
            asked, _, between = value.rpartition(f"{ASKED}: ")
            named = told["or"].join(self._name(slug) for slug in between.split(" or "))
            return fill(told["asked_between"], between=named) if asked or between != value else named
        if change.kind == "diversion" and (match := _RINGS.match(value)):
            key = told["with_key"] if match[2] else ""
            return fill(told["rings"], to=self._name(match[1]), key=key, until=match[3])
        if change.kind == "announcement" and (match := _SAID.match(value)):
            return fill(told["said"], words=match[1], until=match[2])
        if change.kind == "organisation" and (count := _COUNTED.match(value)):
            return str(fill(told["organisations"], count=count[1]))
        return value

    def _name(self, slug: str) -> str:
        return self.names.get(slug, slug).removeprefix(OURS)
