"""From a text to its answer, with the table as shipped."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.errors import Diverged
from helpline.flow.message import Reply
from helpline.flow.steps import Lookup
from helpline.settings import Settings
from helpline.switchboard.reply_cap import MOST_REPLIES, ReplyCap
from helpline.switchboard.texts import Text, Texts
from tests.clock import Clock
from tests.conftest import OWN_NUMBER

PERSON = "+31612345601"
_sids = count()


@pytest.fixture
def texts(helpline: Helpline, settings: Settings, clock: Clock) -> Texts:
    """As the service has them, with a memory of their own and every language."""
    languages = ("nl", "en", "ar", "tr", "pl", "uk", "de", "fr", "es")
    return Texts(helpline.directory, clock, languages, settings.helpline_numbers, ReplyCap())


def reply(texts: Texts, body: str, sender: str = PERSON) -> Reply | None:
    """The reply to a text."""
    answer = texts.answer(Text(f"SM{next(_sids)}", sender, body))
    return answer.reply if answer else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("3011", Reply("place", "nl", "rotterdam-rijnmond")),
        (" 3011ab ", Reply("place", "nl", "rotterdam-rijnmond")),
        ("dertig elf", Reply("place", "nl", "rotterdam-rijnmond")),
        ("stop 3011", Reply("place", "nl", "rotterdam-rijnmond")),
        ("english 3011", Reply("place", "en", "rotterdam-rijnmond")),
        ("utrecht", Reply("place", "nl", "utrecht")),
        ("Wij wonen in Den Haag", Reply("place", "nl", "haaglanden")),
        ("'s-gravenhage", Reply("place", "nl", "haaglanden")),
        ("Bergen in Limburg", Reply("place", "nl", "noord-en-midden-limburg")),
        ("Я живу в Гаага", Reply("place", "uk", "haaglanden")),
        ("arts 3011", Reply("doctor", "nl", "rotterdam-rijnmond")),
        ("доктор", Reply("ask", "uk")),
        ("лікар 3011", Reply("doctor", "uk", "rotterdam-rijnmond")),
        ("3011 en 1012", Reply("ask", "nl")),
        ("mijn postcode is 3011", Reply("place", "nl", "rotterdam-rijnmond")),
        ("hij is in huis, 3011 AB", Reply("place", "nl", "rotterdam-rijnmond")),
        ("3011 AB of 1012 AB", Reply("ask", "nl")),
        ("sinds 2019 slaat hij mij", Reply("ask", "nl")),
        ("er is 1500 euro weg", Reply("ask", "nl")),
        ("help Utrecht", Reply("place", "nl", "utrecht")),
        ("help 3011", Reply("place", "nl", "rotterdam-rijnmond")),
        ("Zeeland", Reply("place", "nl", "zeeland")),
        ("Limburg", Reply("ask", "nl")),
        ("Nederland", Reply("ask", "nl")),
        ("Groningen", Reply("place", "nl", "groningen")),
        ("Pijn", Reply("ask", "nl")),
        ("Slaat", Reply("ask", "nl")),
        ("ik ben thuis", Reply("ask", "nl")),
        ("112 1017 AB", Reply("emergency", "nl")),
        ("x" * 1600, Reply("ask", "nl")),
        ("😀", Reply("ask", "nl")),
        ("", Reply("ask", "nl")),
        ("日本語", Reply("ask", "nl")),
        ("1004", Reply("ask", "nl")),
        ("help", Reply("help", "nl")),
        ("stop", None),
    ],
)
def test_what_a_text_is_answered_with(texts: Texts, body: str, expected: Reply | None) -> None:
    """Each row is a text and the reply to it."""
    assert reply(texts, body) == expected


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("Bergen", ["Bergen in Noord-Holland", "Bergen in Limburg"]),
        ("hengelo", ["Hengelo in Overijssel", "Hengelo in Gelderland"]),
        ("1382", ["Amsterdam", "Gooise Meren"]),
        ("Eindhovenn", ["Eindhoven"]),
        ("ik woon in Best", ["Best in Noord-Brabant"]),
    ],
)
def test_a_doubt_names_its_places(texts: Texts, helpline: Helpline, body: str, places: list[str]) -> None:
    """A name or postcode of several places is asked back with each; a name that is also a word too."""
    asked = reply(texts, body)
    assert asked is not None
    assert asked.words == "which"
    assert [choice.place for choice in helpline.directory.current.choices(asked.choices)] == places


def test_every_place_that_is_asked_back_is_understood_when_it_is_texted(helpline: Helpline) -> None:
    """Whoever texts back the name they were asked about gets its organisation, whatever the name."""
    table = helpline.directory.current
    lost = [
        choice.place for choice in table.gazetteer.choices if table.gazetteer.read(choice.place, "nl").region is None
    ]
    assert lost == ["Nederland"]  # whoever means the hamlet texts its postcode


def test_a_municipality_that_is_asked_back_is_understood_or_asked_once_more(helpline: Helpline) -> None:
    """Its name may be that of two places; then it is asked with what tells them apart, and that is understood."""
    table = helpline.directory.current
    for choice in {choice for doubt in table._doubts for choice in doubt}:
        read = table.gazetteer.read(choice.place, "nl")
        offered = {table.gazetteer.choices[index].region for index in read.candidates}
        assert choice.region == read.region or choice.region in offered


@pytest.mark.parametrize(
    "sender",
    [
        "1400",
        "+31",
        "Belasting",
        OWN_NUMBER,
        "+318002000",
        "+266696687",
        "+17378742833",
        "+318000001",
        "+31900000001",
        "whatsapp:+31612345601",
        "anonymous",
        "",
        " ",
    ],
)
def test_who_cannot_be_a_person_gets_no_answer(texts: Texts, sender: str) -> None:
    """Short codes, names, our own numbers, withheld ones in all their forms and service numbers are not answered."""
    assert reply(texts, "help", sender) is None


@pytest.mark.parametrize("sender", [PERSON, "+31300000001", "+32470000001"])
def test_who_can_be_a_person_gets_one(texts: Texts, sender: str) -> None:
    """Mobiles, landlines and foreign numbers are answered."""
    assert reply(texts, "help", sender) == Reply("help", "nl")


def test_a_machine_that_answers_us_goes_unanswered(texts: Texts) -> None:
    """Within an hour a sender has a number of answers, and then none; others go on as before."""
    given = [reply(texts, "I am driving") for _ in range(MOST_REPLIES + 5)]
    assert [each is not None for each in given] == [True] * MOST_REPLIES + [False] * 5
    assert reply(texts, "3011", "+31612345602") is not None


def test_stop_words_that_only_the_carrier_knows(texts: Texts) -> None:
    """Where the carrier says that it took a text for a stop word, there is no answer, whatever it says."""
    assert texts.answer(Text("SM1", PERSON, "3011", stopped=True)) is None


def test_a_language_that_is_not_offered_is_answered_in_english(helpline: Helpline, clock: Clock) -> None:
    """A translation that nobody has read is not sent."""
    texts = Texts(helpline.directory, clock, ("nl", "en"), (OWN_NUMBER,), ReplyCap())
    assert reply(texts, "допомога") == Reply("help", "en")


def test_an_unknown_question_is_a_fault(texts: Texts) -> None:
    """A step that nothing here can look up is refused."""
    with pytest.raises(Diverged):
        texts._look_up(Lookup("weather"), Text("SM1", PERSON, ""), replace(texts._directory.current))


def test_the_settings_make_texts(settings: Settings, clock: Clock) -> None:
    """The service answers in the languages it offers to callers."""
    served = bootstrap.helpline(settings, placeholders_allowed=True, clock=clock).texts
    assert reply(served, "pomoc") == Reply("help", "en")
