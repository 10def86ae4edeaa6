"""What happens in a call, as the browser is told it."""

from __future__ import annotations

from collections.abc import Mapping

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
from helpline.simulator.speech import seconds_to_say
from helpline.simulator.verbs import Gather

Told = Mapping[str, object]
WORKERS_LANGUAGE = "nl-NL"  # whispers are in Dutch only


def told(event: Event) -> Told:
    """An event, by its kind."""
    return {"kind": KINDS[type(event)], "at": event.at, **_more(event)}


def at_prompt(gather: Gather) -> Told:
    """Words are being said and more are to follow; a key cuts them, and then an answer is awaited in these ways."""
    return {"kind": "prompt", **_awaited(gather)}


def at_question(gather: Gather) -> Told:
    """The prompt is over: an answer is awaited, for so many seconds and in these ways."""
    return {"kind": "question", **_awaited(gather)}


def _awaited(gather: Gather) -> Told:
    return {
        "keys": gather.takes_keys,
        "speech": gather.takes_speech,
        "language": gather.language,
        "seconds": gather.timeout,
        "digits": gather.num_digits,
        "last_key": gather.finish_on_key,
    }


def at_ring(line: str) -> Told:
    """A telephone rings; `line` is its name, such as "utrecht advice 1", or a number that is in no line."""
    organisation, _, rest = line.partition(" ")
    kind, _, place = rest.partition(" ")
    return {"kind": "ring", "organisation": organisation, "line": kind, "place": place}


KINDS: Mapping[type[Event], str] = {
    Asked: "asked",
    Ended: "ended",
    Heard: "heard",
    HungUp: "hung_up",
    Pressed: "pressed",
    Rang: "rang",
    RingEnded: "ring_ended",
    Spoke: "spoke",
    Waited: "waited",
    Warned: "warned",
    WorkerHeard: "worker_heard",
    WorkerPressed: "worker_pressed",
}


def _more(event: Event) -> Told:
    match event:
        case Heard():
            return {"text": event.text, "language": event.language, "seconds": seconds_to_say(event.text)}
        case WorkerHeard():
            return {"text": event.text, "language": WORKERS_LANGUAGE, "seconds": seconds_to_say(event.text)}
        case Asked():
            return {"keys": "dtmf" in event.input.split()}
        case Pressed() | WorkerPressed():
            return {"text": event.keys}
        case Spoke():
            return {"text": event.words}
        case RingEnded():
            return {"reply": event.reply, "bridged": event.bridged, "seconds": event.seconds}
        case Warned():
            return {"code": event.code, "text": event.text}
        case Ended():
            return {"how": event.how.name.lower()}
        case _:
            return {}
