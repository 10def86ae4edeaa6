"""What callers live through, told as endings of steps."""

from __future__ import annotations

import pytest

from helpline.flow.call import CODES, MOST_QUESTIONS
from helpline.flow.steps import Ask
from tests.flow.walking import walk

LANDLINE = {"region_of_caller": "utrecht"}


def asked(*endings: str, guess: str = "unknown") -> list[str]:
    """The questions asked on the way."""
    walked = walk(*endings, lookups={"region_of_caller": guess})
    return [step.name for step in walked.pauses if isinstance(step, Ask)]


def test_112_comes_first_in_dutch_and_english() -> None:
    """The first words of a call are the emergency words, before any key is taken."""
    assert walk().prompts == ["emergency.nl", "emergency.en"]


def test_what_is_announced_to_all_is_heard_after_112_and_before_the_question() -> None:
    """An operator's sentence is never heard instead of the emergency words: it follows them, in Dutch and English."""
    walked = walk(lookups={"announcement_all": "nl-en-pl"})
    assert walked.prompts == ["emergency.nl", "emergency.en", "announcement.nl", "announcement.en"]
    assert [step.name for step in walked.pauses] == ["place"]
    assert walk(lookups={"announcement_all": "nl"}).prompts[2:] == ["announcement.nl"]


def test_what_an_organisation_announces_is_heard_after_the_answer() -> None:
    """Once it is clear whom a caller is connected with, what that one announces comes before the connecting."""
    walked = walk("utrecht", lookups={"announcement_utrecht": "nl-en"})
    assert walked.prompts[2:] == ["announcement.nl", "connecting.nl"]
    assert walked.said[2].region == "utrecht"
    assert walk("doubt-3", "utrecht", lookups={"announcement_utrecht": "nl"}).prompts == walked.prompts
    assert walk("zeeland", lookups={"announcement_utrecht": "nl-en"}).prompts[2:] == ["connecting.nl"]


def test_a_doctor_hears_what_the_organisation_announces() -> None:
    """The announcement comes before the vertrouwensarts is rung."""
    walked = walk("doctor", "utrecht", lookups={"announcement_utrecht": "nl"})
    assert walked.prompts[2:] == ["announcement.nl", "connecting_doctor.nl"]


@pytest.mark.parametrize(
    ("written", "at_first", "in_polish", "of_the_organisation"),
    [
        ("nl-en-pl", ["nl", "en"], ["pl"], ["pl"]),
        ("nl-en", ["nl", "en"], [], ["nl", "en"]),
        ("nl", ["nl"], [], ["nl"]),
        ("none", [], [], []),
    ],
)
def test_an_announcement_is_heard_in_the_language_chosen(
    written: str, at_first: list[str], in_polish: list[str], of_the_organisation: list[str]
) -> None:
    """A Polish caller hears it in Polish, after 112 in Polish; where it is not written so, in Dutch and English."""
    walked = walk("language", "pl", "zeeland", lookups={"languages": "nl-en-pl", "announcement": written})
    assert walked.prompts == [
        *("emergency.nl", "emergency.en", *(f"announcement.{code}" for code in at_first)),
        *("emergency.pl", *(f"announcement.{code}" for code in in_polish)),
        *(*(f"announcement.{code}" for code in of_the_organisation), "connecting.pl"),
    ]


def test_what_was_heard_in_english_is_not_announced_in_it_again() -> None:
    """Whoever chooses English heard it in English at the start."""
    walked = walk("language", "zeeland", lookups={"announcement_all": "nl-en"})
    assert walked.prompts[4:] == ["emergency.en", "connecting.en"]


def test_a_postcode_rings_its_region() -> None:
    """Four digits lead to the organisation of the place."""
    assert walk("zeeland").rung == [("advice", "zeeland", 0)]


def test_silence_on_a_landline_rings_the_region_of_its_area_code() -> None:
    """A caller who presses nothing is connected where the area code says."""
    assert walk("silence", lookups=LANDLINE).rung == [("advice", "utrecht", 0)]


def test_silence_elsewhere_is_asked_once_more_and_then_reaches_the_desk() -> None:
    """A silent mobile caller is asked twice and then speaks to a person at the national desk."""
    walked = walk("silence", "silence")
    assert [step.name for step in walked.pauses] == ["place", "place_again", "ring_advice"]
    assert walked.rung == [("advice", "landelijk", 0)]


def test_an_unusable_answer_on_a_landline_ends_at_the_guess() -> None:
    """Two unusable answers on a landline lead to the region of its area code."""
    assert walk("unclear", "unclear", lookups=LANDLINE).rung == [("advice", "utrecht", 0)]


