"""Dial and Number, row by row: https://www.twilio.com/docs/voice/twiml/dial and …/number."""

from __future__ import annotations

import pytest

from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.events import Ended, Event, How, HungUp, Rang, RingEnded, Warned, WorkerHeard
from helpline.simulator.party import (
    Answered,
    Busy,
    CallerHangsUp,
    Declined,
    Failed,
    NoAnswer,
    PickedUpTooLate,
    Raw,
    RingReply,
    Voicemail,
)
from helpline.simulator.player import Call, Telephone
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, TOKEN, Service, heard, only

ONE, TWO = "+31300000001", "+31300000002"
NEXT = "<Say>next</Say>"


def _play(service: Service, dial: str, *rings: RingReply, caller: str | None = CALLER) -> Call:
    service.on("/voice", dial + NEXT)
    service.on("/ended", "<Say>ended</Say>")
    service.on("/whisper", '<Gather numDigits="1" action="/accepted"><Say>Toets 1</Say></Gather><Hangup/>')
    service.on("/accepted", "")
    return service.telephone().call(caller, Scripted(rings=rings))


def _dial(inside: str = ONE, **attributes: str) -> str:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<Dial action="/ended"{written}>{inside}</Dial>'


def _result(service: Service) -> tuple[str, str, str | None, str]:
    [asked] = service.at("/ended")
    fields = asked.fields
    return fields["DialCallStatus"], fields["DialBridged"], fields.get("DialCallDuration"), fields["CallStatus"]


@fact("Dial", "DialCallStatus, DialCallSid, DialBridged; DialCallDuration only where somebody picked up")
@pytest.mark.parametrize(
    ("reply", "result"),
    [
        (Answered(), ("completed", "true", "120", "in-progress")),
        (Answered(10.0), ("completed", "true", "10", "in-progress")),
        (Answered(10.0, caller_hangs_up=True), ("completed", "true", "10", "completed")),
        (Busy(), ("busy", "false", None, "in-progress")),
        (NoAnswer(), ("no-answer", "false", None, "in-progress")),
        (Failed(), ("failed", "false", None, "in-progress")),
        (Declined(), ("busy", "false", None, "in-progress")),
        (Voicemail(), ("completed", "true", "30", "in-progress")),
        (Raw("gone-fishing"), ("gone-fishing", "false", None, "in-progress")),
        (CallerHangsUp(), ("canceled", "false", None, "completed")),
    ],
)
def test_results(service: Service, reply: RingReply, result: tuple[str, str, str | None, str]) -> None:
    """The action is told DialCallStatus, DialBridged, and, only if somebody picked up, DialCallDuration."""
    _play(service, _dial(), reply)
    assert _result(service) == result


@fact("Dial", "action / method | none / POST | none → next verb after the call; with → only the action document")
def test_action_replaces_what_follows(service: Service) -> None:
    """With an action only its document follows."""
    assert heard(_play(service, _dial(), Busy())) == ["ended"]


@fact("Dial", "Plain text in Dial is one Number")
def test_no_action(service: Service) -> None:
    """Without action the next verb follows after the call."""
    assert heard(_play(service, f"<Dial>{ONE}</Dial>", Busy())) == ["next"]


@fact("Dial", "timeout | 30 | 5–600, **+5 s always added**")
def test_ring_time(service: Service) -> None:
    """timeout: it rings that long and five seconds more."""
    call = _play(service, _dial(timeout="20"), NoAnswer())
    [ended] = only(call, RingEnded)
    assert ended.at == pytest.approx(25.0)


@fact("Dial", "timeLimit | 14400 | s")
def test_time_limit(service: Service) -> None:
    """timeLimit ends a conversation."""
    _play(service, _dial(timeLimit="60"), Answered(600.0))
    assert _result(service) == ("completed", "true", "60", "in-progress")


@fact("Dial", "The caller hangs up during Dial: the action is still asked, and nobody hears the answer")
def test_caller_hangs_up_while_it_rings(service: Service) -> None:
    """The caller hangs up during Dial: the action is still asked, but nobody hears the answer."""
    call = _play(service, _dial(), CallerHangsUp())
    assert heard(call) == []
    assert len(service.at("/ended")) == 1
    assert [type(each) for each in call.events] == [Rang, RingEnded, HungUp, Ended]
    assert call.events[-1] == Ended(How.CALLER, 3.0)


@pytest.mark.parametrize(
    ("inside", "result", "worker"),
    [
        (f'<Number url="/whisper">{ONE}</Number>', ("completed", "false", "1", "completed"), [WorkerHeard]),
        (ONE, ("completed", "true", "0", "completed"), []),
    ],
    ids=["whisper", "no whisper"],
)
def test_caller_hangs_up_while_the_worker_listens(
    service: Service, inside: str, result: tuple[str, str, str, str], worker: list[type[Event]]
) -> None:
    """The whisper breaks off and nobody is put through; without one the two are put through already."""
    call = _play(service, _dial(inside), PickedUpTooLate())
    assert _result(service) == result
    assert (heard(call), service.at("/accepted")) == ([], [])
    assert [type(each) for each in call.events] == [Rang, *worker, RingEnded, HungUp, Ended]


