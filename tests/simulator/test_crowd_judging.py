"""Each way in which a service can lose a caller is found, and no other call is taken for lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.crowd_errands import Errand
from helpline.simulator.crowd_judging import HUNG_UP, LAST_WORDS, LOST, TALKED
from helpline.simulator.party import (
    Answered,
    Busy,
    CallerHangsUp,
    Declined,
    Keys,
    NoAnswer,
    Raw,
    RingReply,
    Voicemail,
)
from helpline.simulator.player import Telephone
from tests.simulator.service import HELPLINE, PUBLIC, TOKEN, Reply, Service
from tests.simulator.small_country import (
    DESK,
    DOCTORS,
    EMERGENCY,
    FIRST,
    KEYS_3511,
    NOBODY_THERE,
    OTHER,
    QUESTION,
    SECOND,
    Told,
    caller,
    dial,
    judged,
    prepare,
)

WITHOUT_A_PERSON = "it ended without a person, and without the last words"
NOT_FIRST = "112 was not the first thing heard"
NOBODY = (Busy(), NoAnswer(), Declined())


@pytest.mark.parametrize(
    ("rings", "outcome"),
    [
        ((Answered(),), TALKED),
        ((Busy(), Answered(45.0)), TALKED),
        ((Answered(5.0, caller_hangs_up=True),), TALKED),
        ((Answered(5.0), Busy(), Answered()), TALKED),
        ((Busy(), CallerHangsUp()), HUNG_UP),
        (NOBODY, LAST_WORDS),
        ((Answered(5.0), Busy(), Raw("unheard-of")), LAST_WORDS),
    ],
)
def test_nobody_is_lost_by_a_sound_service(service: Service, rings: tuple[RingReply, ...], outcome: str) -> None:
    """She talked, or hung up, or every number rang and the last words were heard."""
    prepare(service)
    found = judged(service, Told(caller(), *rings))
    assert (found.outcome, found.lost, found.wrong, found.is_well) == (outcome, "", "", True)
    assert found.first == "utrecht advice 1"
    assert found.seconds_to_ring == pytest.approx(5.6)


def test_who_hangs_up_at_a_question_is_not_lost(service: Service) -> None:
    """No telephone rang, and it was her own doing."""
    prepare(service)
    ringing = caller(replace(KEYS_3511, acts=(CallerHangsUp(),)))
    found = judged(service, Told(ringing), ringing=ringing)
    assert (found.outcome, found.lost, found.first, found.seconds_to_ring) == (HUNG_UP, "", "", None)


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        ("/place", "<Hangup/>", WITHOUT_A_PERSON),
        ("/place", "", WITHOUT_A_PERSON),
        ("/second", "<Say>Tot ziens.</Say><Hangup/>", WITHOUT_A_PERSON),
        ("/second", "<Reject/>", WITHOUT_A_PERSON),
        ("/last", "<Say>In gevaar? Bel 112.</Say>", WITHOUT_A_PERSON),
        (
            "/second",
            f"<Say>{NOBODY_THERE}</Say>",
            "nobody answered, and these never rang: landelijk advice 1, utrecht ad",
        ),
        ("/third", f"<Say>{NOBODY_THERE}</Say>", "nobody answered, and these never rang: landelijk advice 1"),
        ("/place", Reply(status=500), "it broke: an application error"),
        ("/place", Reply(b"<Response><Say>", 200), "it broke: an application error"),
        ("/place", "<Redirect>/place</Redirect>", "it broke: it did not end"),
        (
            "/place",
            '<Say loop="0">Een ogenblik geduld, alstublieft.</Say>' * 30,
            "it broke: it did not",
        ),
        ("/voice", "<Say>Goedendag.</Say>" + EMERGENCY + QUESTION, NOT_FIRST),
        ("/voice", QUESTION + EMERGENCY, NOT_FIRST),
        ("/voice", dial(FIRST, then="/second"), NOT_FIRST),
        ("/voice", "<Reject/>", NOT_FIRST),
        ("/voice", Reply(status=404), "it broke: an application error"),
    ],
)
def test_each_loss_is_found(service: Service, path: str, answer: str | Reply, why: str) -> None:
    """It hangs up, says goodbye, loops, breaks, gives up too early, or says other things before 112."""
    prepare(service)
    service.on(path, answer)
    found = judged(service, Told(caller(), *NOBODY))
    assert found.lost.startswith(why), found.lost
    assert (found.outcome, found.is_well) == (LOST, False)


@pytest.mark.parametrize("reply", [Voicemail(), Answered(12.0)])
def test_neither_a_machine_nor_a_cut_off_talk_is_a_person(service: Service, reply: RingReply) -> None:
    """Put through to a voicemail, or cut off after seconds, and then hung up on: lost."""
    prepare(service)
    service.on("/second", "<Hangup/>")
    assert judged(service, Told(caller(), reply)).lost == WITHOUT_A_PERSON


def test_a_call_without_any_words_before_it_ends(service: Service) -> None:
    """The carrier hangs up on an empty document: lost."""
    service.on("/voice", "")
    assert judged(service, Told(caller())).lost == NOT_FIRST


def test_the_apology_is_found_after_a_talk_too(service: Service) -> None:
    """Whoever talked and then hears of an application error was not well served."""
    prepare(service)
    service.on("/second", Reply(status=500))
    found = judged(service, Told(caller(), Answered()))
    assert found.lost == "it broke: an application error"


def test_the_apology_is_found_in_other_hands(service: Service) -> None:
    """Nor may the service say it by itself."""
    prepare(service)
    service.on("/second", "<Say>We are sorry, an application error has occurred. Goodbye.</Say>")
    assert judged(service, Told(caller(), Answered())).lost == "the carrier's apology was heard"


@pytest.mark.parametrize("number", [OTHER, SECOND, DESK, "+31200000009"])
def test_a_wrong_route_is_found(service: Service, number: str) -> None:
    """Another organisation, another of its numbers, the national desk, a number of nobody: all are wrong."""
    prepare(service)
    service.on("/place", dial(number, then="/second"))
    found = judged(service, Told(caller(), Answered()))
    assert (found.outcome, found.lost) == (TALKED, "")
    assert found.wrong.endswith(" rang first, and right is utrecht advice 1")


@pytest.mark.parametrize(("number", "is_wrong"), [(DOCTORS, False), (FIRST, True)])
def test_a_doctor_belongs_to_the_doctors_line(service: Service, number: str, is_wrong: bool) -> None:
    """Where it is open, it rings first."""
    prepare(service)
    service.on("/place", dial(number, then="/second"))
    ringing = caller(replace(KEYS_3511, doctor=True))
    assert bool(judged(service, Told(ringing, Answered()), ringing=ringing).wrong) is is_wrong


def test_any_of_several_may_be_right(service: Service) -> None:
    """Keys that came too late may count or not: either organisation is right, and its chain must be tried."""
    prepare(service)
    ringing = caller(Errand((Keys("3511", after=7.0),), frozenset({"utrecht", "landelijk"})))
    found = judged(service, Told(ringing, Busy()), ringing=ringing)
    assert (found.first, found.wrong, found.lost, found.outcome) == ("landelijk advice 1", "", "", LAST_WORDS)


def test_what_twilio_would_show_is_told_apart(service: Service) -> None:
    """A warning of the schema is one thing, an error another; either keeps a call from being well."""
    prepare(service)
    service.on("/second", "<Say></Say><Pause colour='red'/><Hangup/>")
    number = TwilioNumber(HELPLINE, status_callback="/status")
    telephone = Telephone(Twilio(PUBLIC, service.address, TOKEN), number)
    service.telephone = lambda *_: telephone  # type: ignore[method-assign]
    found = judged(service, Told(caller(), Answered()))
    assert [each.code for each in found.warnings] == [12200]
    assert [each.code for each in found.errors] == [13520, 15003]
    assert (found.lost, found.wrong, found.is_well) == ("", "", False)