def test_the_second_asking_uses_other_words() -> None:
    """Whoever gave no usable answer hears that, and a shorter question."""
    assert asked("unclear") == ["place", "place_again"]
    assert "not_understood.nl" in walk("unclear").prompts


def test_national_desk_by_code() -> None:
    """The code for the national desk needs no postcode."""
    assert walk("national").rung == [("advice", "landelijk", 0)]


def test_english_says_112_again_and_stays() -> None:
    """Who chooses English hears 112 in English, and English to the end, also to the worker."""
    walked = walk("language", "utrecht", "busy", "busy", "busy")
    assert walked.prompts[2:] == [
        *("emergency.en", "connecting.en", "next_route.en", "next_route.en", "once_more.en"),
    ]
    assert walked.pauses[-1].caller.language == "en"  # type: ignore[union-attr]


def test_other_languages_are_offered_in_their_own_words() -> None:
    """The first question ends with the offer of English in English."""
    question = walk().pauses[0]
    assert isinstance(question, Ask)
    assert [(say.prompt, say.language) for say in question.says] == [
        *(("place", "nl"), ("doctors", "nl"), ("languages_english_only", "en")),
    ]


def test_a_landline_caller_hears_what_silence_does() -> None:
    """Where an area code means one region, the question says that silence connects there."""
    question = walk(lookups=LANDLINE).pauses[0]
    assert isinstance(question, Ask)
    assert (question.says[1].prompt, question.says[1].region) == ("silence_connects", "utrecht")


def test_a_doctor_is_asked_for_the_postcode_and_reaches_the_doctors_line() -> None:
    """Code 01, a postcode, and the vertrouwensarts is rung."""
    assert asked("doctor", "utrecht") == ["place", "patient"]
    assert walk("doctor", "utrecht").rung == [("doctors", "utrecht", 0)]


@pytest.mark.parametrize(
    ("duty", "sentence"), [("closed", "doctor_closed.nl"), ("none", "doctor_none.nl"), ("strange", "doctor_none.nl")]
)
def test_a_doctor_without_a_doctor_hears_why_and_reaches_the_organisation(duty: str, sentence: str) -> None:
    """A closed doctors' line is never rung: one sentence, then the organisation, which is told of the doctor."""
    walked = walk("doctor", "utrecht", lookups={"doctors_line": duty})
    assert sentence in walked.prompts
    assert walked.rung == [("advice", "utrecht", 0)]
    assert walked.pauses[-1].caller.doctor  # type: ignore[union-attr]


def test_an_unanswered_doctors_line_leads_to_the_organisation() -> None:
    """When no vertrouwensarts picks up, the organisation is rung."""
    walked = walk("doctor", "utrecht", "no-answer")
    assert walked.rung == [("doctors", "utrecht", 0), ("advice", "utrecht", 0)]
    assert "doctor_unanswered.nl" in walked.prompts


def test_a_doctor_who_was_answered_is_done() -> None:
    """After a talk with the vertrouwensarts nobody else is rung."""
    assert walk("doctor", "utrecht", "answered").over


@pytest.mark.parametrize("ending", ["busy", "no-answer", "failed", "canceled", "unaccepted"])
def test_every_failed_ring_leads_to_the_next(ending: str) -> None:
    """However a ring fails, the next number is rung, and the caller hears so."""
    walked = walk("utrecht", ending)
    assert walked.rung == [("advice", "utrecht", 0), ("advice", "utrecht", 1)]
    assert walked.prompts[-1] == "next_route.nl"


def test_a_dropped_talk_is_rung_again() -> None:
    """Who was cut off hears so and the next number rings."""
    walked = walk("utrecht", "dropped")
    assert walked.prompts[-1] == "dropped.nl"
    assert len(walked.rung) == 2


@pytest.mark.parametrize("ending", ["answered", "gone"])
def test_an_answered_or_abandoned_call_is_over(ending: str) -> None:
    """After a talk, or when the caller has hung up, nobody else is rung."""
    assert walk("utrecht", ending).over


def test_all_tried_is_tried_once_more_and_ends_with_112() -> None:
    """Every route is rung twice; then the caller hears 112 and when to ring again."""
    walked = walk("utrecht", *["busy"] * 6)
    assert walked.over
    assert [route for _, _, route in walked.rung] == [0, 1, 2, 0, 1, 2]
    assert walked.prompts[-1] == "nobody_reached.nl"


