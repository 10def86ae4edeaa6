"""The page that answers texts: every way through it, and what its answers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from helpline.flow.message import Reply, incoming_text
from helpline.flow.steps import Lookup

ENDINGS = {
    "wish": ("stop", "meldcode", "emergency", "doctor", "help", "place"),
    "sender": ("person", "nobody"),
    "language": ("nl", "uk"),
    "place": ("utrecht", "doubt-1", "maybe-3-7", "unclear"),
    "doctors_line": ("open", "closed", "none"),
}


def reply(found: Mapping[str, str]) -> tuple[Reply | None, list[str]]:
    """What is returned where the look-ups end so, and which were asked."""
    script, asked = incoming_text(), []
    try:
        step = next(script)
        while True:
            assert isinstance(step, Lookup)
            asked.append(step.name)
            step = script.send(found[step.name])
    except StopIteration as over:
        return over.value, asked


def every_way() -> Iterator[dict[str, str]]:
    """Every ending of every look-up with every other."""
    for ends in product(*ENDINGS.values()):
        yield dict(zip(ENDINGS, ends, strict=True))


def test_who_is_nobody_or_says_stop_gets_no_answer_and_everybody_else_one() -> None:
    """There is an answer exactly when the sender is a person and has not told us to stop."""
    for found in every_way():
        answer, _ = reply(found)
        assert (answer is not None) == (found["sender"] == "person" and found["wish"] != "stop"), found


def test_a_text_that_gets_no_answer_is_not_looked_into() -> None:
    """After a stop word not even the sender is asked for; of nobody's text neither language nor place."""
    for found in every_way():
        _, asked = reply(found)
        if found["wish"] == "stop":
            assert asked == ["wish"]
        elif found["sender"] == "nobody":
            assert asked == ["wish", "sender"]


def test_every_answer_is_in_the_language_of_the_text() -> None:
    """The language found is the language of the reply."""
    for found in every_way():
        answer, _ = reply(found)
        assert answer is None or answer.language == found["language"]


def test_what_an_answer_names_is_what_was_found() -> None:
    """An organisation only where one is certain, choices only where there is a doubt."""
    for found in every_way():
        answer, _ = reply(found)
        if answer is not None:
            assert answer.region in ("", found["place"])
            assert answer.choices in ("", found["place"])
            assert not answer.region.startswith(("doubt", "maybe", "unclear"))
            assert not answer.choices or answer.choices.startswith(("doubt", "maybe"))


@pytest.mark.parametrize(
    ("wish", "place", "line", "words"),
    [
        ("place", "utrecht", "none", "place"),
        ("place", "doubt-1", "none", "which"),
        ("place", "maybe-3-7", "none", "which"),
        ("place", "unclear", "none", "ask"),
        ("help", "unclear", "none", "help"),
        ("help", "maybe-3-7", "none", "help"),
        ("help", "utrecht", "none", "place"),
        ("doctor", "utrecht", "open", "doctor"),
        ("doctor", "utrecht", "closed", "doctor"),
        ("doctor", "utrecht", "none", "doctor_none"),
        ("doctor", "doubt-1", "open", "doctor_which"),
        ("doctor", "unclear", "open", "doctor_where"),
        ("meldcode", "utrecht", "none", "meldcode"),
        ("emergency", "utrecht", "none", "emergency"),
    ],
)
def test_what_is_answered(wish: str, place: str, line: str, words: str) -> None:
    """Each row is what a sender wishes and where, and which words answer it."""
    answer, _ = reply({"wish": wish, "sender": "person", "language": "nl", "place": place, "doctors_line": line})
    assert answer is not None
    assert answer.words == words
