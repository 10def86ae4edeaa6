"""What happens between the ring and the talk, and in it: keys sent, machines told apart, star, recording, bridge."""

from __future__ import annotations

import pytest

from helpline.simulator.account import TwilioNumber
from helpline.simulator.events import Ended, How, RingEnded, WorkerHeard
from helpline.simulator.party import Answered, Busy, CallerHangsUp, RingReply, Voicemail
from helpline.simulator.player import Call
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, Service, heard, only

NUMBER = "+31300000001"


def _play(service: Service, dial: str, *rings: RingReply, before: str = "") -> Call:
    service.on("/voice", before + dial)
    service.on("/ended", "<Say>ended</Say>")
    service.on("/whisper", "<Say>Een beller</Say>")
    service.on("/told", "")
    number = TwilioNumber(HELPLINE, status_callback="/status")
    service.on("/status", "")
    return service.telephone(number).call(CALLER, Scripted(rings=rings))


def _dial(dial: str = "", number: str = "") -> str:
    return f'<Dial action="/ended" {dial}><Number url="/whisper" {number}>{NUMBER}</Number></Dial>'


def _end(call: Call) -> RingEnded:
    [ended] = only(call, RingEnded)
    assert isinstance(ended, RingEnded)
    return ended


@fact("Number", "sendDigits, once it is picked up: w is half a second, W a second")
@pytest.mark.parametrize(("keys", "seconds"), [("", 0.0), ("w", 0.5), ("W", 1.0), ("ww12W", 0.5 + 0.5 + 0.4 + 1.0)])
def test_send_digits(service: Service, keys: str, seconds: float) -> None:
    """sendDigits: the keys are sent after the pick-up, before the whisper."""
    call = _play(service, _dial(number=f'sendDigits="{keys}"'), Answered(10.0))
    assert only(call, WorkerHeard)[0].at == pytest.approx(6 + seconds)


@fact("Number", "machineDetection Enable or DetectMessageEnd, timeout 3 to 60 s: AnsweredBy human, machine_*, unknown")
@pytest.mark.parametrize(
    ("attributes", "reply", "by"),
    [
        ('machineDetection="Enable"', Answered(), "human"),
        ('machineDetection="Enable"', Voicemail(), "machine_start"),
        ('machineDetection="DetectMessageEnd"', Answered(), "human"),
        ('machineDetection="DetectMessageEnd"', Voicemail(), "machine_end_beep"),
        ('machineDetection="DetectMessageEnd" machineDetectionTimeout="5"', Voicemail(), "unknown"),
        ("", Answered(), None),
    ],
)
def test_machine_detection(service: Service, attributes: str, reply: RingReply, by: str | None) -> None:
    """machineDetection: the whisper and the status callback are told who answered."""
    _play(service, _dial(number=f'{attributes} statusCallback="/told"'), reply)
    assert [asked.fields.get("AnsweredBy") for asked in service.at("/whisper") + service.at("/told")] == [by, by]


@fact("Dial", "hangupOnStar | false | caller's `*` ends the child leg → action `completed`")
@pytest.mark.parametrize(("attributes", "seconds", "said"), [('hangupOnStar="true"', "20", ["ended"]), ("", "120", [])])
def test_hangup_on_star(service: Service, attributes: str, seconds: str, said: list[str]) -> None:
    """hangupOnStar: the caller's `*` ends the worker's leg, and the action is asked with completed."""
    call = _play(service, _dial(attributes), Answered(caller_hangs_up=True, star_after=20.0))
    fields = service.at("/ended")[0].fields
    # The whisper, which is part of the leg, lasts another second.
    assert (fields["DialCallStatus"], fields["DialCallDuration"]) == ("completed", str(int(seconds) + 1))
    assert heard(call) == said


@fact("Dial", "record | do-not-record | ")
@pytest.mark.parametrize(
    ("attributes", "recorded"),
    [("", False), ('record="do-not-record"', False), ('record="record-from-answer"', True), ('record="true"', True)],
)
def test_record(service: Service, attributes: str, recorded: bool) -> None:
    """record: only a talk that was recorded has a RecordingUrl."""
    _play(service, _dial(attributes), Answered())
    assert ("RecordingUrl" in service.at("/ended")[0].fields) is recorded


@fact(
    "Dial",
    "answerOnBridge | false | true: the caller hears ringing until the bridge, also while a whisper "
    "plays; false: after the callee picks up the caller hears nothing until the whisper ends (the "
    "*unanswered* state of the inbound leg is kept only if Dial is the first audible verb)",
)
@pytest.mark.parametrize(
    ("attributes", "before", "reply", "during", "ringing"),
    [
        ('answerOnBridge="true"', "", Answered(), "in-progress", True),
        ('answerOnBridge="true"', "", Busy(), "ringing", None),
        ('answerOnBridge="true"', "<Say>Welkom</Say>", Busy(), "in-progress", None),
        ("", "", Answered(), "in-progress", False),
        ("", "", Busy(), "in-progress", None),
    ],
)
def test_answer_on_bridge(
    service: Service, attributes: str, before: str, reply: RingReply, during: str, ringing: bool | None
) -> None:
    """answerOnBridge: the call is answered by the bridge, if nothing was audible before; the whisper is rung over."""
    call = _play(service, _dial(attributes), reply, before=before)
    assert service.at("/ended")[0].fields["CallStatus"] == during
    rung = [each.caller_hears_ringing for each in only(call, WorkerHeard) if isinstance(each, WorkerHeard)]
    assert rung == ([] if ringing is None else [ringing])


@fact("Request", "The call's last callback says completed, busy, failed, no-answer or canceled")
@pytest.mark.parametrize(
    ("attributes", "status"), [('answerOnBridge="true"', "canceled"), ('answerOnBridge="false"', "completed")]
)
def test_caller_hangs_up_unanswered(service: Service, attributes: str, status: str) -> None:
    """A caller who hangs up before the call was answered has canceled it."""
    call = _play(service, _dial(attributes), CallerHangsUp())
    assert [asked.fields["CallStatus"] for asked in service.at("/ended") + service.at("/status")] == [status, status]
    assert isinstance(call.events[-1], Ended) and call.events[-1].how is How.CALLER


def test_action_by_get(service: Service) -> None:
    """method="GET": the action is told in its query."""
    _play(service, _dial('method="GET"'), Busy())
    [asked] = service.at("/ended")
    assert (asked.method, asked.query["DialCallStatus"]) == ("GET", "busy")


def test_more_from_the_carrier(service: Service) -> None:
    """What a carrier adds comes with each request of the call, and with none of a worker's leg."""
    service.on("/voice", _dial())
    service.on("/whisper", "")
    service.on("/ended", "")
    telephone = service.telephone()
    more = (("CallerName", "J. Jansen"), ("SipHeader_X-Room", "12"))
    type(telephone)(telephone.twilio, telephone.number, more=more).call(CALLER, Scripted(rings=[Answered()]))
    assert [asked.fields.get("SipHeader_X-Room") for asked in service.asked] == ["12", None, "12"]