def test_a_doubtful_postcode_is_asked_by_municipality() -> None:
    """A postcode in two areas is asked back; the answer decides."""
    assert asked("doubt-3", "gooi-en-vechtstreek") == ["place", "which"]
    assert walk("doubt-3", "gooi-en-vechtstreek").rung == [("advice", "gooi-en-vechtstreek", 0)]


@pytest.mark.parametrize("ending", ["silence", "unclear"])
def test_a_doubt_left_open_goes_to_the_larger_part(ending: str) -> None:
    """Who does not answer which municipality is meant is connected where most of the postcode lies."""
    assert walk("doubt-3", ending).rung == [("advice", "utrecht", 0)]


def test_going_round_the_codes_ends_with_a_person() -> None:
    """Pressing codes for ever is bounded: then the national desk rings."""
    walked = walk(*["language", "doctor", "language", "codes", "language"], lookups={"doctors_line": "none"})
    assert len([step for step in walked.pauses if isinstance(step, Ask)]) == MOST_QUESTIONS
    assert walked.rung == [("advice", "landelijk", 0)]


def test_no_code_can_be_a_postcode() -> None:
    """Every code begins with 0, which no postcode does, or is not as long as one."""
    assert all(code.startswith("0") or len(code) == 3 for code in CODES)


def test_whoever_keys_112_hears_where_to_ring_it() -> None:
    """112 on the keypad is no error: the caller hears to hang up and ring it, and meanwhile a person is rung."""
    assert "ring_112.nl" in walk("emergency").prompts
    assert walk("emergency").rung == [("advice", "landelijk", 0)]
    assert walk("emergency", lookups=LANDLINE).rung == [("advice", "utrecht", 0)]


def test_whoever_cannot_speak_is_asked_by_key_and_the_worker_knows() -> None:
    """After 02 the caller hears how it goes on, is asked for keys only, and the worker is told."""
    walked = walk("mute", "unclear", "zeeland")
    assert "cannot_speak.nl" in walked.prompts
    assert [step.name for step in walked.pauses] == ["place", "place_by_key", "place_by_key", "ring_advice"]
    assert not any(step.speech for step in walked.pauses if isinstance(step, Ask))
    assert walked.pauses[-1].caller.mute  # type: ignore[union-attr]


def test_voice_is_offered_at_the_second_asking_only() -> None:
    """The first question takes keys only: a raised voice or a third person in the room must not answer it."""
    first, second = walk("unclear").pauses
    assert isinstance(first, Ask)
    assert isinstance(second, Ask)
    assert (first.speech, second.speech) == (False, True)


def test_a_lone_0_reads_out_the_codes() -> None:
    """Whoever presses 0 hears what can be pressed, and is asked again."""
    assert asked("codes") == ["place", "codes"]


def test_a_spoken_place_is_asked_back() -> None:
    """A place that may be meant counts only when the caller confirms it."""
    assert asked("silence", "maybe-3-4", "zeeland") == ["place", "place_again", "meant"]
    assert walk("silence", "maybe-3-4", "zeeland").rung == [("advice", "zeeland", 0)]
    assert walk("silence", "maybe-3-4", "unclear").rung == [("advice", "landelijk", 0)]
    assert walk("silence", "maybe-3-4", "silence").rung == [("advice", "landelijk", 0)]


def test_several_languages_are_a_menu() -> None:
    """Where several languages can be chosen each names itself, and 112 is said in the one chosen."""
    walked = walk("language", "tr", "zeeland", lookups={"languages": "nl-en-tr"})
    assert [step.name for step in walked.pauses] == ["place", "language", "place", "ring_advice"]
    assert walked.prompts[2:] == ["emergency.tr", "connecting.tr"]


@pytest.mark.parametrize("ending", ["silence", "unclear"])
def test_a_menu_left_unanswered_stays_in_dutch(ending: str) -> None:
    """Whoever chooses no language goes on in Dutch."""
    walked = walk("language", ending, "zeeland", lookups={"languages": "nl-en-tr"})
    assert walked.prompts[2:] == ["connecting.nl"]


def test_the_way_back_to_dutch_is_open() -> None:
    """Whoever pressed 09 by mistake presses it again: with two languages that is Dutch, else Dutch is in the menu."""
    assert walk("language", "language", "zeeland").prompts[2:] == ["emergency.en", "emergency.nl", "connecting.nl"]
    menu = walk("language", "tr", "language", lookups={"languages": "nl-en-tr"}).pauses[-1]
    assert isinstance(menu, Ask)
    assert menu.choices == "nl-en"


def test_silence_is_not_called_a_mistake() -> None:
    """Whoever pressed nothing hears the second question, not that something went wrong."""
    assert "not_understood.nl" not in walk("silence").prompts
