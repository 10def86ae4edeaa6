"""Gather's two timers, of which a person's pace decides: to the first key, and from one key to the next."""

from __future__ import annotations

import pytest

from helpline.simulator.events import Pressed
from helpline.simulator.party import Keys, Silent
from helpline.simulator.player import Call
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, Service, heard, only

FOUR = '<Gather action="/answer" numDigits="4" timeout="6"/><Say>next</Say>'


def _play(service: Service, gather: str, keys: Keys) -> Call:
    """One Gather, and one more Gather as its answer."""
    service.on("/voice", gather)
    service.on("/answer", '<Gather action="/second" numDigits="1" timeout="6"/><Say>silence</Say>')
    service.on("/second", "<Say>second</Say>")
    return service.telephone().call(CALLER, Scripted(keys, Silent()))


@fact("Gather", "timeout | 5 | starts when nested audio ends or at the first key; restarts between keys")
@pytest.mark.parametrize(
    ("keys", "digits", "seconds"),
    [
        (Keys("3511", after=5.9), "3511", 5.9 + 3 * 0.6),
        (Keys("3511", after=0.5, between=5.9), "3511", 0.5 + 3 * 5.9),
        (Keys("3511", after=0.5, between=6.0), "3", 0.5 + 6.0),
        (Keys("35", after=2.0, between=2.0), "35", 2.0 + 2.0 + 6.0),
        (Keys("3511", pauses=((2, 5.9),)), "3511", 0.6 + 0.6 + 5.9 + 0.6),
        (Keys("3511", pauses=((2, 6.0),)), "35", 0.6 + 0.6 + 6.0),
    ],
)
def test_timeout_runs_again_from_each_key(service: Service, keys: Keys, digits: str, seconds: float) -> None:
    """The timeout runs to the first key, then anew from each key; a pause as long as it ends the entry."""
    call = _play(service, FOUR, keys)
    assert service.at("/answer")[0].fields["Digits"] == digits
    said = {event.at for event in call.events if not isinstance(event, Pressed)}
    assert any(each == pytest.approx(seconds) for each in said)


def test_a_lone_digit_is_told_after_the_pause(service: Service) -> None:
    """Who stops after one key is understood to have meant it; the keys that follow meet the next question."""
    call = _play(service, FOUR, Keys("35", after=1.0, between=8.0))
    assert service.at("/answer")[0].fields["Digits"] == "3"
    assert service.at("/second")[0].fields["Digits"] == "5"
    assert only(call, Pressed) == [Pressed("35", 0.0), Pressed("5", 7.0, left_over=True)]


@pytest.mark.parametrize(("seconds", "said"), [(6.3, []), (7.0, ["een"]), (9.0, ["een", "twee drie vier vijf zes"])])
def test_slow_keys_are_heard_over_by_the_next_question(service: Service, seconds: float, said: list[str]) -> None:
    """The next question is said until the keys come that were meant for the one before, and takes them."""
    parts = "<Say>een</Say><Say>twee drie vier vijf zes</Say>"
    service.on("/voice", '<Gather action="/again" timeout="6"/>')
    service.on("/again", f'<Gather action="/second" numDigits="2" timeout="6">{parts}</Gather>')
    service.on("/second", "<Hangup/>")
    call = service.telephone().call(CALLER, Scripted(Keys("3511", pauses=((2, seconds),))))
    assert service.at("/again")[0].fields["Digits"] == "35"
    assert service.at("/second")[0].fields["Digits"] == "11"
    assert heard(call) == said
    assert call.events[-1].at == pytest.approx(0.6 + 0.6 + seconds + 0.6)


def test_keys_too_late(service: Service) -> None:
    """Who begins after the timeout was silent; no question is left to take the keys."""
    call = _play(service, FOUR, Keys("3511", after=7.0))
    assert (heard(call), service.at("/answer")) == (["next"], [])


def test_keys_too_late_meet_the_next_question(service: Service) -> None:
    """Keys that come after the timeout are taken by a question that has begun meanwhile."""
    again = '<Gather action="/second" numDigits="4" timeout="6"/>'
    _play(service, FOUR.replace("<Say>next</Say>", again), Keys("3511", after=7.0))
    assert service.at("/second")[0].fields["Digits"] == "3511"


@fact("Gather", "bargeIn | true | not proven for speech (twilio-python#860)")
def test_no_barge_in(service: Service) -> None:
    """bargeIn="false": keys do not stop the prompt."""
    service.on("/voice", '<Gather action="/answer" numDigits="1" bargeIn="false"><Say>een</Say></Gather>')
    service.on("/answer", "<Hangup/>")
    party = Scripted(Keys("2"), interrupting=[Keys("1")])
    assert heard(service.telephone().call(CALLER, party)) == ["een"]
    assert service.at("/answer")[0].fields["Digits"] == "2"
