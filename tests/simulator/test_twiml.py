"""Reading an answer: what Twilio plays, and with which number it refuses the rest."""

from __future__ import annotations

import pytest

from helpline.simulator.checking import Notification
from helpline.simulator.twiml import Document, read
from helpline.simulator.verbs import Dial, Gather, Hangup, Number, Pause, Play, Redirect, Reject, Say
from tests.simulator.facts import fact


def _read(verbs: str) -> Document:
    document = read(f"<Response>{verbs}</Response>".encode(), "text/xml")
    assert isinstance(document, Document)
    assert document.warnings == ()
    return document


@fact("Answer", "text/xml, application/xml and text/html are TwiML")
@pytest.mark.parametrize("media", ["text/xml", "application/xml", "text/html", "Text/XML; charset=utf-8"])
def test_xml_types(media: str) -> None:
    """text/xml, application/xml and text/html are read as TwiML."""
    assert read(b"<Response><Hangup/></Response>", media) == Document((Hangup(),))


def test_plain_text_with_twiml() -> None:
    """text/plain is TwiML if it parses."""
    assert read(b"<Response><Hangup/></Response>", "text/plain") == Document((Hangup(),))


@fact("Answer", "text/plain is TwiML if it parses, else read aloud, and the call is hung up")
def test_plain_text() -> None:
    """text/plain that does not parse is read aloud, and the call ends."""
    document = read(b"Bel later terug", "text/plain")
    assert document == Document((Say("Bel later terug", 1.2), Hangup()))


@fact("Answer", "audio/* is played, and the call is hung up")
def test_audio() -> None:
    """audio/* is played, and the call ends."""
    document = read(b"RIFF", "audio/wav")
    assert isinstance(document, Document)
    assert [type(verb) for verb in document.verbs] == [Play, Hangup]


@pytest.mark.parametrize(
    ("body", "media", "code"),
    [
        (b"<Response/>", "application/json", 12300),
        (b"<Response/>", None, 11200),
        (b"", "text/xml", 11200),
        (b"  \n", "text/xml", 11200),
        (b"x" * 70_000, "text/xml", 11750),
        (b" <?xml version='1.0'?><Response/>", "text/xml", 12100),
        (b"<Response><Say>a & b</Say></Response>", "text/xml", 12100),
        (b"<Response><Say>", "text/xml", 12100),
        (b"\x00\xff garbage", "text/xml", 12100),
        (b"<!DOCTYPE html><html><body>Error</body></html>", "text/html", 12100),
        (b"<html><body>Error</body></html>", "text/html", 12102),
        (b"<response/>", "text/xml", 12102),
        (b"<?xml version='1.1'?><Response/>", "text/xml", 12101),
    ],
)
def test_refusals(body: bytes, media: str | None, code: int) -> None:
    """Each kind of unreadable answer has Twilio's own number."""
    refused = read(body, media)
    assert isinstance(refused, Notification)
    assert refused.code == code


@fact("Answer", "`<Response/>` hangs up")
def test_empty_response() -> None:
    """`<Response/>` is a document without verbs, which hangs up."""
    assert _read("") == Document(())


def test_defaults() -> None:
    """Verbs without attributes have Twilio's defaults."""
    verbs = _read("<Gather/><Dial>+31300000001</Dial><Pause/><Reject/><Redirect>/x</Redirect>").verbs
    assert verbs == (
        Gather(timeout=5, finish_on_key="#", num_digits=None, input="dtmf", method="POST", language="en-US"),
        Dial((Number("+31300000001"),), timeout=30, time_limit=14400, method="POST"),
        Pause(1),
        Reject("rejected"),
        Redirect("/x", "POST"),
    )


def test_gather_attributes() -> None:
    """Gather's attributes and children are read."""
    [gather] = _read(
        '<Gather action="/a" method="GET" input="dtmf speech" timeout="7" finishOnKey="" numDigits="4"'
        ' actionOnEmptyResult="true" speechTimeout="auto" language="nl-NL" hints="Zeist, Utrecht">'
        "<Say>Postcode</Say><Pause/><Play>/x.mp3</Play></Gather>"
    ).verbs
    assert isinstance(gather, Gather)
    assert [type(part) for part in gather.prompt] == [Say, Pause, Play]
    assert (gather.action, gather.method, gather.timeout, gather.num_digits) == ("/a", "GET", 7, 4)
    assert (gather.finish_on_key, gather.speech_timeout, gather.language) == ("", "auto", "nl-NL")
    assert gather.takes_keys and gather.takes_speech and gather.action_on_empty_result


def test_dial_attributes() -> None:
    """Dial's and Number's attributes are read."""
    [dial] = _read(
        '<Dial action="/d" timeout="20" timeLimit="60" callerId="+31300004000" sequential="true"'
        ' answerOnBridge="true"><Number url="/w" method="GET" statusCallback="/s"'
        ' statusCallbackEvent="answered completed" sendDigits="w1">+31300000001</Number></Dial>'
    ).verbs
    number = Number("+31300000001", "/w", "GET", "w1", "/s", "POST", "answered completed")
    assert dial == Dial((number,), "/d", "POST", 20, 60, "+31300004000", sequential=True, answer_on_bridge=True)


def test_ignored_value_takes_the_default() -> None:
    """A value Twilio does not take is warned of, and the default plays."""
    document = read(b'<Response><Gather timeout="soon"/></Response>', "text/xml")
    assert isinstance(document, Document)
    assert document.verbs == (Gather(timeout=5),)
    assert [each.code for each in document.warnings] == [12200]


@fact("Play", "loop as in Say; with `digits`, tones")
def test_play() -> None:
    """Play takes how often, or keys to send instead of a sound."""
    verbs = _read('<Play loop="3">/x.mp3</Play><Play digits="1w2"/>').verbs
    assert verbs == (Play("/x.mp3", 3), Play("", digits="1w2"))
