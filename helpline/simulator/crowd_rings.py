"""How the telephones are answered that ring for a crowd."""

from __future__ import annotations

from random import Random

from helpline.simulator.crowd_shares import ACCEPTING, SWITCHBOARD, UNANSWERED, pick
from helpline.simulator.party import (
    ACCEPTING_KEY,
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

TALKS_SECONDS = 60, 1500
CUT_OFF_SECONDS = 2, 28
WRONG_KEYS = "0235789*"
HANGS_UP = "the caller hangs up"

PLAIN: dict[str, RingReply] = {
    "busy": Busy(),
    "no answer": NoAnswer(),
    "failed": Failed(),
    "declined": Declined(),
    "voicemail": Voicemail(),
}


def ring_reply(chance: Random, *, accepting: bool, reached: bool) -> RingReply:
    """How one ring ends, on a line that must accept by key or on a staffed switchboard; answered only if `reached`."""
    shares = ACCEPTING if accepting else SWITCHBOARD
    if not reached:
        shares = {kind: share for kind, share in shares.items() if kind in UNANSWERED}
    kind = pick(chance, shares)
    match kind:
        case "answered":
            return Answered(float(chance.randint(*TALKS_SECONDS)), caller_hangs_up=chance.random() < 0.4)
        case "cut off":
            return Answered(float(chance.randint(*CUT_OFF_SECONDS)))
        case "no key":
            return Answered(key="")
        case "a wrong key":
            return Answered(key=chance.choice(WRONG_KEYS))
        case "an unknown word":
            return Raw(chance.choice(("unheard-of", "canceled", "answered-by-machine")))
    return PLAIN[kind]


def kind_of(reply: RingReply) -> str:
    """The kind of end that this was."""
    match reply:
        case Answered(key=""):
            return "no key"
        case Answered() if reply.key != ACCEPTING_KEY:
            return "a wrong key"
        case Answered():
            return "cut off" if reply.seconds <= CUT_OFF_SECONDS[1] else "answered"
        case Raw():
            return "an unknown word"
        case CallerHangsUp() | PickedUpTooLate():
            return HANGS_UP
    return next(kind for kind, each in PLAIN.items() if each == reply)
