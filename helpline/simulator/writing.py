"""Writes a played call down as a transcript, which can be read, changed and played again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from helpline.simulator.events import (
    Ended,
    Event,
    Heard,
    HungUp,
    Pressed,
    Rang,
    RingEnded,
    Spoke,
    Waited,
    Warned,
    WorkerHeard,
)
from helpline.simulator.hearing import tokens
from helpline.simulator.keying import words_for
from helpline.simulator.player import Call
from helpline.simulator.replay import BY_OUR_SIDE


def write(call: Call, line_of: Callable[[str], str], *, comment: str = "", at: datetime | None = None) -> str:
    """The transcript of a call, with its seconds as comments."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    if at is not None:
        lines.append(_put("at", f"{at:%Y-%m-%d %H:%M}"))
    lines.append(_put("from", _caller(call.caller)))
    for place, event in enumerate(call.events):
        lines += _event(event, call.events[place:], line_of)
    return "\n".join(lines) + "\n"


def _put(verb: str, rest: str = "", at: float | None = None) -> str:
    line = f"{verb:<14}{rest}".rstrip()
    return line if at is None else f"{line}  # {at:.1f} s"


def _caller(caller: str | None) -> str:
    if caller is None:
        return "nothing"
    plain = caller == "anonymous" or (caller.startswith("+") and caller[1:].isdigit())
    return caller if plain else f'"{caller}"'


def _event(event: Event, onward: Sequence[Event], line_of: Callable[[str], str]) -> Iterator[str]:
    match event:
        case Heard() if tokens(event.text):
            yield _put("hears", event.text.replace("#", ""), event.at)
        case Pressed():
            yield _pressed(event)
        case Spoke():
            yield _put("says", event.words.replace("#", ""), event.at)
        case Waited():
            yield _put("waits", at=event.at)
        case HungUp():
            yield _put("hangs up", at=event.at)
        case Rang():
            yield _put("rings", line_of(event.number), event.at)
            yield from _ring(event, onward)
        case Warned():
            yield f"# {event.words}"
        case Ended() if event.how in BY_OUR_SIDE:
            yield _put("ends", at=event.at)
        case Ended():
            yield f"# {event.how.value}"
        case _:
            return  # a question is in what is heard; a whisper and its end stand under their ring


def _pressed(event: Pressed) -> str:
    if event.left_over:
        return f"# the keys {event.keys} were still being pressed"
    if not event.keys:
        return _put("waits", at=event.at)
    return _put("presses", words_for(event.keys, event.waits, at_once=event.interrupting), event.at)


def _ring(rang: Rang, onward: Sequence[Event]) -> Iterator[str]:
    """What the worker hears, and how the ring ends; that the caller hangs up stands for itself."""
    ends = (each for each in enumerate(onward) if isinstance(each[1], RingEnded) and each[1].number == rang.number)
    place, end = next(ends, (0, None))
    if not isinstance(end, RingEnded):
        return
    for each in onward[:place]:
        if isinstance(each, WorkerHeard) and end.seconds:
            yield _put("worker hears", each.text.replace("#", ""), each.at)
    if end.reply != "hangs up":
        yield _put(end.reply, at=end.at)