def test_caller_hangs_up_without_action(service: Service) -> None:
    """Without action nothing more is asked once the caller hung up."""
    call = _play(service, f"<Dial>{ONE}</Dial>", CallerHangsUp())
    assert (heard(call), len(service.asked)) == ([], 1)


def test_unheard_answer_is_still_judged(service: Service) -> None:
    """An action that fails after the caller hung up is noted all the same."""
    call = _play(service, _dial().replace("/ended", "/missing"), CallerHangsUp())
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [11200]


def test_caller_id(service: Service) -> None:
    """callerId: From of the parent by default, the helpline's own where it is given."""
    call = _play(service, f'<Dial>{ONE}</Dial><Dial callerId="{HELPLINE}">{TWO}</Dial>', Busy(), Busy())
    assert only(call, Rang) == [Rang(ONE, CALLER, 0.0), Rang(TWO, HELPLINE, 3.0)]


def test_caller_id_of_a_withheld_caller(service: Service) -> None:
    """A caller whose From is missing leaves a Dial without callerId with none to show."""
    call = _play(service, f"<Dial>{ONE}</Dial>", Busy(), caller=None)
    assert only(call, Rang) == [Rang(ONE, "", 0.0)]


@fact(
    "Dial",
    "callerId | From of the parent | only To, From, owned or verified number else 13214; withheld "
    "parent → choose own number; >… 13248",
)
def test_foreign_caller_id(service: Service) -> None:
    """callerId must be To, From or a number of the account: else 13214, and the dial fails."""
    call = _play(service, _dial(callerId="+31300009999"))
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [13214]
    assert _result(service) == ("failed", "false", None, "in-progress")


def test_own_caller_id(service: Service) -> None:
    """Another number of the account may be shown."""
    service.on("/voice", '<Dial callerId="+31300009999">+31300000001</Dial>')
    twilio = Twilio(PUBLIC, service.address, TOKEN, owned=("+31300009999",))
    call = Telephone(twilio, TwilioNumber(HELPLINE)).call(CALLER, Scripted(rings=[Busy()]))
    assert only(call, Warned) == []


def test_no_number(service: Service) -> None:
    """A number that is not E.164 is 13224, and the dial fails without ringing."""
    call = _play(service, _dial("112"))
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [13224]
    assert (only(call, Rang), _result(service)[0]) == ([], "failed")


def test_rings_nobody(service: Service) -> None:
    """A Dial without a number fails."""
    _play(service, _dial(""))
    assert _result(service)[0] == "failed"


BOTH = f"<Number>{ONE}</Number><Number>{TWO}</Number>"


def test_parallel(service: Service) -> None:
    """Several numbers ring at once; the first answer wins and the others are canceled."""
    call = _play(service, _dial(BOTH), Voicemail(), Answered())
    ends = [(each.number, each.status) for each in only(call, RingEnded) if isinstance(each, RingEnded)]
    assert ends == [(ONE, "canceled"), (TWO, "completed")]
    assert [each.at for each in only(call, Rang)] == [0.0, 0.0]
    assert _result(service) == ("completed", "true", "120", "in-progress")


@fact("Dial", "With parallel legs one status is given")
def test_parallel_unanswered(service: Service) -> None:
    """With parallel legs one status is given, that of the last to give up."""
    _play(service, _dial(BOTH), NoAnswer(), Busy())
    assert _result(service) == ("no-answer", "false", None, "in-progress")


@fact("Dial", "sequential | false | ≤ 10 in order; else ≤ 10 **in parallel, first answer wins, others canceled**")
def test_sequential(service: Service) -> None:
    """sequential: one after the other until somebody answers."""
    call = _play(service, _dial(BOTH, sequential="true"), Busy(), Answered())
    assert [each.at for each in only(call, Rang)] == [0.0, 3.0]
    assert _result(service) == ("completed", "true", "120", "in-progress")


@fact(
    "Number",
    "statusCallback with statusCallbackEvent initiated, ringing, answered, completed; SequenceNumber "
    "from 0; CallDuration only on completed",
)
def test_status_callback(service: Service) -> None:
    """statusCallback: the events asked for, of the child leg, with SequenceNumber from 0."""
    service.on("/progress", "")
    number = (
        f'<Number statusCallback="/progress" statusCallbackEvent="initiated ringing answered completed">{ONE}</Number>'
    )
    _play(service, _dial(number), Answered(61.0))
    told = [each.fields for each in service.at("/progress")]
    assert [each["CallStatus"] for each in told] == ["queued", "ringing", "in-progress", "completed"]
    assert [each["SequenceNumber"] for each in told] == ["0", "1", "2", "3"]
    assert [each.get("CallDuration") for each in told] == [None, None, None, "61"]
    assert {each["ParentCallSid"] for each in told} == {service.at("/voice")[0].fields["CallSid"]}


@fact("Number", "statusCallbackEvent is completed by default")
def test_status_callback_by_default(service: Service) -> None:
    """statusCallbackEvent is completed by default; what was never answered has no CallDuration."""
    service.on("/progress", "")
    _play(service, _dial(f'<Number statusCallback="/progress">{ONE}</Number>'), Busy())
    [told] = service.at("/progress")
    assert (told.fields["CallStatus"], "CallDuration" in told.fields) == ("busy", False)
