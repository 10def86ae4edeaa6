"""The words: complete, in one language at a time, and said as they should be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from helpline.directory import hours
from helpline.directory.content import Announcement
from helpline.directory.table import Table
from helpline.flow.steps import Say
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.hours import spoken
from helpline.simulator import voices

LANGUAGES = language.load()
WORKERS_WORDS = {name for name in LANGUAGES["nl"].words if name.startswith(("whisper", "test_call"))}
ENGLISH_ONLY = {"languages", "languages_english_only", "after_fault"}  # said to callers who may know no Dutch
IN_TWO_LANGUAGES = {"after_fault"}  # the last resort knows no language
CALLERS_WORDS = set(LANGUAGES["nl"].words) - WORKERS_WORDS


@pytest.fixture
def catalogue() -> Catalogue:
    """All languages."""
    return Catalogue(LANGUAGES)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "nl"])
def test_every_language_has_every_word_a_caller_hears(code: str) -> None:
    """No prompt is missing in a language, so nobody hears Dutch in the middle of another; each names itself."""
    assert set(LANGUAGES[code].words) - ENGLISH_ONLY == CALLERS_WORDS - IN_TWO_LANGUAGES


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_language_fills_in_the_same(code: str) -> None:
    """A translation names what the Dutch text names: the organisation, the hours, the place, the key."""
    for name, text in LANGUAGES[code].words.items():
        if name in LANGUAGES["nl"].words:
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", LANGUAGES["nl"].words[name]))


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


def test_an_announcement_is_said_as_it_was_written(catalogue: Catalogue, table: Table) -> None:
    """An operator's words come from the table, with the language's own voice and long numbers digit by digit."""
    words = {"nl": "Er is een {storing}. Bel 0800-2000.", "pl": "Awaria linii 112."}
    announced = Announcement("utrecht", words, datetime(2030, 1, 1, tzinfo=UTC), "somebody", "a fault")
    faulty = replace(table, announcements={"utrecht": announced})
    (dutch,) = catalogue.speech(Say("announcement", "nl", "utrecht"), faulty)
    (polish,) = catalogue.speech(Say("announcement", "pl", "utrecht"), faulty)
    assert dutch.text == "Er is een {storing}. Bel 0 8 0 0-2 0 0 0."
    assert (polish.text, polish.voice) == ("Awaria linii 1 1 2.", LANGUAGES["pl"].voice)


def test_a_prompt_is_there_or_not(catalogue: Catalogue) -> None:
    """Prompts of the file are there, and announcements, which the table has; nothing else."""
    assert catalogue.has("place", "pl")
    assert catalogue.has("announcement", "pl")
    assert not catalogue.has("whisper_start", "pl")


def test_the_doctors_hours_are_said(catalogue: Catalogue, table: Table) -> None:
    """The sentence for a closed doctors' line says when it is open."""
    (speech,) = catalogue.speech(Say("doctor_closed", "nl", "utrecht"), table)
    assert "maandag tot en met vrijdag van 9 uur tot 17 uur, niet op feestdagen" in speech.text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["mo-fr 09:00-17:00"], "maandag tot en met vrijdag van 9 uur tot 17 uur, niet op feestdagen"),
        (["sa,su 10:30-14:00"], "zaterdag en zondag van 10 uur 30 tot 14 uur, niet op feestdagen"),
        (["mo-su 00:00-24:00"], "elke dag van 0 uur tot 24 uur, niet op feestdagen"),
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


def french(**changes: object) -> dict[str, object]:
    """The French file's content with changes."""
    return {**LANGUAGES["fr"].model_dump(), **changes}


def test_a_recording_replaces_its_words(table: Table) -> None:
    """A prompt with a recording is played; its text stays beside it."""
    recorded = language.Language.model_validate(french(recordings={"emergency": "https://sounds.example/112.mp3"}))
    (speech,) = Catalogue({**LANGUAGES, "fr": recorded}).speech(Say("emergency", "fr"), table)
    assert (speech.recording, speech.text) == ("https://sounds.example/112.mp3", LANGUAGES["fr"].words["emergency"])


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("emergency", "http://sounds.example/a.mp3"),
        ("silence_connects", "https://x.example/a.mp3"),
        ("unheard", "https://x.example"),
    ],
)
def test_a_recording_that_cannot_stand_in_is_refused(name: str, url: str) -> None:
    """Only a whole prompt with nothing to fill in can be recorded, and only at an https address."""
    with pytest.raises(ValidationError, match="recordings"):
        language.Language.model_validate(french(recordings={name: url}))


def test_unread_languages_are_not_offered_to_the_public() -> None:
    """The real line offers English and what a native speaker has read; the demonstration offers all."""
    read = {**LANGUAGES, "pl": LANGUAGES["pl"].model_copy(update={"read_by_native_speaker": True})}
    assert Catalogue(read).offered(unread=False) == ("nl", "en", "pl")
    assert Catalogue(LANGUAGES).offered(unread=False) == ("nl", "en")
    assert Catalogue(LANGUAGES).offered(unread=True) == ("nl", "en", "ar", "tr", "pl", "uk", "de", "fr", "es")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_language_has_a_voice_and_ears_that_twilio_has(code: str) -> None:
    """Voice and tags are on Twilio's lists, and the voice speaks the language of its tag."""
    spoken_by, tag = LANGUAGES[code].voice, LANGUAGES[code].tag
    assert voices.language_of_voice(spoken_by)
    assert voices.speaks(spoken_by, tag)
    assert (LANGUAGES[code].gather or tag) in voices.GATHER_LANGUAGES


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_language_fits_a_menu_of_names(code: str) -> None:
    """After a name said by another voice no stretch begins with a stop, which a voice might read out."""
    catalogue = Catalogue(LANGUAGES)
    for prompt in ("choice", "meant"):
        for speech in catalogue.speech(Say(prompt, code, place="Zeist", key="1"), None):  # type: ignore[arg-type]
            assert speech.text[0].isalnum() or speech.text[0] in "¿…"
