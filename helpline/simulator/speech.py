"""What is heard of a text, and how many seconds it lasts, without anything being spoken."""

from __future__ import annotations

import re

from helpline.simulator.elements import Element

WORDS_PER_SECOND = 2.5  # a calm voice on the telephone
SOUND_SECONDS = 5.0  # a recorded sound is not fetched, so its length is assumed
STRENGTHS = {"none": 0.0, "x-weak": 0.1, "weak": 0.25, "medium": 0.5, "strong": 0.75, "x-strong": 1.0}
SPELLED = frozenset({"characters", "spell-out", "digits", "telephone"})

_SOUNDS = re.compile(r"\d|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TIME = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")


def seconds_to_say(text: str) -> float:
    """How long these words take; each digit counts as a word, since digits are said singly."""
    return len(_SOUNDS.findall(text)) / WORDS_PER_SECOND


def heard(say: Element) -> str:
    """The words a listener hears of a Say, SSML resolved: digits spelled, aliases spoken."""
    return " ".join("".join(_words(say)).split())


def _words(element: Element) -> list[str]:
    if element.name == "sub":
        return [element.attributes.get("alias", "")]
    if element.name == "say-as" and element.attributes.get("interpret-as") in SPELLED:
        return [" ".join(element.text.replace(" ", ""))]
    inside: list[str] = []
    for child in element.children:
        inside += [child] if isinstance(child, str) else _words(child)
    # A break, paragraph or sentence separates words even where no blank is written.
    return [" ", *inside, " "] if element.name in {"break", "p", "s"} else inside


def pauses(say: Element) -> float:
    """The seconds of silence asked for by SSML breaks inside a Say."""
    own = _break_seconds(say.attributes) if say.name == "break" else 0.0
    return own + sum(pauses(child) for child in say.elements)


def _break_seconds(attributes: dict[str, str]) -> float:
    time = _TIME.fullmatch(attributes.get("time", ""))
    if time:
        return float(time[1]) / (1000 if time[2] == "ms" else 1)
    return STRENGTHS.get(attributes.get("strength", "medium"), STRENGTHS["medium"])
