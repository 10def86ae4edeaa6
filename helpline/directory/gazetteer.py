"""A spoken place: which one it is for sure, which ones it may be, or none.

1. Sure is only a whole answer that is one known name, all of whose places one organisation serves, while no other
   organisation has a place that sounds or is spelt nearly so, or whose name begins so. A wrong organisation costs more
   than one question.
2. Everything else that is near a name is asked back, three places at most, one of each organisation first.
3. A name within a sentence is asked back too; one that is also a word ("best", "een") does not count there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, takewhile

from helpline.directory.answer_words import NO_NAMES, fillers
from helpline.directory.choice import Choice, Choosable, choosable, inhabitants, said
from helpline.directory.geography import Geography
from helpline.directory.known_names import SHORTEST_NEAR, KnownNames
from helpline.directory.sound import article, sounds_like
from helpline.directory.spelling import fold, letters

MOST_CANDIDATES = 3
MOST_SIGNS = 100  # the longest name has 34; a caller who talks on is not naming a place
MOST_HINTS, MOST_HINT_SIGNS = 500, 6_000  # Twilio's limit is 500; the signs keep a TwiML document quick to fetch
LONGEST_NAME = 6  # words
_TURKISH_CASE = re.compile(r"(?<=\w{3})['’]\w+$")  # Utrecht'te, Zeist'teyim

# Large towns that are no municipalities, and other names of large ones.
_WELL_KNOWN = """'s-Gravenhage 's-Hertogenbosch Zaandam Hoofddorp Spijkenisse Drachten Sneek Bussum Heerhugowaard Veghel
    Uden Naaldwijk Voorburg Leidschendam Maarssen Driebergen Volendam IJmuiden Delfzijl Winschoten Hoogezand Hoogvliet
    Sittard Geleen Bolsward Franeker Dokkum Joure Emmeloord Oldenzaal Schijndel Cuijk Boxmeer Panningen Terborg Ljouwert
    Gorkum Mokum Grootebroek Middelharnis Zierikzee Brielle Hellevoetsluis Spakenburg Vleuten Wolvega Burgum Roden"""
_LEADS_TO_A_PLACE = {"in", "te", "uit"}  # in a sentence, a short name counts only behind one of these


@dataclass(frozen=True)
class Heard:
    """What was made of an answer: a region for sure, or choices to ask back (best first), or neither."""

    region: str | None = None
    candidates: tuple[int, ...] = ()


class Gazetteer:
    """Every place of one geography and how it may be said; what costs time is made when it is first asked for."""

    def __init__(self, geography: Geography, region_of_municipality: Mapping[str, str]) -> None:
        self._geography = geography
        self._regions = region_of_municipality

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Every choosable place; the order depends on the tables only, so that an index means the same everywhere."""
        return tuple(place.choice for place in self._places)

    def heard(self, words: str, language: str) -> Heard:
        """What an answer means. Any text will do."""
        plain = " ".join(words.split())
        told = [word for word in plain[:MOST_SIGNS].split() if "*" not in word and fold(word)]
        if len(plain) > MOST_SIGNS:  # its end may be half a name
            return self._offered(self._within(told[:-1]))
        if language == "tr":
            told = [_TURKISH_CASE.sub("", word) for word in told]
        spans = list(_spans(told, language))
        known = [span for span in spans if self._known.places(span)]
        if known:
            return self._whole(next((span for span in known if self._known.exactly(span)), known[0]))
        return self._offered(self._within(told) or self._near(_core(told, language)))

    def read(self, words: str, language: str) -> Heard:
        """What a written answer means: a name counts as it is spelt, whatever else sounds like it. Any text will do.

        1. A province is no place, unless one organisation serves all of it; nor is the country.
        2. A whole choice, as it was asked back, is sure: nobody is asked the same for ever.
        3. A name in a sentence, and one that may be mistyped, is asked back.
        """
        if (served := self._served_in.get(letters(words))) is not None:
            return Heard(region=min(served)) if len(served) == 1 else Heard()
        told = [word for word in words.split() if "*" not in word and fold(word)]
        for name in _spans(told, language) if len(words) <= MOST_SIGNS else ():
            if places := self._known.exactly(name):
                regions = {self.choices[place].region for place in places}
                certain = len(regions) == 1 and not _is_a_word(name)
                return Heard(region=regions.pop()) if certain else self._offered(places)
        core = _core(told, language) if len(told) <= LONGEST_NAME else ""
        return self._offered(self._within(told) or self._known.mistyped(core))

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """Names for the recogniser to expect: of the towns with most people first, then their other names."""
        people = inhabitants(self._geography)
        towns = sorted(self._geography.municipalities.values(), key=lambda town: -people[town.code])
        districts = [place for place in self._geography.places if place.kind == "city-district"]
        names = [said(town.name) for town in towns] + _WELL_KNOWN.split()
        names += [place.name for place in sorted(districts, key=lambda place: -people[place.municipality])]
        return tuple(_fitting(dict.fromkeys(name for name in names if "," not in name)))

    def _whole(self, name: str) -> Heard:
        ranked = self._ranked(name)
        regions = {self.choices[place].region for place in ranked}
        as_spelt = not article(name) or bool(self._known.exactly(name))
        if len(regions) == 1 and as_spelt and not _is_a_word(name):
            return Heard(region=regions.pop())
        return self._offered(ranked)

    def _ranked(self, name: str) -> Sequence[int]:
        """The places of a known name and all that could be taken for them: with the same article first, towns first."""
        known = self._known.places(name)
        sound, said_article = sounds_like(name), article(name)

        def rank(place: int) -> tuple[bool, bool, bool, int, int]:
            names = self._places[place].names
            exact = any(article(called) == said_article and sounds_like(called) == sound for called in names)
            village = place >= len(self._geography.municipalities)
            return not exact, place not in known, village, -self._places[place].people, place

        return sorted({*known, *self._known.taken_for(name)}, key=rank)

    def _within(self, told: Sequence[str]) -> Sequence[int]:
        """The places whose names stand in a sentence, the longest names first."""
        found: dict[int, None] = {}
        taken: set[int] = set()
        for size in range(min(LONGEST_NAME, len(told)), 0, -1):
            for start in range(len(told) - size + 1):
                if taken.isdisjoint(range(start, start + size)) and self._counts(told, start, size):
                    taken.update(range(start, start + size))
                    found.update(dict.fromkeys(self._ranked(" ".join(told[start : start + size]))))
        return tuple(found)

    def _counts(self, told: Sequence[str], start: int, size: int) -> bool:
        name = fold(" ".join(told[start : start + size]))
        if not self._known.places(name) or name in NO_NAMES:
            return False
        return len(name) >= SHORTEST_NEAR or (
            len(name) > 2 and start > 0 and fold(told[start - 1]) in _LEADS_TO_A_PLACE
        )

    def _near(self, told: str) -> Sequence[int]:
        words = {fold(word) for word in told.split()}
        return () if words <= NO_NAMES or len(words) > LONGEST_NAME else self._known.near(told, without=NO_NAMES)

    def _offered(self, ranked: Iterable[int]) -> Heard:
        """The best three; one of each organisation before a second of any."""
        places = list(dict.fromkeys(ranked))
        first = {self.choices[place].region: place for place in reversed(places)}.values()
        kept = sorted(places, key=lambda place: place not in first)[:MOST_CANDIDATES]
        return Heard(candidates=tuple(sorted(kept, key=places.index)))

    @cached_property
    def _served_in(self) -> Mapping[str, set[str]]:
        """By whom each choice is served, as it is asked back, and each province."""
        regions: dict[str, set[str]] = defaultdict(set)
        for choice in self.choices:
            regions[letters(choice.place)].add(choice.region)
        towns = self._geography.municipalities.values()
        provinces: dict[str, set[str]] = {"nederland": set()}
        for town in towns:
            provinces.setdefault(letters(town.province), set()).add(self._regions[town.code])
        for town in towns:  # Utrecht and Groningen are towns first
            provinces.pop(letters(town.name), None)
        return regions | provinces

    @cached_property
    def _places(self) -> Sequence[Choosable]:
        return choosable(self._geography, self._regions)

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames([place.names for place in self._places])


