"""Names that sound alike share a key, and what is near a name is found."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpline.directory.known_names import KnownNames
from helpline.directory.sound import article, sounds_like
from helpline.directory.spelling import fold

KNOWN = KnownNames([["Den Haag", "'s-Gravenhage"], ["Kaag"], ["Loenen"], ["Loenen aan de Vecht"], ["Zoetermeer"]])


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("Hoorn", "Horn"),
        ("Hoorn", "Den Hoorn"),
        ("Leiden", "Lijden"),
        ("Ouderkerk", "Auderkerk"),
        ("Cuijk", "Kuik"),
        ("Zeist", "Seist"),
        ("Velp", "Felp"),
        ("Drachten", "Dragten"),
        ("IJsselstein", "Ysselsteyn"),
        ("Zandvoort", "Santfoord"),
        ("Ransdorp", "Ransdorb"),
        ("Schagen", "Sgagen"),
        ("Schiedam", "Schidam"),
        ("Thorn", "Torn"),
        ("Texel", "Teksel"),
        ("Leeuwarden", "Leeuwarde"),
        ("Assen", "Asen"),
        ("Goes", "Gus"),
        ("Schaesberg", "Schaasberg"),
        ("Zeist", "Зейст"),
    ],
)
def test_what_sounds_alike_shares_a_key(name: str, heard: str) -> None:
    """A long vowel, a voiced end, a letter written two ways: none of them tells two names apart."""
    assert sounds_like(name) == sounds_like(heard)


@pytest.mark.parametrize(("name", "other"), [("Breda", "Brielle"), ("Assen", "Essen"), ("Zeist", "Soest")])
def test_what_sounds_different_does_not(name: str, other: str) -> None:
    """Another vowel is another name."""
    assert sounds_like(name) != sounds_like(other)


@given(st.text())
@example("ь")
@example("h")
def test_a_key_is_empty_only_where_the_spelling_is(name: str) -> None:
    """Any text has a key, always the same one, unless no letter or figure is in it."""
    assert bool(sounds_like(name)) == bool(fold(name))


@pytest.mark.parametrize(
    ("name", "said"), [("Den Haag", "den"), ("'t Loo", "het"), ("It Hearrenfean", "het"), ("Delft", ""), ("", "")]
)
def test_the_article_is_told_apart(name: str, said: str) -> None:
    """The article that the one spelling drops is known still."""
    assert article(name) == said


def test_a_name_is_known_whatever_its_article() -> None:
    """ "Haag" is Den Haag, but not exactly."""
    assert (KNOWN.places("Haag"), KNOWN.exactly("Haag"), KNOWN.exactly("den haag")) == ((0,), (), (0,))


def test_an_article_keeps_names_apart() -> None:
    """ "Den Haag" is not taken for Kaag, which "Haag" could be."""
    assert (set(KNOWN.taken_for("Den Haag")), set(KNOWN.taken_for("Haag"))) == ({0}, {0, 1})


def test_a_name_may_be_the_beginning_of_another() -> None:
    """ "Loenen" may be what is left of "Loenen aan de Vecht"."""
    assert set(KNOWN.taken_for("Loenen")) == {2, 3}


@pytest.mark.parametrize(("said", "places"), [("zoete meer", [4]), ("Sutermeer", [4]), ("Groningen", []), ("x", [])])
def test_what_is_near_is_found(said: str, places: list[int]) -> None:
    """A misspelt name is met, another is not."""
    assert list(KNOWN.near(said, without=())) == places


def test_names_that_are_words_are_near_nothing() -> None:
    """A name left out is not met."""
    assert list(KNOWN.near("zoetemeer", without={"zoetermeer"})) == []
