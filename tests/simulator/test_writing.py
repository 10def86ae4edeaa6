"""Writing: a played call becomes a transcript that reads and replays as the same call."""

from __future__ import annotations

from datetime import datetime

import pytest

from helpline.simulator.party import (
    Answered,
    Busy,
    CallerHangsUp,
    Declined,
    Failed,
    GatherReply,
    Keys,
    NoAnswer,
    PickedUpTooLate,
    Raw,
    RingReply,
    Silent,
    Spoken,
    Voicemail,
)
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import CLOCK, parse
from helpline.simulator.writing import write
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, Service
from tests.simulator.small_helpline import ADVICE, NATIONAL, SECOND, line_of, prepare


def test_written(service: Service) -> None:
    """A transcript has a comment, a caller, and what happened with its seconds."""
    prepare(service)
    call = service.telephone().call(CALLER, Scripted(Keys("3704"), rings=[Voicemail(), Answered(10.0)]))
    text = write(call, line_of, comment="A mobile\nabout Zeist.", at=datetime(2026, 11, 22, 23, 10, tzinfo=CLOCK))
    assert text.splitlines() == [
        "# A mobile",
        "# about Zeist.",
        "at            2026-11-22 23:10",
        "from          +31612345600",
        "hears         Direct gevaar? Bel 1 1 2.  # 0.0 s",
        "hears         Toets de postcode.  # 2.4 s",
        "hears         Sluit af met .  # 3.6 s",
        "presses       3704  # 4.8 s",
        "hears         U wordt verbonden.  # 7.2 s",
        "rings         utrecht advice 1  # 8.4 s",
        "worker hears  Toets 1.  # 28.4 s",
        "voicemail  # 34.2 s",
        "hears         De volgende wordt gebeld.  # 34.2 s",
        "rings         utrecht advice 2  # 35.8 s",
        "worker hears  Toets 1.  # 41.8 s",
        "answered for 10 seconds  # 53.2 s",
        "hears         Tot ziens.  # 53.2 s",
        "ends  # 54.0 s",
    ]


@pytest.mark.parametrize(
    ("gathers", "rings"),
    [
        ([Keys("3704")], [Answered()]),
        ([Keys("35112")], [Busy(), NoAnswer()]),
        ([Keys("#")], [Declined()]),
        ([Keys("3511", 4.0, pauses=((2, 3.0), (3, 1.5)))], [Answered()]),
        ([Keys("35#", pauses=((2, 5.0),))], [Answered()]),
        ([Keys("3704", at_once=True, pauses=((1, 2.0),))], [Answered()]),
        ([Keys("3704")], [Answered(key=""), Answered(10.0, key="5"), Answered()]),
        ([Keys("")], [Failed()]),
        ([Spoken("Bergen # op Zoom")], [Raw("odd"), Answered(1.5)]),
        ([Silent()], [Answered(10.0, caller_hangs_up=True)]),
        ([Silent()], [CallerHangsUp()]),
        ([Silent()], [PickedUpTooLate()]),
        ([CallerHangsUp()], []),
    ],
)
@pytest.mark.parametrize("caller", [CALLER, "anonymous", None, "sip:a@b"])
def test_round_trip(service: Service, gathers: list[GatherReply], rings: list[RingReply], caller: str | None) -> None:
    """What is written parses, replays, and is then written the same."""
    prepare(service)
    call = service.telephone().call(caller, Scripted(*gathers, rings=rings))
    text = write(call, line_of)
    again = rehearse(parse(text, "a.call"), service.telephone(), line_of)
    assert again.faults == ()
    assert write(again.call, line_of) == text


def test_interrupted(service: Service) -> None:
    """Keys pressed over the prompt are written as such, and replay over the same words."""
    prepare(service)
    party = Scripted(interrupting=[None, Keys("3704")], rings=[Answered()])
    text = write(service.telephone().call(CALLER, party), line_of)
    again = rehearse(parse(text, "a.call"), service.telephone(), line_of)
    assert "presses       3704 at once" in text
    assert write(again.call, line_of) == text


def test_interrupted_at_the_last_words(service: Service) -> None:
    """So are keys pressed over the last words of a prompt, when nothing of it is left to cut."""
    prepare(service)
    text = write(service.telephone().call(CALLER, Scripted(Keys("3704", at_once=True), rings=[Answered()])), line_of)
    assert text.splitlines()[3:5] == ["hears         Sluit af met .  # 3.6 s", "presses       3704 at once  # 4.8 s"]


def test_slow_keys(service: Service) -> None:
    """Keys that were pressed slowly are written with their seconds."""
    prepare(service)
    slow = Keys("3704", 4.0, pauses=((2, 3.0),))
    text = write(service.telephone().call(CALLER, Scripted(slow, rings=[Answered()])), line_of)
    assert "presses       37 after 4 seconds then 04 after 3 seconds  # 4.8 s" in text


def test_several_telephones(service: Service) -> None:
    """Each of several telephones that ring at once is written with its own end."""
    both = f"<Dial><Number>{ADVICE}</Number><Number>{SECOND}</Number></Dial>"
    service.on("/voice", both)
    text = write(service.telephone().call(CALLER, Scripted(rings=[Busy(), Answered()])), line_of)
    again = rehearse(parse(text, "a.call"), service.telephone(), line_of)
    assert again.ok
    assert write(again.call, line_of) == text


def test_left_over(service: Service) -> None:
    """Keys left over are told in a comment: on replay they fall to the next question by themselves."""
    service.on("/voice", '<Gather numDigits="2" action="/voice2"/>')
    service.on("/voice2", '<Gather numDigits="1" action="/end"/>')
    service.on("/end", "<Hangup/>")
    text = write(service.telephone().call(CALLER, Scripted(Keys("123"))), line_of)
    again = rehearse(parse(text, "a.call"), service.telephone(), line_of)
    assert "# the keys 3 were still being pressed" in text
    assert write(again.call, line_of) == text


def test_complaints_are_comments(service: Service) -> None:
    """Twilio's warnings and a bad end are written as comments."""
    service.on(
        "/voice", f'<Say colour="red">a</Say><Dial callerId="+31300009999">{NATIONAL}</Dial><Redirect>/x</Redirect>'
    )
    text = write(service.telephone().call(CALLER, Scripted()), line_of)
    assert "# Twilio's debugger shows 12200: line 1: <Say> has no attribute colour." in text
    assert "# Twilio's debugger shows 13214:" in text
    assert text.endswith("# an application error\n")


def test_stopped(service: Service) -> None:
    """A call that stopped while it rang is written as far as it went."""
    prepare(service)
    stopped = rehearse(parse("waits\nends", "a.call"), service.telephone(), line_of)
    assert write(stopped.call, line_of).splitlines()[-1] == "rings         landelijk advice 1  # 10.8 s"
