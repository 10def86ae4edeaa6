"""The language of transcripts: what each instruction means, and what is said of a line that is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from helpline.simulator.acts import (
    Act,
    Ends,
    Hears,
    NeverHears,
    Presses,
    RingEnds,
    Rings,
    Says,
    Waits,
    WorkerHears,
)
from helpline.simulator.faults import TranscriptFault
from helpline.simulator.party import (
    Answered,
    Busy,
    CallerHangsUp,
    Declined,
    Failed,
    Keys,
    NoAnswer,
    Raw,
    Voicemail,
)
from helpline.simulator.transcript import parse


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("hears 112", Hears("112")),
        ("hears   U wordt verbonden.", Hears("U wordt verbonden.")),
        ("never hears vertrouwensarts", NeverHears("vertrouwensarts")),
        ("presses 3511", Presses(Keys("3511"))),
        ("presses 01 and waits", Presses(Keys("01"))),
        ("presses 3511 at once", Presses(Keys("3511", at_once=True))),
        ("presses 3511 after 5 seconds", Presses(Keys("3511", 5.0))),
        ("presses 35 then 11  after 3 seconds", Presses(Keys("3511", pauses=((2, 3.0),)))),
        ("presses 3 then 5 after 1 second then 11 after 2.5 seconds", Presses(Keys("3511", pauses=((1, 1), (2, 2.5))))),
        ("presses 3 at once then 511 after 2 seconds", Presses(Keys("3511", pauses=((1, 2.0),), at_once=True))),
        ("presses 35 then 1 after 9 seconds and waits", Presses(Keys("351", pauses=((2, 9.0),)))),
        ("presses 1# then # after 2 seconds # then 3", Presses(Keys("1##", pauses=((2, 2.0),)))),
        ("presses 1 # then 2 after 3 seconds", Presses(Keys("1"))),
        ("presses #", Presses(Keys("#"))),
        ("presses #  # the key, then a comment", Presses(Keys("#"))),
        ("presses *12#", Presses(Keys("*12#"))),
        ("says Bergen op Zoom", Says("Bergen op Zoom")),
        ("waits", Waits()),
        ("rings utrecht advice", Rings("utrecht advice 1")),
        ("rings   utrecht  advice   2", Rings("utrecht advice 2")),
        ("rings +31300000001", Rings("+31300000001")),
        ("rings +31 30 000 0001", Rings("+31 30 000 0001")),
        ("worker hears toets 1", WorkerHears("toets 1")),
        ("answered", RingEnds(Answered(120.0))),
        ("answered for 10 seconds", RingEnds(Answered(10.0))),
        ("answered for 1 second", RingEnds(Answered(1.0))),
        ("busy", RingEnds(Busy())),
        ("no answer", RingEnds(NoAnswer())),
        ("no   answer", RingEnds(NoAnswer())),
        ("failed", RingEnds(Failed())),
        ("voicemail", RingEnds(Voicemail())),
        ("declined", RingEnds(Declined())),
        ("dial ends as gone-fishing", RingEnds(Raw("gone-fishing"))),
        ("hangs up", RingEnds(CallerHangsUp())),
        ("ends", Ends()),
        ("hears 112   # 3.2 s", Hears("112")),
    ],
)
def test_instructions(line: str, act: Act) -> None:
    """Each instruction is one line, and blanks between its words do not matter."""
    [read] = parse(line, "a.call").lines
    assert read.act == act


def test_blank_lines_and_comments() -> None:
    """Blank lines and comments are free, and lines keep their numbers in the file."""
    lines = parse("# A call.\n\n  waits  # in silence\n#\n\tends\n", "a.call").lines
    assert [(each.number, each.text) for each in lines] == [(3, "waits"), (5, "ends")]


@pytest.mark.parametrize(
    ("line", "caller"),
    [
        ("from +31 30 012 3456", "+31300123456"),
        ("from +31-6-1234 5600  # a mobile", "+31612345600"),
        ("from anonymous", "anonymous"),
        ("from nothing", None),
        ('from "sip:a@b # c"  # odd', "sip:a@b # c"),
        ('from ""', ""),
        ("", "anonymous"),
    ],
)
def test_from(line: str, caller: str | None) -> None:
    """A number, a word for a withheld one, nothing at all, or raw text; anonymous where it is left out."""
    assert parse(line, "a.call").caller == caller


def test_at() -> None:
    """The wall clock is that of the Netherlands."""
    assert parse("at 2026-11-22 23:10", "a.call").at == datetime(2026, 11, 22, 22, 10, tzinfo=UTC)


def test_no_at() -> None:
    """Without `at` there is no time."""
    assert parse("waits", "a.call").at is None


@pytest.mark.parametrize(
    ("text", "message", "help_begins"),
    [
        ("waits\npreses 1", "a.call, line 2: `preses 1` is no instruction", "Expected: presses KEYS"),
        ("presses", "a.call, line 1: `presses` is no instruction", "Expected: presses KEYS"),
        ("presses one", "a.call, line 1: `presses one` is no instruction", "Expected: presses KEYS"),
        (
            "presses 35 then 11",
            "a.call, line 1: `presses 35 then 11` is no instruction",
            "Expected: presses KEYS, presses KEYS and waits, presses KEYS at once, presses KEYS after 5 seconds, ",
        ),
        ("rings utrecht", "a.call, line 1: `rings utrecht` is no instruction", "Expected: rings ORGANISATION"),
        ("hears ...", "a.call, line 1: `hears ...` is no instruction", "Expected: hears WORDS."),
        ("answered for ages", "a.call, line 1: `answered for ages` is no instruction", "Expected: answered; or"),
        ("xyzzy", "a.call, line 1: `xyzzy` is no instruction", "Expected: at 2026-11-22 23:10; or from"),
        ("at midnight", "a.call, line 1: 'midnight' is no date and time", "Expected: at 2026-11-22 23:10."),
        ("from me", "a.call, line 1: 'me' is no caller", "Expected: from +31 30 012 3456, from anonymous"),
        (
            "waits\nfrom nothing",
            "a.call, line 2: `from` comes once, before the call begins",
            "Expected: `at` and `from`",
        ),
        ("at 2026-11-22 23:10\nat 2026-11-22 23:10", "a.call, line 2: `at` comes once", "Expected: `at` and `from`"),
    ],
)
def test_faults(text: str, message: str, help_begins: str) -> None:
    """A line that cannot be read is named by file and line, with what is expected there."""
    with pytest.raises(TranscriptFault) as fault:
        parse(text, "a.call")
    assert str(fault.value).startswith(message)
    assert fault.value.help.startswith(help_begins)
