"""How Twilio plays a Dial: telephones ring, somebody answers or nobody, and the action hears how it went.

1. Several numbers ring at once and the first to pick up wins, or one after the other if sequential.
2. With an action only its document follows; without one, the next verb.
3. When the caller hangs up the action is still asked, but nobody hears the answer.
4. With answerOnBridge a call that was not answered before is answered only when the two are put through.
"""

from __future__ import annotations

from dataclasses import replace

from helpline.simulator.account import API_VERSION, Leg, new_sid
from helpline.simulator.checking import Notification
from helpline.simulator.events import How, HungUp, RingEnded
from helpline.simulator.party import Answered, CallerHangsUp, PickedUpTooLate
from helpline.simulator.picking_up import answered_by, sending_seconds
from helpline.simulator.progress import report, report_call, report_end
from helpline.simulator.ringing import Result, Ring, begin_ring, unanswered
from helpline.simulator.stage import Page, Request, Stage
from helpline.simulator.verbs import Dial
from helpline.simulator.whispering import Picker, is_put_through
from helpline.simulator.words import words_for

NOT_RECORDED = frozenset({"do-not-record", "false"})
VOICEMAIL_SECONDS = 30.0  # how long a caller listens to a machine


def dial(stage: Stage, leg: Leg, verb: Dial, page: Page) -> Request | How | None:
    """Rings, puts through, and hands back what comes next, None being the next verb."""
    stage.rings_until_bridge = verb.answer_on_bridge
    result = _ring_all(stage, leg, verb, page)
    action = page.request(verb.action, verb.method, result.fields) if verb.action is not None else None
    if not result.caller_is_gone:
        return action
    stage.status = "canceled" if stage.status == "ringing" else "completed"
    if stage.callbacks_overtake():
        report_call(stage, leg)
    if action:
        unheard = stage.fetch(leg, action)
        stage.warn([unheard] if isinstance(unheard, Notification) else [])
    return How.CALLER


def _ring_all(stage: Stage, leg: Leg, verb: Dial, page: Page) -> Result:
    result = Result(leg.sid, "failed")
    groups = [(each,) for each in verb.numbers] if verb.sequential else [verb.numbers]
    for group in groups:
        result = _ring_together(stage, leg, replace(verb, numbers=group), page)
        if result.bridged or result.caller_is_gone:
            break
    return result


def _ring_together(stage: Stage, leg: Leg, verb: Dial, page: Page) -> Result:
    if not verb.numbers:
        return Result(leg.sid, "failed")
    rings = [begin_ring(stage, leg, verb, each) for each in verb.numbers]
    for ring in rings:
        report(stage, page, ring, "initiated", "ringing")
    # The first to pick up, or the caller hanging up, ends it for all; else the last to give up does.
    deciding = [each for each in rings if each.is_picked_up or isinstance(each.reply, CallerHangsUp)]
    last = min(deciding, key=_length) if deciding else max(rings, key=_length)
    stage.pass_time(last.seconds)
    for other in (each for each in rings if each is not last):
        status = "canceled" if other.seconds > last.seconds else unanswered(other.reply)
        _end(stage, page, other, Result(other.leg.sid, status))
    result = _answer(stage, verb, page, last) if last.is_picked_up else _give_up(last)
    _end(stage, page, last, result)
    if result.caller_is_gone:
        stage.note(HungUp(stage.now))
    return result


def _length(ring: Ring) -> float:
    return ring.seconds


def _give_up(ring: Ring) -> Result:
    gone = isinstance(ring.reply, CallerHangsUp)
    return Result(ring.leg.sid, unanswered(ring.reply), caller_is_gone=gone)


def _answer(stage: Stage, verb: Dial, page: Page, ring: Ring) -> Result:
    """The whisper, if there is one, then the conversation."""
    picked_up = stage.now
    number, reply = ring.number, ring.reply
    assert isinstance(reply, Picker)
    report(stage, page, ring, "answered")
    by, judging = answered_by(number, reply)
    more = (("AnsweredBy", by),) if by else ()
    stage.pass_time(sending_seconds(number) + judging)
    if number.url is not None:
        request = page.request(number.url, number.method, more)
        if not is_put_through(stage, ring.leg, request, reply):
            # Somebody did pick up, so the word is `completed`; only DialBridged tells the truth.
            gone = isinstance(reply, PickedUpTooLate)
            return Result(ring.leg.sid, "completed", False, stage.now - picked_up, gone, more)
    stage.status = "in-progress"
    if verb.record not in NOT_RECORDED:
        more = (*more, ("RecordingUrl", _recording(ring.leg)))
    wanted, gone = _talk(reply, verb)
    stage.pass_time(min(wanted, float(verb.time_limit)))
    return Result(ring.leg.sid, "completed", True, stage.now - picked_up, gone, more)


def _talk(reply: Picker, verb: Dial) -> tuple[float, bool]:
    """How long the two talk, and whether it is the caller who hangs up."""
    if isinstance(reply, PickedUpTooLate):  # nothing was said before the two were put through
        return 0.0, True
    if not isinstance(reply, Answered):
        return VOICEMAIL_SECONDS, False
    star = reply.star_after if verb.hangup_on_star else None
    if star is not None and star < reply.seconds:
        return star, False  # `*` ends the worker's leg; the caller stays
    return reply.seconds, reply.caller_hangs_up


def _recording(leg: Leg) -> str:
    return f"https://api.twilio.com/{API_VERSION}/Accounts/{leg.account_sid}/Recordings/{new_sid('RE')}"


def _end(stage: Stage, page: Page, ring: Ring, result: Result) -> None:
    words, seconds = words_for(ring.reply), result.seconds or 0.0
    stage.note(RingEnded(ring.number.number, words, result.status, result.bridged, seconds, stage.now))
    report_end(stage, page, ring, result)
