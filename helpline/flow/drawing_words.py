"""What stands in the boxes and at the arrows of the picture, in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping

from helpline.flow.call import MOST_QUESTIONS, MOST_UNUSABLE
from helpline.flow.drawing import CODE, FRAME, NO_ANSWER, OPENING, OVER, PUT_THROUGH, Arrow, Box, Kind, Picture
from helpline.flow.steps import SILENCE, UNCLEAR, Say

InWords = Callable[[Say], str]
LONGEST_IN_BOX, LONGEST_AT_ARROW = 150, 64  # characters of what is said; the rest is in helpline/prompts/
TITLE = "What happens in a call"
SUBTITLE = (
    "Drawn from every path that the conversation can take. "
    "The words that are said stand in Dutch; those in brackets are heard by some callers only."
)
LEGEND: Mapping[Kind, str] = {
    "words": "words that no key cuts short",
    "question": "a question: the caller presses keys, speaks or waits",
    "junction": "decided by what the caller did, or by the hour",
    "ringing": "a telephone rings",
    "end": "the end",
}
THICK = "the way of most calls"
MOST_CALLS = {(OPENING, "place"), (FRAME, PUT_THROUGH), (PUT_THROUGH, "ring_advice"), ("ring_advice", OVER)}
TITLES = {
    OPENING: "112 first, before any key",
    "place": "The one question",
    "place_again": "Asked again, now also by voice",
    "place_by_key": "Who cannot speak, by key only",
    "patient": "Doctors: where does the patient live?",
    "codes": "The codes, read out",
    FRAME: "One question for the place, in several forms. In each the caller keys a postcode or a code, or waits.",
    CODE: "A code was pressed",
    NO_ANSWER: "No usable answer",
    "which": "A postcode in several areas",
    "meant": "A spoken place is asked back",
    "language": "The languages, each in itself",
    PUT_THROUGH: "Did the caller say to be a doctor?",
    "doctors_line": "Is the vertrouwensarts on duty?",
    "ring_doctors": "The vertrouwensarts is rung",
    "ring_advice": "The organisation is rung, number by number, then its stand-in, then the national desk",
    "once_more": "All of them once more",
    "nobody_reached": "Nobody could be reached",
    OVER: "The call is over",
}
ENDINGS = {
    "codes": "0",
    "doctor": "01",
    "mute": "02",
    "national": "03: the national desk",
    "language": "09",
    "emergency": "112",
    "place": "a postcode",
    "doubt": "a postcode in several areas",
    "maybe": "says a place that is not certain",
    SILENCE: "waits",
    UNCLEAR: "keys that mean nothing",
    "chosen": "chooses",
    "open": "yes",
    "closed": "not now",
    "none": "there is none",
    "answered": "answered",
    "unanswered": "nobody answers",
    "dropped": "cut off",
    "gone": "the caller hangs up",
}
# Why one arrow is taken and not the next, where the endings alone do not say it.
CONDITIONS = {
    (FRAME, CODE): "a code",
    (FRAME, NO_ANSWER): "silence, or keys that mean nothing",
    (NO_ANSWER, "place_again"): "asked again",
    (NO_ANSWER, "place_by_key"): "asked again: cannot speak",
    (NO_ANSWER, PUT_THROUGH): f"after {MOST_UNUSABLE} in vain; or silence, where the area code says which organisation",
    ("language", FRAME): "112 in the one chosen; then the same question again",
    ("which", PUT_THROUGH): "the one chosen, or the likeliest",
    ("meant", PUT_THROUGH): "the one confirmed; else as without an answer",
    (PUT_THROUGH, "ring_advice"): "no",
    (PUT_THROUGH, "doctors_line"): "yes",
    ("ring_advice", "once_more"): "all tried",
    ("ring_advice", "nobody_reached"): "all tried once more",
    ("once_more", "ring_advice"): "",
    ("nobody_reached", OVER): "",
}
BY_AN_OPERATOR = {"announcement": "an announcement, if there is one"}  # its words are in no prompt file
NOT_DUTCH = {"emergency": "112 in that language"}


def title(box: Box) -> str:
    """What a box is, in English."""
    return TITLES.get(box.name, box.name.replace("_", " "))


def spoken(box: Box, in_words: InWords) -> str:
    """What is said in a box, in brackets what only some hear; empty where it is silent."""
    text = ""
    for words in box.words:
        said = BY_AN_OPERATOR.get(words.say.prompt) or shortened(in_words(words.say), LONGEST_IN_BOX)
        longer = f"{text} {said if words.always else f'({said})'}".strip()
        if len(longer) > LONGEST_IN_BOX:
            return f"{text} …"
        text = longer
    return text


def label(arrow: Arrow, drawn: Picture, in_words: InWords) -> str:
    """When an arrow is taken, and what is then said."""
    return "; ".join(_parts(arrow, drawn, in_words))


def shortened(text: str, longest: int) -> str:
    """The text, cut between two words where it is longer."""
    text = text.replace("… ", "").strip()
    return textwrap.shorten(text, longest, placeholder=" …")


def _parts(arrow: Arrow, drawn: Picture, in_words: InWords) -> Iterator[str]:
    """Endings that have the same words stand together."""
    if arrow.start == OPENING:
        return
    alone, shared = _told_apart(arrow, drawn)
    condition = CONDITIONS.get((arrow.start, arrow.end))
    if condition is not None:
        yield ": ".join(filter(None, [condition, _common(arrow, in_words)]))
        return
    said: dict[str, list[str]] = {}
    for ending in alone:
        said.setdefault(_quote(dict(arrow.endings)[ending], in_words), []).append(ENDINGS.get(ending, ending))
    for quote, endings in said.items():
        yield ": ".join(filter(None, [", ".join(endings), quote]))
    if shared:
        yield f"{'any other' if alone else 'any'}, after {MOST_QUESTIONS} questions"


def _told_apart(arrow: Arrow, drawn: Picture) -> tuple[list[str], list[str]]:
    """The endings that always lead here, and those that do so only when there were questions enough."""
    endings = [ending for ending, _ in arrow.endings]
    if arrow.end != PUT_THROUGH:
        return endings, []
    elsewhere = {
        ending for other in drawn.arrows if other.start == arrow.start and other != arrow for ending, _ in other.endings
    }
    return [each for each in endings if each not in elsewhere], [each for each in endings if each in elsewhere]


def _common(arrow: Arrow, in_words: InWords) -> str:
    """What is said whichever ending it was."""
    quotes = {_quote(said, in_words) for _, said in arrow.endings}
    return quotes.pop() if len(quotes) == 1 else ""


def _quote(said: tuple[Say, ...], in_words: InWords) -> str:
    dutch = " ".join(in_words(say) for say in said if say.language == "nl")
    others = [NOT_DUTCH.get(say.prompt, "") for say in said if say.language != "nl"]
    return " ".join([*([f"“{shortened(dutch, LONGEST_AT_ARROW)}”"] if dutch else []), *filter(None, others)])
