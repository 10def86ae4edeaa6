"""How keys are pressed, in the words of transcripts and of the terminal, both ways: `35 then 11 after 3 seconds`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpline.simulator.party import KEY_SECONDS, Keys

WAYS = ("KEYS", "KEYS and waits", "KEYS at once", "KEYS after 5 seconds", "KEYS then KEYS after 3 seconds")

_ROW = r"[0-9*#A-D]+"
_LATER = r"\s+after\s+(\d+(?:\.\d+)?)\s+seconds?"
_THEN = re.compile(rf"\s+then\s+({_ROW}){_LATER}")
_PRESSED = re.compile(rf"({_ROW})(?:{_LATER}|(\s+at\s+once))?((?:{_THEN.pattern})*)(?:\s+and\s+waits)?")


def keys_for(words: str) -> Keys | None:
    """What these words mean, or None if they are none of the words for keys."""
    said = _PRESSED.fullmatch(words)
    if not said:
        return None
    keys, later, at_once, rest = said.groups()[:4]
    pauses = []
    for row, seconds in _THEN.findall(rest):
        pauses.append((len(keys), float(seconds)))
        keys += row
    return Keys(keys, float(later or KEY_SECONDS), pauses=tuple(pauses), at_once=bool(at_once))


def words_for(keys: str, waits: Sequence[float] = (), *, at_once: bool = False) -> str:
    """The words that mean these keys, each so many seconds after what was before; at the usual pace where none say."""
    slow = [place for place, seconds in enumerate(waits) if seconds != KEY_SECONDS]
    begins = [place for place in slow if place]
    rows = [keys[start:end] for start, end in zip([0, *begins], [*begins, len(keys)], strict=True)]
    first = " at once" if at_once else f" after {waits[0]:g} seconds" if 0 in slow else ""
    then = (f" then {row} after {waits[place]:g} seconds" for row, place in zip(rows[1:], begins, strict=True))
    return rows[0] + first + "".join(then)
