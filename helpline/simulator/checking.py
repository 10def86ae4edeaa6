"""Every warning Twilio's debugger would show for a TwiML document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpline.simulator.elements import Element
from helpline.simulator.schema import E164, MOST_NUMBERS, SCHEMA, SHAPES, SSML, URL, Shape
from helpline.simulator.speech import heard
from helpline.simulator.unplayed import why_not, why_not_heeded
from helpline.simulator.voices import speaks

VERBS = frozenset({"Say", "Play", "Pause", "Gather", "Dial", "Redirect", "Hangup", "Reject"})
# TwiML Voice, Number: what may be played to the called party before the bridge.
WHISPER_VERBS = VERBS - {"Dial", "Reject"}
MESSAGING_VERBS = frozenset({"Message", "Redirect"})


NOT_TWILIO = 0  # in place of a number: Twilio plays it, and it is this player that does not


@dataclass(frozen=True)
class Notification:
    """One entry in Twilio's debugger: its number, and what is wrong in our words."""

    code: int
    text: str


def check(response: Element, *, whisper: bool) -> tuple[Notification, ...]:
    """The warnings for a whole Response, in document order."""
    allowed = Shape(children=WHISPER_VERBS if whisper else VERBS)
    return tuple(_element(response, allowed, whisper=whisper))


def check_messaging(response: Element) -> tuple[Notification, ...]:
    """The warnings for a Response to a text, in document order."""
    return tuple(_element(response, Shape(children=MESSAGING_VERBS)))


def _element(element: Element, shape: Shape, *, whisper: bool = False) -> Iterator[Notification]:
    yield from _attributes(element, shape)
    if element.text and not shape.text:
        yield Notification(SCHEMA, f"line {element.line}: <{element.name}> holds text.")
    for child in element.elements:
        if child.name in shape.children:
            yield from _element(child, SHAPES[child.name])
            yield from _meaning(child)
        else:
            yield _misplaced(child, element, whisper=whisper)


def _misplaced(child: Element, parent: Element, *, whisper: bool) -> Notification:
    why = None if whisper else why_not(child, parent.name)
    if why:
        return Notification(NOT_TWILIO, f"line {child.line}: this player does not play <{child.name}>: {why}.")
    if whisper and child.name == "Dial":
        # 13201, "Cannot Dial out from a Dial Call Segment".
        return Notification(13201, f"line {child.line}: <Dial> stands in a whisper.")
    known = "is not allowed in" if child.name in SHAPES else "is no element the simulator knows in"
    place = "a whisper" if whisper else f"<{parent.name}>"
    return Notification(SCHEMA, f"line {child.line}: <{child.name}> {known} {place}.")


def _attributes(element: Element, shape: Shape) -> Iterator[Notification]:
    where = f"line {element.line}: <{element.name}>"
    for name, value in element.attributes.items():
        rule = shape.attributes.get(name)
        why = why_not_heeded(element.name, name)
        if why:
            yield Notification(NOT_TWILIO, f"{where} {name}: this player does not heed it: {why}.")
        elif rule is None:
            yield Notification(SCHEMA, f"{where} has no attribute {name}.")
        elif not rule.accepts(value):
            yield Notification(rule.code, f"{where} {name}={value!r}: Twilio takes {rule.expects}.")


def _meaning(element: Element) -> Iterator[Notification]:
    """What no single attribute shows."""
    where = f"line {element.line}: <{element.name}>"
    match element.name:
        case "Say":
            yield from _say(element, where)
        case "Gather":
            model = element.attributes.get("speechModel")
            if model and element.attributes.get("speechTimeout") == "auto":
                # 13327: with a speechModel, speechTimeout is a number and never auto.
                yield Notification(13327, f"{where} has speechModel {model} and speechTimeout auto.")
        case "Number":
            yield from _number(element.text, where)
        case "Dial":
            yield from _dial(element, where)
        case "Redirect" | "Media":
            if not URL.accepts(element.text):
                yield Notification(URL.code, f"{where} {element.text!r}: Twilio takes {URL.expects}.")


def _dial(element: Element, where: str) -> Iterator[Notification]:
    if element.text:  # plain text in a Dial is one Number
        yield from _number(element.text, where)
    elif not any(element.elements):
        yield Notification(SCHEMA, f"{where} rings nobody.")
    elif len(list(element.elements)) > MOST_NUMBERS:
        yield Notification(SCHEMA, f"{where} rings more than {MOST_NUMBERS} numbers; the rest is left out.")


def _say(element: Element, where: str) -> Iterator[Notification]:
    if not heard(element):
        yield Notification(13520, f"{where} is empty.")
    voice, language = element.attributes.get("voice"), element.attributes.get("language")
    if voice and language and not speaks(voice, language):
        yield Notification(13511, f"{where} the voice {voice} does not speak {language}.")
    if any(child.name in SSML for child in element.elements) and not _takes_ssml(voice):
        yield Notification(SCHEMA, f"{where} holds SSML, which only Polly and Google voices take.")


def _takes_ssml(voice: str | None) -> bool:
    return voice is not None and voice.startswith(("Polly.", "Google."))


def _number(number: str, where: str) -> Iterator[Notification]:
    if not E164.fullmatch(number):
        yield Notification(13224, f"{where} rings {number!r}, which is no E.164 number.")
