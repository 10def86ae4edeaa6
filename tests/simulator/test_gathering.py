"""Gather, row by row: https://www.twilio.com/docs/voice/twiml/gather."""

from __future__ import annotations

import pytest

from helpline.simulator.events import Asked, Ended, How, HungUp, Pressed, Waited
from helpline.simulator.gathering import Entry, enter
from helpline.simulator.party import CallerHangsUp, Keys, Silent, Spoken
from helpline.simulator.player import Call
from helpline.simulator.verbs import Gather
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, Service, heard, only

NEXT = "<Say>next</Say>"


def _play(service: Service, gather: str, party: Scripted) -> Call:
    """Plays one Gather, with a Say behind it and an action that says what came."""
    service.on("/voice", gather + NEXT)
    service.on("/answer", "<Say>answer</Say>")
    return service.telephone().call(CALLER, party)


def _seconds(call: Call) -> float:
    return call.events[-1].at


@fact("Gather", "No input falls through to the next verb; at the end of the document the call is hung up")
def test_silence(service: Service) -> None:
    """Without any key the call falls through to the next verb after timeout, 5 s by default."""
    call = _play(service, '<Gather action="/answer"/>', Scripted(Silent()))
    assert heard(call) == ["next"]
    assert _seconds(call) == pytest.approx(5.4)
    assert only(call, Waited) == [Waited(0.0)]


def test_timeout_begins_after_the_prompt(service: Service) -> None:
    """The timeout runs from the end of what is nested."""
    gather = '<Gather action="/answer" timeout="7"><Say>een twee</Say><Pause length="2"/></Gather>'
    assert _seconds(_play(service, gather, Scripted(Silent()))) == pytest.approx(0.8 + 2 + 7 + 0.4)


@fact("Gather", "numDigits | none | sends at once at n")
def test_num_digits(service: Service) -> None:
    """numDigits: the answer goes to the action at once at that many keys; the verbs after it never run."""
    call = _play(service, '<Gather action="/answer" numDigits="4"/>', Scripted(Keys("3511")))
    assert heard(call) == ["answer"]
    assert service.at("/answer")[0].fields["Digits"] == "3511"
    assert _seconds(call) == pytest.approx(4 * 0.6 + 0.4)


def test_fewer_keys(service: Service) -> None:
    """Fewer keys than numDigits are sent when no further key comes within timeout."""
    call = _play(service, '<Gather action="/answer" numDigits="4"/>', Scripted(Keys("35")))
    assert service.at("/answer")[0].fields["Digits"] == "35"
    assert _seconds(call) == pytest.approx(2 * 0.6 + 5 + 0.4)


@fact("Gather", "finishOnKey | `#` | one of 0-9 # *, or empty = none; empty → sends only on timeout/numDigits")
def test_finish_on_key(service: Service) -> None:
    """finishOnKey, `#` by default, ends the entry and is not part of Digits."""
    call = _play(service, '<Gather action="/answer"/>', Scripted(Keys("35#")))
    [asked] = service.at("/answer")
    assert (asked.fields["Digits"], asked.fields["FinishedOnKey"]) == ("35", "#")
    assert _seconds(call) == pytest.approx(3 * 0.6 + 0.4)


@fact("Gather", "`#` pressed first falls through to the next verb")
def test_finish_on_key_first(service: Service) -> None:
    """finishOnKey pressed first falls through, as silence does, but at once."""
    call = _play(service, '<Gather action="/answer"/>', Scripted(Keys("#")))
    assert heard(call) == ["next"]
    assert _seconds(call) == pytest.approx(0.6 + 0.4)


@fact("Gather", "With finishOnKey empty, `12#` comes as `12#`")
def test_no_finish_on_key(service: Service) -> None:
    """With finishOnKey="" the hash is a key like any other."""
    _play(service, '<Gather action="/answer" finishOnKey=""/>', Scripted(Keys("12#")))
    assert service.at("/answer")[0].fields["Digits"] == "12#"


