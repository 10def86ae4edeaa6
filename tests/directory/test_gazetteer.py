"""A spoken place is taken when it is sure, asked back when it is not, and never taken for another's."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpline.directory.choice import said
from helpline.directory.gazetteer import MOST_CANDIDATES, Gazetteer, Heard
from helpline.directory.spelling import fold
from helpline.directory.table import Table

LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk", "de", "fr", "es")
ANY_TEXT = st.text(st.characters(codec=None), max_size=300)
MISHEARINGS = [  # what is written, and what may be heard for it
    *[(f"{vowel}{vowel}", vowel) for vowel in "aeou"],
    *[(f"(?<!{vowel}){vowel}(?!{vowel})", 2 * vowel) for vowel in "aeou"],
    *[("c(?!h)", "k"), ("k", "c"), ("ij", "ei"), ("ei", "ij"), ("s(?!c)", "z"), ("z", "s"), ("v", "f"), ("f", "v")],
    *[("g", "ch"), ("ch", "g"), ("ou", "au"), ("au", "ou"), ("oe", "u"), ("ie", "i"), ("th", "t"), ("ks", "x")],
    *[(r"d\b", "t"), (r"t\b", "d"), (r"b\b", "p"), (r"en\b", "e"), ("sch", "sg"), (r"([a-z])\1", r"\1"), ("m", "n")],
    *[(r"^(de|den|het|'t|'s|it)[ -]", ""), (r"^", "de "), (r"^", "den "), (r"(?<=.)[a-z]", ""), (r"([a-z])", r"\1\1")],
]


@pytest.fixture(scope="session")
def gazetteer(table: Table) -> Gazetteer:
    """The gazetteer of the shipped tables."""
    return Gazetteer(table.country.geography, table.region_of_municipality)


@pytest.fixture(scope="session")
def regions_of(table: Table) -> dict[str, set[str]]:
    """By spelling, the organisations that have a place of that name."""
    found: dict[str, set[str]] = {}
    for name, code in table.country._names():
        found.setdefault(fold(said(name)), set()).add(table.region_of_municipality[code])
    return found


def misheard(name: str) -> Iterator[str]:
    """Each rule once, at a place in the name that is drawn but always the same."""
    drawn = random.Random(name)
    for pattern, heard in MISHEARINGS:
        places = list(re.finditer(pattern, name.lower()))
        if places:
            place = drawn.choice(places)
            yield name.lower()[: place.start()] + place.expand(heard) + name.lower()[place.end() :]


def offered(gazetteer: Gazetteer, words: str, language: str = "nl") -> list[str]:
    """What is asked back."""
    return [gazetteer.choices[place].place for place in gazetteer.heard(words, language).candidates]


@pytest.mark.parametrize(
    ("words", "language", "region"),
    [
        *[
            (words, "nl", "utrecht")
            for words in ("Zeist", "in Zeist.", "ik bel over Zeist", "ZEIST", " gemeente  Zeist ")
        ],
        *[
            (words, "nl", "utrecht")
            for words in ("het is Zeist alstublieft", "uh Zeist", "f*** Zeist", "ik woon in Zeist")
        ],
        *[
            (words, "nl", "haaglanden")
            for words in ("Den Haag", "'s-Gravenhage", "’s Gravenhage", "The Hague", "La Haye")
        ],
        *[(words, "nl", "brabant-noordoost") for words in ("Den Bosch", "in Den Bosch", "'s-Hertogenbosch")],
        *[(words, "nl", "west-brabant") for words in ("Sint Willebrord", "St. Willebrord", "St Willebrord")],
        ("Ljouwert", "nl", "friesland"),
        ("Den Helder", "nl", "noord-holland-noord"),
        ("Bergen in Limburg", "nl", "noord-en-midden-limburg"),
        ("Hengelo Overijssel", "nl", "twente"),
        ("Ouderkerk aan de Amstel", "nl", "amsterdam-amstelland"),
        ("I live in The Hague please", "en", "haaglanden"),
        ("Utrecht'te yaşıyorum", "tr", "utrecht"),
        ("mieszkam w Utrechcie", "pl", "utrecht"),
        ("в Амстердамі", "uk", "amsterdam-amstelland"),
        ("في لاهاي", "ar", "haaglanden"),
        ("ich wohne in Zeist", "de", "utrecht"),
        ("j'habite à Zeist", "fr", "utrecht"),
        ("vivo en Zeist", "es", "utrecht"),
        ("in Zeist", "xx", "utrecht"),
    ],
)
def test_a_whole_name_that_can_be_no_other_is_sure(
    gazetteer: Gazetteer, words: str, language: str, region: str
) -> None:
    """One known name, with no more around it than words that lead to a name, is taken."""
    assert gazetteer.heard(words, language) == Heard(region=region)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Hoorn", ["Hoorn, gemeente Hoorn", "Hoorn in Friesland", "Horn in Limburg"]),
        ("Horn", ["Horn in Limburg", "Hoorn, gemeente Hoorn", "Hoorn in Friesland"]),
        ("Bergen", ["Bergen in Noord-Holland", "Bergen in Limburg", "Bergen op Zoom"]),
        ("Hengelo", ["Hengelo in Overijssel", "Hengelo in Gelderland"]),
        ("Rijswijk", ["Rijswijk in Zuid-Holland", "Rijswijk in Noord-Brabant", "Rijswijk in Gelderland"]),
        ("Apeldorn", ["Apeldoorn"]),
        ("ik woon in Zoetemeer", ["Zoetermeer"]),
        ("Зейст", ["Zeist"]),
        ("mijn moeder woont in Oss", ["Oss"]),
        ("niet in Zeist maar in Utrecht", ["Utrecht", "Zeist"]),
        ("den Boer", ["Boer", "Ten Boer"]),
        ("de stad", ["Groningen"]),
        ("boer", ["Boer"]),
    ],
)
def test_what_is_not_sure_is_asked_back(gazetteer: Gazetteer, words: str, places: list[str]) -> None:
    """Two places of one name, a name that sounds like another, a misheard one, one in a sentence, a word."""
    assert sorted(offered(gazetteer, words)) == sorted(places)


@pytest.mark.parametrize(("words", "first"), [("Katwijk", "Katwijk in Zuid-Holland"), ("Horn", "Horn in Limburg")])
def test_the_likeliest_is_offered_first(gazetteer: Gazetteer, words: str, first: str) -> None:
    """The very name before one that sounds like it, a town before a village."""
    assert offered(gazetteer, words)[0] == first


def test_ouderkerk_is_asked_by_its_river(gazetteer: Gazetteer) -> None:
    """The one on the Amstel and the one on the IJssel are two organisations'."""
    regions = {gazetteer.choices[place].region for place in gazetteer.heard("Ouderkerk", "nl").candidates}
    assert {"amsterdam-amstelland", "hollands-midden"} <= regions


