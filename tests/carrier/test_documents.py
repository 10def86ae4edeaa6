"""Documents as Twilio gets them."""

from __future__ import annotations

import re

import pytest

from helpline.bootstrap import Helpline
from helpline.carrier import documents
from helpline.carrier.documents import Documents
from helpline.directory.table import Table
from helpline.flow.speech import Speech
from helpline.flow.steps import Say
from helpline.switchboard.turn import Keyed


def test_a_dial_has_one_number_and_waits_for_the_bridge(helpline: Helpline) -> None:
    """One number, ringing in the caller's ear until people are joined, our own number shown, an action."""
    first = helpline.switchboard.incoming("anonymous")
    document = helpline.documents.turn(helpline.switchboard.proceed(first.trail, "anonymous", Keyed("3511")))
    assert document.count("<Number") == 1
    dial = re.search(r"<Dial[^>]*>", document)
    assert dial
    for attribute in (
        'answerOnBridge="true"',
        'callerId="+31700002000"',
        'timeout="20"',
        'action="/voice/dialled?trail=',
    ):
        assert attribute in dial[0]


def test_an_ordinary_call_has_no_whisper(helpline: Helpline) -> None:
    """A Dutch caller on a staffed switchboard is joined the moment somebody picks up."""
    first = helpline.switchboard.incoming("anonymous")
    document = helpline.documents.turn(helpline.switchboard.proceed(first.trail, "anonymous", Keyed("3511")))
    assert "<Number>+31300000001</Number>" in document


def test_words_are_rendered_once_and_the_store_is_bounded(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prompt is rendered once for a version; a store that grows too large is emptied, and rendering goes on."""
    asked: list[str] = []

    def voice(say: Say, _table: Table) -> list[Speech]:
        asked.append(say.prompt)
        return [Speech(say.prompt, "nl-NL", "v")]

    monkeypatch.setattr(documents, "MOST_KEPT", 5)
    rendering = Documents(voice, "+31700002000")
    first = rendering.fault(table)
    assert rendering.fault(table) == first
    assert len(asked) == len(set(asked)) + 2  # emergency and nobody_reached are said in two languages
    monkeypatch.setattr(documents, "MOST_KEPT", 1)
    assert rendering.fault(table) == first
    assert Documents(voice, "+31700002000").fault(table) == first
