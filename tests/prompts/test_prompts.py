"""The words: complete, in one language at a time, and said as they should be."""

from __future__ import annotations

import re

import pytest

from helpline.directory import hours
from helpline.directory.table import Table
from helpline.flow.steps import Say
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.hours import spoken

LANGUAGES = language.load()
WHISPERS = {name for name in LANGUAGES["nl"].words if name.startswith("whisper")}
CALLERS_WORDS = set(LANGUAGES["nl"].words) - WHISPERS


@pytest.fixture
def catalogue() -> Catalogue:
    """All languages."""
    return Catalogue(LANGUAGES)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "nl"])
def test_every_language_has_every_word_a_caller_hears(code: str) -> None:
    """No prompt is missing in a language, so nobody hears Dutch in the middle of another."""
    assert set(LANGUAGES[code].words) - {"languages"} == CALLERS_WORDS


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_language_fills_in_the_same(code: str) -> None:
    """A translation names what the Dutch text names: the organisation, the hours, the place, the key."""
    for name, text in LANGUAGES[code].words.items():
        if name in LANGUAGES["nl"].words:
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", LANGUAGES["nl"].words[name])


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_112_is_in_the_first_and_the_last_words(code: str) -> None:
    """Every language says 112 at the start and when nobody was reached."""
    assert "112" in LANGUAGES[code].words["emergency"]
    assert "112" in LANGUAGES[code].words["nobody_reached"]


def test_112_is_said_digit_by_digit(catalogue: Catalogue, table: Table) -> None:
    """A voice reads 1 1 2, not a hundred and twelve."""
    (speech,) = catalogue.speech(Say("emergency", "nl"), table)
    assert speech.text == "… Veilig Thuis. Direct gevaar? Bel 1 1 2."


def test_an_organisation_is_named_by_a_dutch_voice(catalogue: Catalogue, table: Table) -> None:
    """In English the Dutch name is said in Dutch, the rest in English."""
    speech = catalogue.speech(Say("silence_connects", "en", "zeeland"), table)
    assert [(part.text, part.language) for part in speech] == [
        ("Or wait for", "en-GB"),
        ("Veilig Thuis Zeeland", "nl-NL"),
    ]


def test_the_doctors_hours_are_said(catalogue: Catalogue, table: Table) -> None:
    """The sentence for a closed doctors' line says when it is open."""
    (speech,) = catalogue.speech(Say("doctor_closed", "nl", "utrecht"), table)
    assert "maandag tot en met vrijdag van 9 uur tot 17 uur" in speech.text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["mo-fr 09:00-17:00"], "maandag tot en met vrijdag van 9 uur tot 17 uur"),
        (["sa,su 10:30-14:00"], "zaterdag en zondag van 10 uur 30 tot 14 uur"),
        (["mo-su 00:00-24:00"], "elke dag van 0 uur tot 24 uur"),
        (["mo 09:00-12:00", "ph 10:00-11:00"], "maandag van 9 uur tot 12 uur en feestdagen van 10 uur tot 11 uur"),
    ],
)
def test_hours_in_words(lines: list[str], text: str) -> None:
    """Each row is hours as written in a file, and as a voice says them."""
    assert spoken(hours.read(lines), LANGUAGES["nl"].hours) == text


def test_dutch_is_formal() -> None:
    """Callers are addressed with u."""
    words = " ".join(LANGUAGES["nl"].words.values()).casefold()
    assert not re.search(r"\b(je|jij|jou|jouw)\b", words)
