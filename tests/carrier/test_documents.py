"""Documents as Twilio gets them."""

from __future__ import annotations

import re

import pytest

from helpline.bootstrap import Helpline
from helpline.carrier import documents
from helpline.carrier.documents import Documents
from helpline.directory.table import Table
from helpline.flow.message import Reply
from helpline.flow.speech import Speech
from helpline.flow.steps import Say
from helpline.flow.trail import Trail
from helpline.switchboard.texts import Answer
from helpline.switchboard.turn import Keyed, Turn


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


class Words:
    """Words that count how often they are asked for."""

    def __init__(self, recording: str = "") -> None:
        self.asked: list[str] = []
        self.recording = recording

    def speech(self, say: Say, table: Table) -> list[Speech]:
        """The prompt's own name."""
        self.asked.append(say.prompt)
        return [Speech(say.prompt, "nl-NL", "v", self.recording)]

    def text(self, reply: Reply, table: Table) -> str:
        """The prompt's own name."""
        return reply.words

    def recognised(self, language: str) -> str:
        """Its own tag."""
        return language


def turn(table: Table, *prompts: str) -> Turn:
    """A turn that says these and hangs up, at the end of a trail that leads to it alone."""
    trail = Trail(table.version, tuple((prompt, "heard") for prompt in prompts))
    return Turn(table, trail, tuple(Say(prompt, "nl") for prompt in prompts), None)


def test_words_are_rendered_once(table: Table) -> None:
    """A prompt is rendered once for a version of the table, and so is a turn."""
    words = Words()
    rendering = Documents(words, "+31700002000")
    whole = rendering.turn(turn(table, "a", "b"))
    assert rendering.turn(turn(table, "a", "b")) is whole
    assert ">b<" in rendering.turn(turn(table, "b", "a"))
    assert words.asked == ["a", "b"]


def test_the_store_of_turns_is_bounded(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is emptied when it has grown too large, and the same turn is rendered again in the same words."""
    monkeypatch.setattr(documents, "MOST_TURNS", 1)
    rendering = Documents(Words(), "+31700002000")
    first = rendering.turn(turn(table, "a"))
    rendering.turn(turn(table, "b"))
    again = rendering.turn(turn(table, "a"))
    assert again == first
    assert again is not first


def test_the_store_of_words_is_bounded(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that has grown too large is emptied, and rendering goes on."""
    monkeypatch.setattr(documents, "MOST_KEPT", 2)
    monkeypatch.setattr(documents, "MOST_TURNS", 1)
    words = Words()
    rendering = Documents(words, "+31700002000")
    whole = rendering.turn(turn(table, "a", "b", "c"))
    assert ">a<" in whole
    assert ">c<" in whole
    rendering.turn(turn(table, "c"))
    rendering.turn(turn(table, "a"))
    assert words.asked == ["a", "b", "c", "a"]


def test_the_last_resort_is_made_once_and_by_voice(table: Table) -> None:
    """The fault document is there before it is needed, and needs no recording from anybody's host."""
    words = Words(recording="https://sounds.example/a.mp3")
    rendering = Documents(words, "+31700002000")
    document = rendering.fault(table)
    asked = len(words.asked)
    assert rendering.fault(table) == document
    assert len(words.asked) == asked
    assert "<Play>" not in document
    assert "<Play>" in rendering.turn(turn(table, "a"))


def test_a_text_is_one_message(table: Table) -> None:
    """What is texted back stands in one message, with an address for what becomes of it; without an answer, nothing."""
    documents = Documents(Words(), "+31700002000")
    assert documents.text(Answer(table, Reply("ask", "nl"))).endswith(
        '<Response><Message action="/sms/status">ask</Message></Response>'
    )
    assert documents.text(None).endswith("<Response></Response>")
    assert ">fault<" in documents.text_fault(table)
