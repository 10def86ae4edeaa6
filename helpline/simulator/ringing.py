"""How one telephone rings: on its own leg, for so long, to an end that the party decides.

It rings for the Dial's timeout and five seconds more; whoever picks up does so within it.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpline.simulator.account import Leg
from helpline.simulator.checking import Notification
from helpline.simulator.events import Rang
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
from helpline.simulator.schema import E164
from helpline.simulator.stage import Stage
from helpline.simulator.verbs import Dial, Number
from helpline.simulator.whispering import Picker

EXTRA_RING_SECONDS = 5  # TwiML Voice, Dial: Twilio always adds five seconds to timeout
PICK_UP_SECONDS = 6.0  # two rings
VOICEMAIL_PICK_UP_SECONDS = 20.0


@dataclass(frozen=True)
class Ring:
    """One telephone that is rung, on its own leg, and what will come of it after so many seconds."""

    number: Number
    leg: Leg
    reply: RingReply
    seconds: float

    @property
    def is_picked_up(self) -> bool:
        """Whether somebody or something answers; where there is no whisper, a refusal is not answered."""
        refused_unheard = isinstance(self.reply, Declined) and self.number.url is None
        return isinstance(self.reply, Picker) and not refused_unheard


@dataclass(frozen=True)
class Result:
    """How a Dial ended; `seconds` is None where nobody picked up."""

    sid: str
    status: str
    bridged: bool = False
    seconds: float | None = None
    caller_is_gone: bool = False
    more: tuple[tuple[str, str], ...] = ()  # AnsweredBy, RecordingUrl

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What the action is told."""
        fields = [("DialCallStatus", self.status), ("DialCallSid", self.sid)]
        fields.append(("DialBridged", "true" if self.bridged else "false"))
        if self.seconds is not None:
            fields.append(("DialCallDuration", str(round(self.seconds))))
        return [*fields, *self.more]


def begin_ring(stage: Stage, leg: Leg, verb: Dial, number: Number) -> Ring:
    """Begins to ring, and learns from the party how it will end."""
    caller_id = verb.caller_id or leg.caller or ""
    child = leg.child(number.number, caller_id)
    may_show = {leg.caller, leg.called, *stage.twilio.owned}
    if verb.caller_id is not None and verb.caller_id not in may_show:
        # 13214: callerId is the calling number, the called number, or one of the account's own.
        stage.warn([Notification(13214, f"The caller ID {verb.caller_id} is not one this account may show.")])
        return Ring(number, child, Failed(), 0.0)
    if not E164.fullmatch(number.number):  # 13224, already noted by the schema
        return Ring(number, child, Failed(), 0.0)
    stage.note(Rang(number.number, caller_id, stage.now, verb.action or ""))
    reply = stage.party.at_ring(number.number)
    return Ring(number, child, reply, _ringing_seconds(reply, verb.timeout))


def _ringing_seconds(reply: RingReply, timeout: int) -> float:
    match reply:
        case Answered() | Declined() | PickedUpTooLate():
            return PICK_UP_SECONDS
        case Voicemail():
            return min(VOICEMAIL_PICK_UP_SECONDS, timeout)
        case NoAnswer():
            return float(timeout + EXTRA_RING_SECONDS)
        case Failed():
            return 1.0
        case _:
            return 3.0


def unanswered(reply: RingReply) -> str:
    """DialCallStatus where nobody picked up."""
    match reply:
        case Busy() | Declined():
            return "busy"
        case NoAnswer():
            return "no-answer"
        case Raw():
            return reply.word
        case CallerHangsUp():
            return "canceled"
        case _:
            return "failed"