def _is_a_word(name: str) -> bool:
    return fold(name) in NO_NAMES and article(name) != "den"  # "helder" is a word, "den helder" is not


def _spans(told: Sequence[str], language: str) -> Iterator[str]:
    """The answer without more and more of the words around a name, the longest first."""
    before, after = _around(told, language)
    cuts = [(start, len(told) - end) for start in range(before + 1) for end in range(after + 1)]
    for start, end in sorted(cuts, key=lambda cut: cut[0] - cut[1]):
        if start < end:
            yield " ".join(told[start:end])


def _core(told: Sequence[str], language: str) -> str:
    before, after = _around(told, language)
    return " ".join(told[before : len(told) - after])


def _around(told: Sequence[str], language: str) -> tuple[int, int]:
    """How many words at the head and at the end only lead to a name."""
    before, after = fillers(language)
    words = [fold(word) for word in told]
    return (
        sum(1 for _ in takewhile(before.__contains__, words)),
        sum(1 for _ in takewhile(after.__contains__, reversed(words))),
    )


def _fitting(names: Iterable[str]) -> Iterator[str]:
    """As many of the first names as the carrier takes."""
    first = list(islice(names, MOST_HINTS))
    lengths = accumulate(len(name) + 1 for name in first)
    return (name for name, length in zip(first, lengths, strict=True) if length <= MOST_HINT_SIGNS)
