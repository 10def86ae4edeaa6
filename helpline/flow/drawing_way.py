"""The way of one call through the picture: the boxes it has come through, from its trail alone."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.flow.call import incoming_call
from helpline.flow.drawing import OPENING, OVER, PUT_THROUGH, SHOWN_WORDS, hub, is_passed, kind_of_ending
from helpline.flow.steps import RING_ENDINGS, Ask, Lookup, Ring, Say
from helpline.flow.trail import Trail


def way(trail: Trail) -> tuple[str, ...]:
    """The boxes in the order in which the call met them; where it stands at the trail's end comes last."""
    return tuple(_boxes(trail))


def _boxes(trail: Trail) -> Iterator[str]:
    script, past = incoming_call(), iter(trail.entries)
    heard: str | None = None
    last: Lookup | Ask | Ring | None = None  # that a caller notices
    yield OPENING
    while True:
        try:
            step = next(script) if heard is None else script.send(heard)
        except StopIteration:
            yield OVER
            return
        if isinstance(step, Say):
            heard = ""
            if step.prompt in SHOWN_WORDS:
                yield step.prompt
            continue
        if not is_passed(step):
            if isinstance(last, Ask) and not isinstance(step, Ask):
                yield PUT_THROUGH
            yield step.name
            last = step
        _, ending = next(past, ("", None))
        if ending is None:
            return
        if junction := hub(step, kind_of_ending(step, ending)):
            yield junction
        heard = RING_ENDINGS[ending] if isinstance(step, Ring) else ending
