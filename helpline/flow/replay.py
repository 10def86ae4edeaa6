"""Replay: a trail and the conversation give the turn the caller is in, with nothing remembered in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpline.errors import Diverged
from helpline.flow.call import incoming_call
from helpline.flow.steps import RING_ENDINGS, Lookup, Pause, Ring, Say, Script
from helpline.flow.trail import Trail

LookUp = Callable[[Lookup], str]
Conversation = Callable[[], Script[None]]


@dataclass(frozen=True)
class Played:
    """Where a call stands: what is said now, then the step it waits in; None when the call is over."""

    trail: Trail
    said: tuple[Say, ...]
    pause: Pause | None


def stands(trail: Trail, conversation: Conversation = incoming_call) -> Lookup | Played:
    """Where the conversation stands at the end of this trail: a look-up to be made, or the turn; of nothing else.

    Raises Diverged where the trail does not fit the conversation.
    """
    script = conversation()
    past = list(reversed(trail.entries))
    said: list[Say] = []
    heard: str | None = None
    try:
        while True:
            step = script.send(heard) if heard is not None else next(script)
            if isinstance(step, Say):
                said.append(step)
                heard = ""
            elif past:
                heard = _recorded(step, past.pop())
                if not isinstance(step, Lookup):
                    said.clear()  # the caller heard these words before this step
            elif isinstance(step, Lookup):
                return step
            else:
                return Played(trail, tuple(said), step)
    except StopIteration:
        if past:
            raise Diverged("The trail goes on after the end of the conversation.") from None
        return Played(trail, tuple(said), None)


def play(trail: Trail, look_up: LookUp, stand: Callable[[Trail], Lookup | Played] = stands) -> Played:
    """The turn that follows the trail; look-ups past its end are asked now and added to it.

    `stand` may be a `stands` that remembers. Raises Diverged where the trail does not fit the conversation.
    """
    while isinstance(at := stand(trail), Lookup):
        trail = trail.then(at.name, look_up(at))
    return at


def retrace(trail: Trail, conversation: Conversation = incoming_call) -> Iterator[tuple[Lookup | Pause, str]]:
    """Each step of the trail with its ending as the trail keeps it; then the step that waits, if one does, with "".

    Raises Diverged where the trail does not fit the conversation.
    """
    script = conversation()
    past = list(reversed(trail.entries))
    heard: str | None = None
    try:
        while True:
            step = script.send(heard) if heard is not None else next(script)
            if isinstance(step, Say):
                heard = ""
            elif past:
                ending = past[-1][1]
                heard = _recorded(step, past.pop())
                yield step, ending
            else:
                yield step, ""
                return
    except StopIteration:
        if past:
            raise Diverged("The trail goes on after the end of the conversation.") from None


def _recorded(step: Lookup | Pause, entry: tuple[str, str]) -> str:
    name, ending = entry
    if name != step.name:
        raise Diverged(f"The trail has the step {name!r} where the conversation has {step.name!r}.")
    if not isinstance(step, Ring):
        return ending
    if ending not in RING_ENDINGS:
        raise Diverged(f"A ring cannot end as {ending!r}.")
    return RING_ENDINGS[ending]
