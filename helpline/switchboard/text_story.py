"""What may be kept of a text: whom it asked about, its language, and what kind of answer it got; no word of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from helpline.flow.message import Reply

TextOutcome = Literal[
    "place",  # an organisation and how it is reached
    "doctor",  # when and how a vertrouwensarts is reached, or that there is none
    "asked back",  # which of several places is meant
    "asked for a place",
    "help",
    "meldcode",
    "112",
    "stopped",  # a stop word, which the carrier answers
    "no answer",  # from no telephone, or from a machine that answers us
    "fault",  # a fault of ours: 112 and our number
]
TEXT_OUTCOMES = get_args(TextOutcome)
# Of each answer of flow/message.py.
_OUTCOMES: Mapping[str, TextOutcome] = {
    "place": "place",
    "doctor": "doctor",
    "doctor_none": "doctor",
    "which": "asked back",
    "doctor_which": "asked back",
    "ask": "asked for a place",
    "doctor_where": "asked for a place",
    "help": "help",
    "meldcode": "meldcode",
    "emergency": "112",
}


class TextStory(NamedTuple):
    """A text and its answer; organisation and language are empty where the answer had none."""

    organisation: str
    language: str
    outcome: TextOutcome


FAULT = TextStory("", "", "fault")


def text_story(reply: Reply | None, *, stopped: bool) -> TextStory:
    """What the reply tells of the text; where there is none, `stopped` says that the text was a stop word."""
    if reply is None:
        return TextStory("", "", "stopped" if stopped else "no answer")
    return TextStory(reply.region, reply.language, _OUTCOMES[reply.words])
