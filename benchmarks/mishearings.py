"""What a recogniser may write for a Dutch place name: spellings made by rule, never picked by hand.

1. Each rule is a slip of Dutch spelling or hearing, made at one place of the name that is drawn from the seed and the
   name, so that the same seed gives the same list.
2. A spelling that is itself the name of another place is no mishearing of this one: who hears "Horn" hears Horn. It is
   kept apart and counted apart, for nobody can be right about it; it should be asked back.
3. A spelling that folds into the very name ("Sint-Maarten", "sint maarten") stays in: a recogniser writes so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from helpline.directory.answer_words import NO_NAMES
from helpline.directory.choice import said
from helpline.directory.spelling import fold
from helpline.directory.table import Table

_SECOND_PARTS = "beek|berg|broek|burg|dam|dijk|donk|dorp|drecht|gouw|ham|heide|hout|hoven|huizen|kerk|land|lo|meer"
_SECOND_PARTS += "|muiden|oord|poort|recht|rode|sluis|stede|stein|veen|veld|voort|wijk|woude|zand|zijl"
# What is written, and what is heard for it; the word a rule is known by in a report comes first.
_RULES: Mapping[str, tuple[re.Pattern[str], str]] = {
    name: (re.compile(pattern), heard)
    for name, pattern, heard in (
        ("ij as ei", "ij", "ei"),
        ("ei as ij", "ei", "ij"),
        ("ou as au", "ou", "au"),
        ("au as ou", "au", "ou"),
        ("c as k", "c(?!h)", "k"),
        ("k as c", "k", "c"),
        ("sch as sg", "sch", "sg"),
        ("ch as g", "(?<!s)ch", "g"),
        ("g as ch", "(?<!n)g", "ch"),
        ("v as f", "v", "f"),
        ("f as v", "f", "v"),
        ("z as s", "z", "s"),
        ("s as z", "s(?!c)", "z"),
        ("d as t at the end", r"d\b", "t"),
        ("t as d at the end", r"t\b", "d"),
        ("th as t", "th", "t"),
        ("ae as a", "ae", "a"),
        ("ie as i", "ie", "i"),
        ("x as ks", "x", "ks"),
        ("a long vowel as a short one", r"([aeou])\1", r"\1"),
        ("a short vowel as a long one", r"(?<![aeiou])([aeou])(?=[^aeiouy\W][aeiou])", r"\1\1"),
        ("one consonant of two", r"([b-df-hj-np-tv-z])\1", r"\1"),
        ("two consonants of one", r"(?<=[aeiou])([bdfgklmnprst])(?=[aeiou])", r"\1\1"),
        ("m as n", "m", "n"),
        ("no n at the end", r"(?<=e)n\b", ""),
        ("a blank for a hyphen", "-", " "),
        ("a hyphen for a blank", " ", "-"),
        ("in one word", "[ -]", ""),
        ("in two words", rf"(?<=[a-z]{{3}})(?=(?:{_SECOND_PARTS})\b)", " "),
        ("st for sint", r"\bsint\b", "st."),
        ("sint for st", r"\bst\b\.?", "sint"),
        ("s for 's", r"^'s[ -]", "s "),
        ("des for 's", r"^'s[ -]", "des "),
        ("het for 't", r"^'t ", "het "),
        ("the first letter lost", r"^[a-z](?=[a-z]{3})", ""),  # a recogniser that begins to listen late
        ("the last letter lost", r"(?<=[a-z]{3})[a-z]$", ""),
        ("no article", r"^(?:de|den|het|'t|'s|it)[ -]", ""),
    )
}
A_WORD = "a common word"  # recognisers like to write one


@dataclass(frozen=True)
class Misheard:
    """A spelling made of a name by a rule; `anothers` where it is the name of another place."""

    name: str
    rule: str
    spelling: str
    anothers: bool


class Names:
    """Every name of the country, as it is said, with the organisations that have a place of that name."""

    def __init__(self, table: Table) -> None:
        self.organisations: dict[str, set[str]] = {}  # by the one spelling of a name
        for name, code in _called(table):
            self.organisations.setdefault(fold(said(name)), set()).add(table.region_of_municipality[code])
        geography = table.country.geography
        names = [*(each.name for each in geography.municipalities.values()), *(each.name for each in geography.places)]
        self.said = sorted({said(name) for name in names})

    def right(self, name: str) -> set[str]:
        """Who has a place of this name."""
        return self.organisations[fold(name)]

    def misheard(self, name: str, seed: int) -> Iterator[Misheard]:
        """What each rule makes of a name that has room for it; a spelling that two rules make comes once."""
        seen = {name.lower()}
        for rule, spelling in _spellings(name.lower(), seed):
            if spelling not in seen and fold(spelling):
                seen.add(spelling)
                folded = fold(spelling)
                yield Misheard(name, rule, spelling, folded != fold(name) and folded in self.organisations)

    def drawn(self, names: Iterable[str], seed: int, each: int) -> Iterator[Misheard]:
        """At most so many spellings of each name, drawn."""
        for name in names:
            made = list(self.misheard(name, seed))
            yield from Random(f"{seed} {name}").sample(made, min(each, len(made)))  # noqa: S311 - to be had again


def _called(table: Table) -> Iterator[tuple[str, str]]:
    for town in table.country.geography.municipalities.values():
        yield from ((name, town.code) for name in (town.name, *town.also))
    for place in table.country.geography.places:
        yield from ((name, place.municipality) for name in (place.name, *place.also))


def _spellings(name: str, seed: int) -> Iterator[tuple[str, str]]:
    for rule, (pattern, heard) in _RULES.items():
        if places := list(pattern.finditer(name)):
            place = Random(f"{seed} {rule} {name}").choice(places)  # noqa: S311 - to be had again
            yield rule, name[: place.start()] + place.expand(heard) + name[place.end() :]
    word = process.extractOne(name, sorted(NO_NAMES), scorer=Levenshtein.distance, score_cutoff=1)
    if word:
        yield A_WORD, word[0]
