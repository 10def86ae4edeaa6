"""What a person does at the browser's telephone, read from what the browser sends; anything else is None."""

from __future__ import annotations

import re

from helpline.simulator.party import Keys, Silent, Spoken
from helpline.simulator.words import reply_for
from helpline.web.phone_call import Listens, Reply

WITHHELD = "anonymous"
LONGEST = 200  # characters somebody says at a question

_KEYS = re.compile(r"[0-9*#]{1,20}")
_NUMBER = re.compile(r"\+[0-9]{3,15}")
_SPACING = re.compile(r"[\s().-]")


def caller_of(written: object) -> str | None:
    """A caller as Twilio would send it: a number in E.164 or withheld; also one written as at home."""
    if not isinstance(written, str):
        return None
    if written == WITHHELD:
        return WITHHELD
    plain = _SPACING.sub("", written)
    number = re.sub(r"^0(?!0)", "+31", re.sub(r"^00", "+", plain))
    return number if _NUMBER.fullmatch(number) else None


def reply_of(act: str, what: object) -> Reply | None:
    """The reply meant by an act (keys, keys-at-once, listens, words, silence, ring) and what goes with it."""
    text = what if isinstance(what, str) else ""
    match act:
        case "keys" if _KEYS.fullmatch(text):
            return Keys(text)
        case "keys-at-once" if _KEYS.fullmatch(text):
            return Keys(text, at_once=True)
        case "listens":
            return Listens()
        case "words" if 0 < len(text.strip()) <= LONGEST and text.isprintable():
            return Spoken(" ".join(text.split()))
        case "silence":
            return Silent()
        case "ring":
            return reply_for(text)
        case _:
            return None
