"""How a ring ends, in the words of transcripts and of the terminal, both ways."""

from __future__ import annotations

import re

from helpline.simulator.party import (
    Answered,
    Busy,
    CallerHangsUp,
    Declined,
    Failed,
    NoAnswer,
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
    "hangs up": CallerHangsUp(),
}
WAYS = (*SIMPLE, "answered for 10 seconds", "dial ends as WORD")

_ANSWERED_FOR = re.compile(r"answered for (\d+(?:\.\d+)?) seconds?")
_ENDS_AS = re.compile(r"dial ends as (\S+)")


def reply_for(words: str) -> RingReply | None:
    """What these words mean, or None if they are none of the words for the end of a ring."""
    text = " ".join(words.split())
    answered, ends_as = _ANSWERED_FOR.fullmatch(text), _ENDS_AS.fullmatch(text)
    if answered:
        return Answered(float(answered[1]))
    if ends_as:
        return Raw(ends_as[1])
    return SIMPLE.get(text)


def words_for(reply: RingReply) -> str:
    """The words that mean this; that the caller ended the conversation takes a line of its own."""
    if isinstance(reply, Raw):
        return f"dial ends as {reply.word}"
    if isinstance(reply, Answered) and reply.seconds != Answered.seconds:
        return f"answered for {reply.seconds:g} seconds"
    if isinstance(reply, Answered):
        return "answered"
    return next(words for words, each in SIMPLE.items() if each == reply)
