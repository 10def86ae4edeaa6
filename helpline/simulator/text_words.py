"""Whether words occur in a text that came: case, punctuation, and hyphens between digits do not count."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Digits with blanks between are left apart, unlike in speech: "0800-2000 112" is two numbers.
_WORD = re.compile(r"\d[\d\-]*\d|[^\W_]+")


@dataclass(frozen=True)
class Word:
    """One word or number as it counts, and where it stands in its text."""

    text: str
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    """The words and numbers of a text, in order."""
    return [Word(each[0].casefold().replace("-", ""), *each.span()) for each in _WORD.finditer(text)]


def follow(wanted: Sequence[Word], came: Sequence[Word], start: int = 0) -> int | None:
    """Where these words end if they come in this order from `start` on, others between them or not; else None."""
    for word in wanted:
        place = next((n for n in range(start, len(came)) if came[n].text == word.text), None)
        if place is None:
            return None
        start = place + 1
    return start


def side_by_side(wanted: Sequence[Word], came: Sequence[Word]) -> list[Word]:
    """Those words of what came that are these, one directly after the other; none where they are not there."""
    texts, length = [each.text for each in wanted], len(wanted)
    places = (n for n in range(len(came)) if [each.text for each in came[n : n + length]] == texts)
    return [word for place in list(places)[:1] for word in came[place : place + length]]


def differences(wanted: Sequence[Word], came: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The wanted words that lack, and those that stand in their place."""
    matcher = difflib.SequenceMatcher(
        None, [each.text for each in wanted], [each.text for each in came], autojunk=False
    )
    changes = [each for each in matcher.get_opcodes() if each[0] in ("delete", "replace")]
    lacking = [word for _, begin, end, _, _ in changes for word in wanted[begin:end]]
    return lacking, [word for _, _, _, begin, end in changes for word in came[begin:end]]


def marked(text: str, words: Iterable[Word], before: str, after: str) -> str:
    """The text on one line with marks around these words; those that are neighbours share theirs."""
    spans: list[tuple[int, int]] = []
    for word in words:
        if spans and not words_in(text[spans[-1][1] : word.start]):
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    for start, end in reversed(spans):
        text = text[:start] + before + text[start:end] + after + text[end:]
    return " ".join(text.split())
