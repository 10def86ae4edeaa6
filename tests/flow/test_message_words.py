"""What the words of a text mean."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.flow.message_words import DOCTOR, HELP, NAMES, SMALL, STOP_WORDS, language_of, place_words, wish_of


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("3011", "place"),
        ("help", "help"),
        ("HELP!", "help"),
        ("  hulp  ", "help"),
        ("help mij", "help"),
        ("Au secours", "help"),
        ("допоможіть", "help"),
        ("مُساعدة", "help"),
        ("yardim", "help"),
        ("meldcode", "meldcode"),
        ("wat is de Meldcode?", "meldcode"),
        ("arts 3011", "doctor"),
        ("3011 arts", "doctor"),
        ("Huisarts, Utrecht", "doctor"),
        ("ik moest naar de dokter in Utrecht", "place"),
        ("112", "emergency"),
        ("bel 112!", "emergency"),
        ("Kerkstraat 112, 3011 AB", "place"),
        ("112 1017 AB", "emergency"),
        ("bel 112 sinds 2019 is het erg", "emergency"),
        ("112,1017AB", "emergency"),
        ("1-1-2", "emergency"),
        ("١١٢", "emergency"),
        ("I need a doctor", "place"),
        ("mijn man is arts 3011", "place"),
        ("1123", "place"),
        ("06-112345", "place"),
        ("", "place"),
    ],
)
def test_what_is_wished(text: str, wish: str) -> None:
    """Each row is a text and what its sender wishes."""
    assert wish_of(text) == wish


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_stop_word_is_the_whole_text(word: str) -> None:
    """A stop word alone, in any case, stops; with anything beside it, it is a word like others."""
    assert {wish_of(text) for text in (word, word.upper(), f" {word.title()} ")} == {"stop"}
    assert wish_of(f"{word}!") != "stop"
    assert wish_of(f"{word} 3011") != "stop"
    assert wish_of(f"he said {word}") != "stop"


def test_the_words_that_the_carrier_leaves_to_us_are_cries_for_help() -> None:
    """Once Twilio blocks nobody for END and QUIT they are answered; STOP stays the carrier's."""
    assert {wish_of(word, cries_are_ours=True) for word in ("END", "quit")} == {"help"}
    assert wish_of("STOP", cries_are_ours=True) == "stop"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3011", "nl"),
        ("Utrecht", "nl"),
        ("help", "nl"),
        ("ik word geslagen", "nl"),
        ("my husband hits me", "en"),
        ("english 3011", "en"),
        ("Türkçe", "tr"),
        ("kocam beni dövüyor", "tr"),
        ("mąż mnie bije", "pl"),
        ("pomoc", "pl"),
        ("ich brauche Hilfe", "de"),
        ("arzt 3011", "de"),
        ("mon mari me frappe", "fr"),
        ("necesito ayuda", "es"),
        ("допомога", "uk"),
        ("3011 طبيب", "ar"),
        ("mein moi", "nl"),
        ("wie bent u?", "nl"),
        ("er is geweld", "nl"),
        ("dank je wel", "nl"),
        ("mi marido me pega", "es"),
        ("😀", "nl"),
    ],
)
def test_which_language(text: str, language: str) -> None:
    """Each row is a text and the language it is answered in."""
    assert language_of(text) == language


@pytest.mark.parametrize("lists", [HELP, DOCTOR, NAMES, SMALL], ids=["help", "doctor", "names", "small"])
def test_a_word_tells_one_language(lists: dict[str, frozenset[str]]) -> None:
    """No word stands in the list of two languages."""
    counted = Counter(word for words in lists.values() for word in words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_what_is_left_for_a_place() -> None:
    """The words for a doctor and for a language are no part of a place's name."""
    assert place_words("arts: Bergen in Limburg") == "Bergen in Limburg"
    assert place_words("English, Utrecht") == "Utrecht"


@given(st.text(max_size=1600))
def test_any_text_is_understood_somehow(text: str) -> None:
    """Nothing that can be texted raises."""
    assert wish_of(text)
    assert language_of(text)
    place_words(text)
