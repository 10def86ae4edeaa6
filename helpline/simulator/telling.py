"""Each event of a call as a short line for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from helpline.simulator.events import (
    Asked,
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
    WorkerPressed,
)
from helpline.simulator.keying import words_for

MODES = {"dtmf": "keys", "speech": "speech"}


def tell(event: Event, line_of: Callable[[str], str]) -> str:
    """What happened, in words; `line_of` names a dialled number."""
    match event:
        case Rang():
            return f"rings {line_of(event.number)}, showing {event.caller_id or 'no caller ID'}"
        case RingEnded():
            end = f"{line_of(event.number)}: {event.reply}"
            return f"{end} (put through)" if event.bridged else f"{end} (not put through: {event.status})"
        case Heard() | WorkerHeard():
            return f"worker hears {event.text}" if isinstance(event, WorkerHeard) else f"hears {event.text}"
        case WorkerPressed():
            return f"worker presses {event.keys}"
        case Warned():
            return event.words
        case Ended():
            return f"ends: {event.how.value}"
        case _:
            return _caller(event)


def _keys(event: Pressed) -> str:
    if event.left_over:
        return f"{event.keys}, left over"
    return words_for(event.keys, event.waits, at_once=event.interrupting)


def _caller(event: Asked | Pressed | Spoke | Waited | HungUp) -> str:
    match event:
        case Asked():
            return "is asked for " + " or ".join(MODES[each] for each in event.input.split())
        case Pressed():
            return f"presses {_keys(event)}"
        case Spoke():
            return f"says {event.words}"
        case Waited():
            return "waits"
        case HungUp():
            return "hangs up"
        case _:
            assert_never(event)
