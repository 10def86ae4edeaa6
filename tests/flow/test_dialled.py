"""How each way a dial can end is understood."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.flow.dialled import Dialled, DialWord, ending_of
from helpline.flow.steps import RING_ENDINGS

anything = st.builds(
    Dialled,
    word=st.sampled_from(get_args(DialWord)),
    bridged=st.sampled_from([True, False, None]),
    seconds=st.none() | st.integers(0, 20_000),
    caller_there=st.booleans(),
)


@pytest.mark.parametrize(
    ("dialled", "accept", "ending"),
    [
        (Dialled("picked-up", True, 300, True), False, "answered"),
        (Dialled("picked-up", True, 300, False), True, "answered"),
        (Dialled("picked-up", True, 8, False), True, "answered"),  # the caller put the phone down
        (Dialled("picked-up", True, 29, True), False, "dropped"),
        (Dialled("picked-up", True, 30, True), False, "answered"),
        (Dialled("picked-up", True, None, True), False, "dropped"),
        (Dialled("picked-up", False, 25, True), False, "unaccepted"),  # a voicemail, or nobody pressed the key
        (Dialled("picked-up", False, 25, True), True, "unaccepted"),
        (Dialled("picked-up", None, 300, True), False, "answered"),
        (Dialled("picked-up", None, 300, True), True, "unaccepted"),
        (Dialled("picked-up", None, None, True), False, "unaccepted"),
        (Dialled("no-answer", False, None, True), False, "no-answer"),
        (Dialled("busy", None, None, True), True, "busy"),
        (Dialled("failed", True, 300, True), False, "answered"),  # they did talk: the bridge counts
        (Dialled("no-answer", False, None, False), False, "gone"),
        (Dialled("picked-up", False, 4, False), True, "gone"),
    ],
)
def test_the_ending(dialled: Dialled, accept: bool, ending: str) -> None:
    """Each row is one way a dial can end and the word the trail keeps of it."""
    assert ending_of(dialled, accept=accept) == ending


@pytest.mark.parametrize(
    ("seconds", "whispered", "ending"),
    [(37, 2, "dropped"), (38, 2, "answered"), (53, 6, "dropped"), (54, 6, "answered")],
)
def test_what_the_worker_heard_before_is_no_talk(seconds: int, whispered: int, ending: str) -> None:
    """The carrier counts from the moment of picking up: each sentence before they were joined takes four seconds."""
    assert ending_of(Dialled("picked-up", True, seconds, True), accept=True, whispered=whispered) == ending


@given(anything, st.booleans())
def test_every_ending_is_a_known_word(dialled: Dialled, accept: bool) -> None:
    """Whatever the carrier tells, the conversation knows the word."""
    assert ending_of(dialled, accept=accept) in RING_ENDINGS


@given(anything)
def test_an_accept_line_is_answered_only_when_joined(dialled: Dialled) -> None:
    """On a line that must accept by key nothing but the carrier's word that two people were joined counts."""
    if ending_of(dialled, accept=True) in ("answered", "dropped"):
        assert dialled.bridged is True


@given(anything, st.booleans())
def test_a_caller_who_is_still_there_is_never_gone(dialled: Dialled, accept: bool) -> None:
    """Only a caller who hung up is given up."""
    if ending_of(dialled, accept=accept) == "gone":
        assert not dialled.caller_there
