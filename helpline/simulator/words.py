"""How a ring ends, in the words of transcripts and of the terminal, both ways."""

from __future__ import annotations

import re

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

SIMPLE: dict[str, RingReply] = {
    "answered": Answered(),
    "busy": Busy(),
    "no answer": NoAnswer(),
    "failed": Failed(),
    "voicemail": Voicemail(),
    "declined": Declined(),
    "picked up too late": PickedUpTooLate(),
    "hangs up": CallerHangsUp(),
}
# Not offered at each ring:
SELDOM = ("answered and presses nothing", "answered and presses KEY", "picked up too late")
WAYS = (*(words for words in SIMPLE if words not in SELDOM), "answered for 10 seconds", "dial ends as WORD")

_ANSWERED = re.compile(r"answered(?: for (\d+(?:\.\d+)?) seconds?)?(?: and presses ([0-9*#]|nothing))?")
_ENDS_AS = re.compile(r"dial ends as (\S+)")


def reply_for(words: str) -> RingReply | None:
    """What these words mean, or None if they are none of the words for the end of a ring."""
    text = " ".join(words.split())
    answered, ends_as = _ANSWERED.fullmatch(text), _ENDS_AS.fullmatch(text)
    if answered:
        seconds, key = answered[1] or Answered.seconds, answered[2] or ACCEPTING_KEY
        return Answered(float(seconds), key="" if key == "nothing" else key)
    if ends_as:
        return Raw(ends_as[1])
    return SIMPLE.get(text)


def words_for(reply: RingReply) -> str:
    """The words that mean this; that the caller ended the conversation takes a line of its own."""
    if isinstance(reply, Raw):
        return f"dial ends as {reply.word}"
    if isinstance(reply, Answered):
        seconds = "" if reply.seconds == Answered.seconds else f" for {reply.seconds:g} seconds"
        key = "" if reply.key == ACCEPTING_KEY else f" and presses {reply.key or 'nothing'}"
        return f"answered{seconds}{key}"
    return next(words for words, each in SIMPLE.items() if each == reply)
