"""What is texted: two segments at most, neutral at first sight, 112 at the end, and no number that is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from helpline.directory import hours
from helpline.directory.table import Line, Table
from helpline.flow.message import Reply
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.segments import fits, is_gsm

LANGUAGES = language.load()
CATALOGUE = Catalogue(LANGUAGES)
IN_LETTERS_OF_ITS_OWN = {"ar", "uk"}
WITHOUT_PLACE = ("doctor_where", "help", "emergency", "meldcode", "ask")
PUBLIC = "+31300000099"


def with_public(table: Table, number: str | None = PUBLIC) -> Table:
    """The table where every line has a public number."""

    def public(line: Line | None) -> Line | None:
        return replace(line, public=number) if line else None

    named = {
        slug: replace(each, advice=replace(each.advice, public=number), doctors=public(each.doctors))
        for slug, each in table.organisations.items()
    }
    return replace(table, organisations=named)


def replies(table: Table, code: str) -> Iterator[Reply]:
    """Every reply there can be in a language, for every organisation; of the choices those with the longest names."""
    yield from (Reply(words, code) for words in WITHOUT_PLACE)
    for slug, organisation in table.organisations.items():
        yield from (Reply(words, code, region=slug) for words in ("place", "doctor_none"))
        if organisation.doctors:
            yield Reply("doctor", code, region=slug)
    for index in range(len(table._doubts)):
        yield from (Reply(words, code, choices=f"doubt-{index}") for words in ("which", "doctor_which"))


@pytest.mark.parametrize("code", list(LANGUAGES))
@pytest.mark.parametrize("public", [None, PUBLIC], ids=["no public number", "a public number"])
def test_every_text_fits_in_two_segments(code: str, public: str | None, table: Table) -> None:
    """For every organisation, in GSM-7 where the language can be written in it, and never by leaving out the answer."""
    public_table = with_public(table, public)
    asks = CATALOGUE.text(Reply("ask", code), public_table)
    for reply in replies(public_table, code):
        text = CATALOGUE.text(reply, public_table)
        assert fits(text), text
        assert is_gsm(text) == (code not in IN_LETTERS_OF_ITS_OWN), text
        assert (text == asks) == (reply.words == "ask"), (reply, text)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_text_says_112_and_not_at_first_sight(code: str, table: Table) -> None:
    """112 ends every text; the first words, which show on a locked screen, tell nothing."""
    told = re.compile(r"\d|veilig|thuis|geweld|mishandel|violence|gewalt", re.IGNORECASE)
    for reply in replies(table, code):
        text = CATALOGUE.text(reply, table)
        assert "112" in text[-35:]
        assert not told.search(text[: len(LANGUAGES[code].texts["opening"])])


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_only_public_numbers_are_texted(code: str, table: Table) -> None:
    """A text holds no number but 0800-2000, 112, the keys and the organisation's public one."""
    public_table = with_public(table)
    forwarding = {
        number[3:]
        for each in table.organisations.values()
        for line in (each.advice, each.doctors)
        if line
        for number in line.numbers
    }
    for reply in replies(public_table, code):
        digits = re.sub(r"\D", "", CATALOGUE.text(reply, public_table))
        assert not any(number in digits for number in forwarding)
        assert ("300000099" in digits) == (reply.words in ("place", "doctor"))


def test_a_public_number_is_texted_as_long_as_it_rings_there(table: Table) -> None:
    """Where an organisation has a public number it is in the text; while the line is diverted it is not."""
    public_table = with_public(table)
    text = CATALOGUE.text(Reply("place", "nl", "utrecht"), public_table)
    assert "0300000099" in text
    diverted = replace(public_table, diversions={("utrecht", "advice"): None})  # type: ignore[dict-item]
    assert "0300000099" not in CATALOGUE.text(Reply("place", "nl", "utrecht"), diverted)


def test_what_does_not_fit_is_said_in_fewer_words(table: Table) -> None:
    """With endless hours a doctor reads the plain question; nobody gets a third segment."""
    endless = hours.read([f"mo {hour:02}:00-{hour:02}:30" for hour in range(24)])
    utrecht = table.organisations["utrecht"]
    assert utrecht.doctors
    long = replace(
        table,
        organisations={
            **table.organisations,
            "utrecht": replace(utrecht, doctors=replace(utrecht.doctors, hours=endless)),
        },
    )
    assert CATALOGUE.text(Reply("doctor", "nl", "utrecht"), long) == CATALOGUE.text(Reply("ask", "nl"), long)


def test_a_doctor_reads_the_hours(table: Table) -> None:
    """When and how the vertrouwensarts is reached."""
    text = CATALOGUE.text(Reply("doctor", "nl", "utrecht"), table)
    assert "vertrouwensarts: ma-vr 9-17 uur, niet op feestdagen. Bel 0800-2000, toets 01" in text


def test_the_meldcode_has_five_steps_and_advice_at_each(table: Table) -> None:
    """In every language a professional reads the five steps, and that advice can be had at every one."""
    for code in LANGUAGES:
        text = CATALOGUE.text(Reply("meldcode", code), table)
        assert re.findall(r"\b[1-5]\b", text) == ["1", "2", "3", "4", "5"]
        assert "2000" in text


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "nl"])
def test_every_language_has_every_text(code: str) -> None:
    """No text is missing, and each fills in what the Dutch one does; the one for a fault is in two languages."""
    dutch = LANGUAGES["nl"].texts
    texts = LANGUAGES[code].texts
    assert set(texts) == set(dutch) - {"fault"}
    for name, text in texts.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", dutch[name]))


def test_numbers_in_arabic_cannot_turn_round() -> None:
    """Between Arabic words a hyphen or blank within a number would show its halves in the wrong order."""
    assert not any(re.search(r"\d[- ]\d", text) for text in LANGUAGES["ar"].texts.values())


def test_texts_are_formal() -> None:
    """Who texts is addressed with u."""
    words = " ".join(LANGUAGES["nl"].texts.values()).casefold()
    assert not re.search(r"\b(je|jij|jou|jouw)\b", words)