@fact("Gather", 'actionOnEmptyResult | false | true → action called with Digits="" / no SpeechResult')
def test_action_on_empty_result(service: Service) -> None:
    """actionOnEmptyResult: silence goes to the action with empty Digits."""
    call = _play(service, '<Gather action="/answer" actionOnEmptyResult="true"/>', Scripted(Silent()))
    assert heard(call) == ["answer"]
    assert service.at("/answer")[0].fields["Digits"] == ""


def test_action_on_empty_result_with_hash(service: Service) -> None:
    """actionOnEmptyResult: the finishing key pressed first goes to the action too."""
    call = _play(service, '<Gather action="/answer" actionOnEmptyResult="true"/>', Scripted(Keys("#")))
    assert heard(call) == ["answer"]
    assert service.at("/answer")[0].fields["Digits"] == ""


@fact("Gather", "action | current document URL | absent → same URL is asked again → loop danger")
def test_no_action(service: Service) -> None:
    """Without action the current document is asked again, with the keys."""
    service.on("/voice", '<Gather numDigits="1"/>', "<Say>again</Say>")
    call = service.telephone().call(CALLER, Scripted(Keys("1")))
    assert [each.fields.get("Digits") for each in service.at("/voice")] == [None, "1"]
    assert heard(call) == ["again"]


@fact("Gather", "method | POST | ")
def test_method_get(service: Service) -> None:
    """method="GET" puts the keys in the query, beside the query the action has."""
    service.on("/voice", '<Gather action="/answer?trail=a" method="GET" numDigits="1"/>')
    service.on("/answer", "<Hangup/>")
    service.telephone().call(CALLER, Scripted(Keys("1")))
    [asked] = service.at("/answer")
    assert (asked.method, asked.query["trail"], asked.query["Digits"]) == ("GET", "a", "1")


@fact("Gather", "A key stops the audio and the remaining children")
def test_barge_in(service: Service) -> None:
    """A key stops the audio and the remaining children."""
    gather = '<Gather action="/answer" numDigits="1"><Say>een</Say><Say>twee</Say></Gather>'
    call = _play(service, gather, Scripted(interrupting=[None, Keys("1")]))
    assert heard(call) == ["een", "answer"]
    assert only(call, Pressed) == [Pressed("1", 0.4, interrupting=True)]


def test_no_barge_in_on_speech(service: Service) -> None:
    """Where no keys are asked for, a key does not stop the prompt."""
    gather = '<Gather action="/answer" input="speech"><Say>een</Say></Gather>'
    call = _play(service, gather, Scripted(interrupting=[Keys("1")]))
    assert heard(call) == ["een", "next"]


def test_keys_left_over(service: Service) -> None:
    """Keys beyond numDigits fall to the next Gather when it begins while they are being pressed."""
    service.on("/voice", '<Gather action="/second" numDigits="4"/>')
    service.on("/second", '<Gather action="/answer" numDigits="1"><Say>een</Say><Say>twee drie</Say></Gather>')
    service.on("/answer", "<Hangup/>")
    call = service.telephone().call(CALLER, Scripted(Keys("35112")))
    assert service.at("/answer")[0].fields["Digits"] == "2"
    assert heard(call) == ["een"]  # which takes 0.4 s of the 0.6 to the next key
    assert only(call, Pressed)[1] == Pressed("2", 2.8, left_over=True)


def test_keys_left_over_under_speech(service: Service) -> None:
    """Keys pressed while something is said outside a Gather are lost."""
    service.on("/voice", '<Gather action="/second" numDigits="4"/>')
    service.on("/second", '<Say>een twee drie</Say><Gather action="/answer" numDigits="1"/>')
    service.telephone().call(CALLER, Scripted(Keys("35112"), Silent()))
    assert service.at("/answer") == []


def test_keys_left_over_at_speech(service: Service) -> None:
    """Keys left over do nothing at a question that takes no keys."""
    service.on("/voice", '<Gather action="/second" numDigits="4"/>')
    service.on("/second", '<Gather action="/answer" input="speech"/>')
    service.telephone().call(CALLER, Scripted(Keys("35112"), Silent()))
    assert service.at("/answer") == []


