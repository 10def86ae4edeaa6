"""Replay: the same trail gives the same turn, and one that does not fit is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.errors import Diverged
from helpline.flow.replay import play
from helpline.flow.steps import RING_ENDINGS, Lookup, Ring
from helpline.flow.trail import Trail
from tests.flow.walking import LOOKUPS, walk

endings = st.sampled_from(
    [
        *RING_ENDINGS,
        "silence",
        "unclear",
        "doctor",
        "language",
        "national",
        "mute",
        "codes",
        "utrecht",
        "zeeland",
        "doubt-1",
        "maybe-1-2",
    ]
)


def look_up(step: Lookup) -> str:
    """The answers of a table where everything is there."""
    return LOOKUPS[step.name]


def never(step: Lookup) -> str:
    """A look-up that must not be asked."""
    raise AssertionError(f"{step.name} was asked again")


@given(st.lists(endings, max_size=20))
def test_every_call_comes_to_a_person_or_is_over(given_endings: list[str]) -> None:
    """With whatever endings, in whatever order, a call rings somebody before it is over, or tells that it diverged."""
    try:
        walked = walk(*given_endings)
    except Diverged:
        return
    if walked.over:
        assert walked.rung


def test_what_was_looked_up_is_not_looked_up_again() -> None:
    """The clock and the table are asked once; later turns of the call stand on what they said then."""
    first = play(Trail("v1"), look_up)
    assert first.pause is not None
    after = first.trail.then(first.pause.name, "silence")
    assert play(after, never).trail == after


def test_words_already_heard_are_not_said_again() -> None:
    """A turn says what comes after the last step the caller went through, not the call from its start."""
    trail = Trail(
        "v1", (("announcement", "none"), ("region_of_caller", "unknown"), ("languages", "nl-en"), ("place", "unclear"))
    )
    assert [say.prompt for say in play(trail, look_up).said] == ["not_understood"]


@pytest.mark.parametrize(
    "entries",
    [
        (("another_step", "utrecht"),),
        (
            ("announcement", "none"),
            ("region_of_caller", "unknown"),
            ("languages", "nl-en"),
            ("place", "utrecht"),
            ("announcement", "none"),
            ("routes_advice", "3"),
            ("ring_doctors", "busy"),
        ),
        (
            ("announcement", "none"),
            ("region_of_caller", "unknown"),
            ("languages", "nl-en"),
            ("place", "utrecht"),
            ("announcement", "none"),
            ("routes_advice", "3"),
            ("ring_advice", "glare"),
        ),
        (
            *(("announcement", "none"), ("region_of_caller", "unknown"), ("languages", "nl-en"), ("place", "utrecht")),
            *(("announcement", "none"), ("routes_advice", "3")),
            *(("ring_advice", "answered"), ("ring_advice", "busy")),
        ),
    ],
)
def test_a_trail_that_does_not_fit_is_told(entries: tuple[tuple[str, str], ...]) -> None:
    """Another step than the conversation has, an ending no ring can have, or more steps than there are: Diverged."""
    with pytest.raises(Diverged):
        play(Trail("v1", entries), look_up)


def test_the_reason_stays_in_the_trail() -> None:
    """The script is told that a ring failed; why stays in the trail for the record."""
    trail = Trail(
        "v1",
        (
            ("announcement", "none"),
            ("region_of_caller", "unknown"),
            ("languages", "nl-en"),
            ("place", "utrecht"),
            ("announcement", "none"),
            ("routes_advice", "3"),
            ("ring_advice", "busy"),
        ),
    )
    played = play(trail, look_up)
    assert isinstance(played.pause, Ring)
    assert played.trail.entries[-1] == ("ring_advice", "busy")
