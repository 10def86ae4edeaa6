"""Reads the language of transcripts: a call written down, one instruction a line.

docs/transcripts.md explains it to whoever writes one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from helpline.simulator import keying
from helpline.simulator.acts import (
    Act,
    Ends,
    Hears,
    Line,
    NeverHears,
    Presses,
    RingEnds,
    Rings,
    Says,
    Transcript,
    Waits,
    WorkerHears,
)
from helpline.simulator.faults import TranscriptFault
from helpline.simulator.hearing import tokens
from helpline.simulator.words import SELDOM, WAYS, reply_for

CLOCK = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class _Form:
    """One shape a line can have: as a pattern, as what it means, and as it is shown to people."""

    shape: str
    pattern: re.Pattern[str]
    act: Callable[[re.Match[str]], Act | None]


def _form(shape: str, pattern: str, act: Callable[[re.Match[str]], Act | None]) -> _Form:
    return _Form(shape, re.compile(pattern), act)


def _presses(words: str) -> Presses | None:
    keys = keying.keys_for(words)
    return Presses(keys) if keys else None


def _ring(match: re.Match[str]) -> Rings:
    words = match[1].split()
    numbered = words[-1].isdigit() or match[1].startswith("+")
    return Rings(" ".join(words if numbered else [*words, "1"]))


FORMS = (
    _form("hears WORDS", r"hears\s+(.+)", lambda m: Hears(m[1])),
    _form("never hears WORDS", r"never\s+hears\s+(.+)", lambda m: NeverHears(m[1])),
    _form(", ".join(f"presses {way}" for way in keying.WAYS), r"presses\s+(.+)", lambda m: _presses(m[1])),
    _form("says WORDS", r"says\s+(.+)", lambda m: Says(m[1])),
    _form("waits", r"waits", lambda m: Waits()),
    _form("rings ORGANISATION LINE, rings ORGANISATION LINE 2", r"rings\s+(\S+(?:\s+\S+)+|\+\d+)", _ring),
    _form("worker hears WORDS", r"worker\s+hears\s+(.+)", lambda m: WorkerHears(m[1])),
    _form("ends", r"ends", lambda m: Ends()),
)
HEADS = ("at 2026-11-22 23:10", 'from +31 30 012 3456, from anonymous, from nothing, from "RAW TEXT"')
SHAPES = (*HEADS, *(form.shape for form in FORMS), *WAYS, *SELDOM)

_KEYS_FIRST = re.compile(r"(presses\s+\S+(?:[^#]*?\sthen\s+\S+)*)(.*)")  # "presses #": the key, not a comment
_QUOTED_FIRST = re.compile(r'(from\s+"[^"]*")(.*)')
_CALLER = re.compile(r'"([^"]*)"|(anonymous|nothing)|(\+[\d \-]+)')


def parse(text: str, name: str) -> Transcript:
    """The transcript in this text; raises TranscriptFault at the first line that cannot be read."""
    transcript = Transcript(name, None, "anonymous", ())
    heads: set[str] = set()
    for number, written in enumerate(text.splitlines(), start=1):
        line = _without_comment(written.strip())
        verb = line.partition(" ")[0]
        if verb in ("at", "from"):
            if verb in heads or transcript.lines:
                what = f"`{verb}` comes once, before the call begins"
                raise TranscriptFault(name, number, what, expected=expected("`at` and `from` on top, once each"))
            heads.add(verb)
            transcript = _head(transcript, number, line)
        elif line:
            transcript = replace(transcript, lines=(*transcript.lines, _line(name, number, line)))
    return transcript


def _without_comment(line: str) -> str:
    if line.startswith("#"):
        return ""
    kept = _KEYS_FIRST.fullmatch(line) or _QUOTED_FIRST.fullmatch(line)
    head, rest = (kept[1], kept[2]) if kept else ("", line)
    return (head + re.split(r"\s#", rest, maxsplit=1)[0]).strip()


def _head(transcript: Transcript, number: int, line: str) -> Transcript:
    verb, _, rest = line.partition(" ")
    rest = rest.strip()
    if verb == "at":
        return replace(transcript, at=moment(transcript.name, number, rest))
    caller = _CALLER.fullmatch(rest)
    if not caller:
        what = f"{rest!r} is no caller"
        raise TranscriptFault(transcript.name, number, what, expected=expected(HEADS[1]))
    raw, word, telephone = caller.groups()
    if telephone:
        return replace(transcript, caller=re.sub(r"[ \-]", "", telephone))
    return replace(transcript, caller=raw if raw is not None else None if word == "nothing" else word)


def moment(name: str, number: int, written: str) -> datetime:
    """The time after `at`, as the clocks of the Netherlands show it."""
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=CLOCK)
    except ValueError:
        what = f"{written!r} is no date and time"
        raise TranscriptFault(name, number, what, expected=expected(HEADS[0])) from None


def _line(name: str, number: int, line: str) -> Line:
    ring = reply_for(line)
    if ring is not None:
        return Line(number, line, RingEnds(ring))
    for form in FORMS:
        match = form.pattern.fullmatch(line)
        if match:
            act = form.act(match)
            if act is None or (isinstance(act, Hears | NeverHears | WorkerHears) and not tokens(act.words)):
                break
            return Line(number, line, act)
    raise TranscriptFault(name, number, f"`{line}` is no instruction", expected=guess(line, SHAPES))


def guess(line: str, shapes: Sequence[str]) -> str:
    """Those shapes that begin like this line, or like the nearest known word, or else all of them."""
    verbs = {shape.split()[0] for shape in shapes}
    near = difflib.get_close_matches(line.split()[0], verbs, n=1)
    return expected(*([shape for shape in shapes if near and shape.split()[0] == near[0]] or shapes))


def expected(*shapes: str) -> str:
    """What a line could have been, as help for whoever wrote another."""
    return "Expected: " + "; or ".join(shapes) + "."