@pytest.mark.parametrize(
    "words",
    [
        *(
            "help",
            "ik weet het niet",
            "mijn man slaat me",
            "ja",
            "nee",
            "hallo",
            "",
            " ",
            "?!",
            "😀",
            "***",
            "f*** ***",
        ),
        *("ik wil een medewerker", "kunt u mij helpen", "mijn buren maken ruzie", "school", "het is best wel heel erg"),
        *("ik moest in de hoek staan", "hij werkt in een winkel", "wij wonen in een houten huis", "een twee drie"),
        *("I don't know", "je ne sais pas", "не знаю", "لا أعرف", "ساعدوني", "допоможіть", "a " * 500),
    ],
)
def test_what_names_no_place_offers_none(gazetteer: Gazetteer, words: str) -> None:
    """A cry for help, small talk and words that happen to be villages are no place."""
    assert gazetteer.heard(words, "nl") == Heard()


@pytest.mark.parametrize("words", ["ja " * 40 + "Zeist", "Zeist " * 40])
def test_a_long_story_is_never_sure(gazetteer: Gazetteer, words: str) -> None:
    """A name may be cut off at its end: nothing is taken from it."""
    assert gazetteer.heard(words, "nl").region is None


@given(words=ANY_TEXT, language=st.sampled_from((*LANGUAGES, "", "xx")))
@example(words="ﷺ" * 100, language="ar")
@example(words="\ud800 \x00", language="nl")
def test_no_text_breaks_it(gazetteer: Gazetteer, words: str, language: str) -> None:
    """Whatever was heard: sure or at most three known places, each once, and never both."""
    heard = gazetteer.heard(words, language)
    assert not (heard.region and heard.candidates)
    assert len(set(heard.candidates)) == len(heard.candidates) <= MOST_CANDIDATES
    assert all(0 <= place < len(gazetteer.choices) for place in heard.candidates)


def test_every_municipality_is_understood(gazetteer: Gazetteer, table: Table) -> None:
    """Each name as it is written is taken for its own organisation, or that one is offered."""
    missed = [
        town.name
        for code, town in table.country.geography.municipalities.items()
        if table.region_of_municipality[code] not in _regions(gazetteer, town.name)
    ]
    assert missed == []


def _regions(gazetteer: Gazetteer, words: str) -> set[str | None]:
    heard = gazetteer.heard(words, "nl")
    return {heard.region, *(gazetteer.choices[place].region for place in heard.candidates)}


def _is_wrong(gazetteer: Gazetteer, regions_of: dict[str, set[str]], name: str, heard: str) -> bool:
    region = gazetteer.heard(heard, "nl").region
    return region is not None and region not in regions_of[fold(said(name))]


@pytest.fixture(scope="session")
def is_wrong(gazetteer: Gazetteer, regions_of: dict[str, set[str]]) -> Callable[[str, str], bool]:
    """True when, of a name, something is heard for which an organisation is taken that has no place of that name."""
    return partial(_is_wrong, gazetteer, regions_of)


@pytest.mark.proof
def test_no_misheard_name_is_taken_for_another(table: Table, is_wrong: Callable[[str, str], bool]) -> None:
    """Whatever slip of the line or the recogniser: no call goes to an organisation that has no place of that name."""
    names = {place.name for place in table.country.geography.places}
    wrong = [(name, heard) for name in sorted(names) for heard in misheard(said(name)) if is_wrong(name, heard)]
    assert wrong == []


def test_no_misheard_municipality_is_taken_for_another(table: Table, is_wrong: Callable[[str, str], bool]) -> None:
    """The same for the municipalities only, which takes a second."""
    names = [town.name for town in table.country.geography.municipalities.values()]
    assert [(name, heard) for name in names for heard in misheard(said(name)) if is_wrong(name, heard)] == []


def test_the_order_depends_on_the_tables_only(gazetteer: Gazetteer, table: Table) -> None:
    """An index means the same place on every machine."""
    again = Gazetteer(table.country.geography, dict(reversed(list(table.region_of_municipality.items()))))
    assert again.choices == gazetteer.choices


def test_the_hints_are_what_the_carrier_takes(gazetteer: Gazetteer) -> None:
    """At most 500 names of at most 100 signs, none with a comma, the largest towns first, and not too long in all."""
    assert gazetteer.hints[:4] == ("Amsterdam", "Rotterdam", "Den Haag", "Utrecht")
    assert len(set(gazetteer.hints)) == len(gazetteer.hints) <= 500
    assert max(map(len, gazetteer.hints)) <= 100
    assert len(",".join(gazetteer.hints)) < 6_000
    assert "," not in "".join(gazetteer.hints)
