"""Each verb is written as Twilio's own library writes it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import Dial, Gather, Say, VoiceResponse

from helpline.carrier import twiml
from helpline.flow.speech import Speech

# XML 1.0 has no control characters; "…" is our sign for a breath and is shown apart
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="…\ufffe\uffff"), max_size=60)


def same(ours: str, theirs: VoiceResponse) -> bool:
    """True when the two documents mean the same: elements, attributes, text and order."""
    return ET.canonicalize(ours) == ET.canonicalize(theirs.to_xml())


@given(texts, texts)
def test_say(text: str, voice: str) -> None:
    """Say, with whatever text and voice, is Twilio's Say."""
    theirs = VoiceResponse()
    theirs.say(text, language="nl-NL", voice=voice)
    assert same(twiml.response(twiml.say(Speech(text, "nl-NL", voice))), theirs)


def test_a_breath() -> None:
    """An ellipsis is half a second of SSML break."""
    say = Say("", language="nl-NL", voice="v")
    say.break_(time="500ms")
    theirs = VoiceResponse()
    theirs.append(say)
    assert same(twiml.response(twiml.say(Speech("…", "nl-NL", "v"))), theirs)


@given(texts)
def test_gather(action: str) -> None:
    """Gather with its words inside, whatever the address."""
    gather = Gather(action=action, finish_on_key="#", input="dtmf", num_digits=4, timeout=5)
    gather.say("x", language="nl-NL", voice="v")
    theirs = VoiceResponse()
    theirs.append(gather)
    nested = twiml.say(Speech("x", "nl-NL", "v"))
    assert same(twiml.response(twiml.gather(nested, action=action, timeout=5, digits=4)), theirs)


@given(texts, st.lists(st.text(st.characters(categories=["L"]), max_size=10), max_size=5))
def test_gather_that_listens(action: str, hints: list[str]) -> None:
    """Gather that takes a spoken answer too, with the places it may be."""
    gather = Gather(
        action=action,
        finish_on_key="#",
        hints=",".join(hints),
        input="dtmf speech",
        language="nl-NL",
        num_digits=4,
        profanity_filter=False,
        speech_timeout="auto",
        timeout=5,
    )
    theirs = VoiceResponse()
    theirs.append(gather)
    speech = twiml.speech_input("nl-NL", hints)
    assert same(twiml.response(twiml.gather("", action=action, timeout=5, digits=4, speech=speech)), theirs)


@given(texts)
def test_a_recording_is_played(url: str) -> None:
    """A prompt with a recording is played instead of spoken."""
    theirs = VoiceResponse()
    theirs.play(url)
    assert same(twiml.response(twiml.say(Speech("x", "nl-NL", "v", url or "x"))), theirs) or not url


@given(texts, texts)
def test_dial(action: str, whisper: str) -> None:
    """Dial with one number, an action and a whisper."""
    dial = Dial(action=action or None, answer_on_bridge=True, caller_id="+31700002000", timeout=20)
    dial.number("+31300000001", url=whisper or None)
    theirs = VoiceResponse()
    theirs.append(dial)
    number = twiml.number("+31300000001", whisper=whisper)
    assert same(twiml.response(twiml.dial(number, caller_id="+31700002000", timeout=20, action=action)), theirs)


@given(texts)
def test_redirect_and_hangup(url: str) -> None:
    """Redirect to whatever address, and Hangup."""
    theirs = VoiceResponse()
    theirs.redirect(url)
    theirs.hangup()
    assert same(twiml.response(twiml.redirect(url), twiml.hangup()), theirs)


def test_a_document_begins_with_its_declaration() -> None:
    """Nothing, not even a blank, stands before the XML declaration: Twilio refuses that (12100)."""
    assert twiml.response().startswith("<?xml")