def test_speech(service: Service) -> None:
    """input="speech": what is said comes as SpeechResult with its Confidence, after speechTimeout."""
    gather = '<Gather action="/answer" input="speech" speechTimeout="2" language="nl-NL"/>'
    call = _play(service, gather, Scripted(Spoken("Zeist centrum", 0.8)))
    [asked] = service.at("/answer")
    assert (asked.fields["SpeechResult"], asked.fields["Confidence"]) == ("Zeist centrum", "0.8")
    assert "Digits" not in asked.fields
    assert _seconds(call) == pytest.approx(0.8 + 2 + 0.4)


@fact("Gather", "Confidence may be missing")
def test_speech_without_confidence(service: Service) -> None:
    """Confidence may be missing."""
    _play(service, '<Gather action="/answer" input="dtmf speech"/>', Scripted(Spoken("Zeist", None)))
    assert "Confidence" not in service.at("/answer")[0].fields


@fact("Gather", "speechTimeout | = timeout | or `auto`; speech ≤ 60 s; not with some speechModel (13327)")
def test_speech_timeout_auto(service: Service) -> None:
    """speechTimeout="auto" ends the answer as soon as the caller stops."""
    gather = '<Gather action="/answer" input="speech" speechTimeout="auto"/>'
    assert _seconds(_play(service, gather, Scripted(Spoken("Zeist")))) == pytest.approx(0.4 + 1 + 0.4)


@fact("Gather", "input | dtmf | `dtmf`, `speech`, `dtmf speech`")
def test_either(service: Service) -> None:
    """input="dtmf speech": keys are as good an answer."""
    _play(service, '<Gather action="/answer" input="dtmf speech" numDigits="4"/>', Scripted(Keys("3511")))
    assert service.at("/answer")[0].fields["Digits"] == "3511"


def test_speech_at_a_keys_question(service: Service) -> None:
    """Words at a question for keys are as silence."""
    call = _play(service, '<Gather action="/answer"/>', Scripted(Spoken("Zeist")))
    assert heard(call) == ["next"]


def test_keys_at_a_speech_question(service: Service) -> None:
    """Keys at a question for words are as silence."""
    call = _play(service, '<Gather action="/answer" input="speech"/>', Scripted(Keys("1")))
    assert heard(call) == ["next"]


def test_empty_speech_to_the_action(service: Service) -> None:
    """actionOnEmptyResult with speech alone sends no Digits."""
    gather = '<Gather action="/answer" input="speech" actionOnEmptyResult="true"/>'
    _play(service, gather, Scripted(Silent()))
    assert "Digits" not in service.at("/answer")[0].fields


def test_caller_hangs_up(service: Service) -> None:
    """A caller who hangs up at a question ends the call; nothing more is asked."""
    call = _play(service, '<Gather action="/answer"/>', Scripted(CallerHangsUp()))
    assert call.events == (Asked("dtmf", 0.0), HungUp(0.0), Ended(How.CALLER, 0.0))


@pytest.mark.parametrize(
    ("keys", "gather", "entry"),
    [
        ("3511", Gather(num_digits=4), Entry("3511", "", 4, timed_out=False)),
        ("35112", Gather(num_digits=4), Entry("3511", "", 4, timed_out=False)),
        ("3511#", Gather(num_digits=4), Entry("3511", "", 4, timed_out=False)),
        ("01#9", Gather(num_digits=4), Entry("01", "#", 3, timed_out=False)),
        ("1*", Gather(finish_on_key="*"), Entry("1", "*", 2, timed_out=False)),
        ("", Gather(), Entry("", "", 0, timed_out=True)),
    ],
)
def test_entry(keys: str, gather: Gather, entry: Entry) -> None:
    """An entry ends at the finishing key, at numDigits, or when time runs out, whichever is first."""
    assert enter(Keys(keys), gather) == entry
