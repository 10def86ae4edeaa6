"""What may be kept of a text."""

from __future__ import annotations

import pytest

from helpline.flow.message import Reply
from helpline.switchboard.text_story import TEXT_OUTCOMES, text_story
from tests.flow.test_message import every_way, reply


def test_every_answer_has_its_word() -> None:
    """Whatever a text is answered with is told in a word of the list, and nothing of the places asked back."""
    for found in every_way():
        answer, _ = reply(found)
        told = text_story(answer, stopped=False)
        assert told.outcome in TEXT_OUTCOMES
        assert told.organisation in ("", "utrecht")


@pytest.mark.parametrize(("stopped", "outcome"), [(True, "stopped"), (False, "no answer")])
def test_no_answer_says_why(stopped: bool, outcome: str) -> None:
    """After a stop word, or to nobody."""
    assert text_story(None, stopped=stopped) == ("", "", outcome)


def test_an_answer_with_a_place_names_its_organisation() -> None:
    """Whom the text asked about, and in which language."""
    assert text_story(Reply("doctor_none", "tr", region="utrecht"), stopped=False) == ("utrecht", "tr", "doctor")
    assert text_story(Reply("which", "nl", choices="maybe-3-7"), stopped=False) == ("", "nl", "asked back")
