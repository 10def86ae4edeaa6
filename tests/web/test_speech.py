"""Spoken answers as the carrier sends them."""

from __future__ import annotations

import pytest

from tests.web.carrier import Carrier, action


@pytest.fixture
def second_asking(carrier: Carrier) -> str:
    """The address of the second question, at which a voice is taken."""
    return action(carrier.post(action(carrier.post("/voice").text), Digits="5").text)


def test_voice_is_asked_for_at_the_second_asking(carrier: Carrier) -> None:
    """The first question takes keys, the second keys and speech, with names of places as hints."""
    first = carrier.post("/voice").text
    second = carrier.post(action(first), Digits="5").text
    assert 'input="dtmf"' in first
    assert 'input="dtmf speech" language="nl-NL"' in second
    assert "Rotterdam" in second.partition("hints=")[2].partition('"')[2].partition('"')[0]
    assert len(second) < 16_000


@pytest.mark.parametrize(
    "confidence", [{}, {"Confidence": ""}, {"Confidence": "0.0"}, {"Confidence": "0.93"}, {"Confidence": "x"}]
)
def test_confidence_does_not_decide(carrier: Carrier, second_asking: str, confidence: dict[str, str]) -> None:
    """Recognition's own confidence may be missing, nought or nonsense: what counts is that the name is certain."""
    assert "+31300000001" in carrier.post(second_asking, {"SpeechResult": "Zeist.", **confidence}).text


def test_keys_beat_words(carrier: Carrier, second_asking: str) -> None:
    """Where a key and a voice come together, the key is what the caller meant."""
    assert "+31100000001" in carrier.post(second_asking, Digits="3011", SpeechResult="Zeist").text


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "*** ******",
        "ik weet het niet",
        "помогите мне",
        "ساعدوني",
        "😀",
        "a" * 1000,
        "112",
        "nul twee",
        "<Hangup/>",
    ],
)
def test_words_that_are_no_place_reach_a_person(carrier: Carrier, second_asking: str, words: str) -> None:
    """Empty, stars, a sentence, another script, endless: the national desk is rung."""
    assert "+31700000900" in carrier.post(second_asking, SpeechResult=words).text


def test_a_language_of_ones_own_is_recognised(carrier: Carrier) -> None:
    """Whoever chose French is listened to in French."""
    menu = carrier.post(action(carrier.post("/voice").text), Digits="09").text
    question = carrier.post(action(menu), Digits="7").text
    assert 'language="fr-FR"' in question
    assert 'input="dtmf speech" language="fr-FR"' in carrier.post(action(question), Digits="*").text
