"""Hearing: case, punctuation and blanks between digits do not count, and nothing else is forgiven."""

from __future__ import annotations

import pytest

from helpline.simulator.hearing import find, tokens


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("112", "Bel 1 1 2."),
        ("bel 112", "Bel: 1, 1, 2!"),
        ("1 1 2", "bel 112 nu"),
        ("0800-2000", "Bel 0 8 0 0 2 0 0 0"),
        ("0800 2000", "0800-2000"),
        ("den bosch", "in Den  Bosch?"),
        ("toets 1; om gooise meren", "Toets 1, om Gooise Meren"),
        ("عنف", "عنف منزلي"),
    ],
)
def test_occurs(words: str, heard: str) -> None:
    """These words occur in what is heard."""
    assert find(words, tokens(heard)) is not None


@pytest.mark.parametrize(
    ("words", "heard"), [("112", "1123"), ("bel", "gebeld"), ("bel nu", "bel 112 nu"), ("Zeist", "")]
)
def test_does_not_occur(words: str, heard: str) -> None:
    """A part of a word or number, or words with others between, is not the same."""
    assert find(words, tokens(heard)) is None


def test_after() -> None:
    """The search starts where the last one ended."""
    heard = tokens("toets een toets twee")
    assert find("toets", heard) == 1
    assert find("toets", heard, 1) == 3
    assert find("toets", heard, 3) is None
