"""What a text to the helpline is answered with: one text in, at most one text out, and nothing is remembered.

1. Each `yield` asks the house what it made of the text; the value handed back is what it found.
2. The reply that is returned goes to the sender and to nobody else, ever; None is no answer at all.
3. What the words of a text mean is in flow/message_words.py; the words of the answers are in helpline/prompts/.
"""

from __future__ import annotations

from typing import NamedTuple

from helpline.flow.steps import DOUBT, MAYBE, UNCLEAR, Lookup, Script


class Reply(NamedTuple):
    """What is texted back: a prompt of the [texts] of a language, with the organisation or the choices it names."""

    words: str
    language: str
    region: str = ""
    choices: str = ""


def incoming_text() -> Script[Reply | None]:
    """A text to one of our numbers."""
    wish = yield Lookup("wish")
    if wish == "stop":  # the carrier has blocked the sender, and has told them
        return None
    if (yield Lookup("sender")) != "person":  # a short code, a name, one of us; or a machine that answers us
        return None
    language = yield Lookup("language")
    place = yield Lookup("place")
    match wish:
        case "meldcode" | "emergency":
            return Reply(wish, language)
        case "doctor":
            return (yield from doctors(place, language))
        case "help" if not sure(place):
            return Reply("help", language)
    if sure(place):
        return Reply("place", language, region=place)
    return Reply("ask", language) if place == UNCLEAR else Reply("which", language, choices=place)


def doctors(place: str, language: str) -> Script[Reply]:
    """A doctor reads when and how the vertrouwensarts is reached; without a place, what to text."""
    if place == UNCLEAR:
        return Reply("doctor_where", language)
    if not sure(place):
        return Reply("doctor_which", language, choices=place)
    line = yield Lookup("doctors_line", place)
    return Reply("doctor_none" if line == "none" else "doctor", language, region=place)


def sure(place: str) -> bool:
    """True for one organisation; False for a doubt between places, a guess, or nothing."""
    return place != UNCLEAR and not place.startswith((DOUBT, MAYBE))
