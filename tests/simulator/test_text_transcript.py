"""The language of transcripts of texts: what each line means, and what is said of a line that is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpline.simulator.faults import TranscriptFault
from helpline.simulator.text_transcript import HEADS, SHAPES, Line, Sent, parse_texts

PAGE = (Path(__file__).parents[2] / "docs" / "transcripts.md").read_text(encoding="utf-8")

WHOLE = """\
# Somebody texts twice.
at          2026-11-22 23:10
from        +31 6 1234 5601   # a mobile

pictures 2
texts       3011 # mijn straat
gets        Veilig Thuis      # by name
gets        112
texts       "  stop\\n\\"nu\\" \\\\"  # three lines
gets   nothing
never  gets  3011
"""


def test_whole() -> None:
    """Each text has its lines, with their places in the file; only the words of a text may hold a #."""
    transcript = parse_texts(WHOLE, "a.sms")
    assert (transcript.at, transcript.sender) == (datetime(2026, 11, 22, 22, 10, tzinfo=UTC), "+31612345601")
    assert transcript.sent == (
        Sent(
            6,
            "3011 # mijn straat",
            2,
            (Line(7, "gets        Veilig Thuis", "Veilig Thuis"), Line(8, "gets        112", "112")),
        ),
        Sent(9, '  stop\n"nu" \\', 0, (Line(10, "gets   nothing", "nothing"),)),
    )
    assert transcript.never == (Line(11, "never  gets  3011", "3011"),)


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("from +31 6-1234 5601", "+31612345601"),
        ("from 1400", "1400"),
        ("from Belasting  # a name", "Belasting"),
        ("from anonymous", "anonymous"),
        ("from nothing", None),
        ('from "nothing # b"', "nothing # b"),
        ('from ""', ""),
        ("", "anonymous"),
    ],
)
def test_from(line: str, sender: str | None) -> None:
    """A number, a short code, a name, nothing at all, or raw text; anonymous where it is left out."""
    assert parse_texts(f"{line}\ntexts hoi", "a.sms").sender == sender


@pytest.mark.parametrize(
    ("line", "body"),
    [('texts ""', ""), ("texts 2 kinderen", "2 kinderen"), ("texts\t😀 ", "😀"), ('texts a "b"', 'a "b"')],
)
def test_body(line: str, body: str) -> None:
    """The words of a text stand as they are; quoted, blanks and nothing at all count."""
    assert [each.body for each in parse_texts(line, "a.sms").sent] == [body]


@pytest.mark.parametrize(
    ("text", "message", "help_begins"),
    [
        ("texts a\nget 112", "a.sms, line 2: `get 112` is no instruction", "Expected: gets WORDS; or gets nothing."),
        ("texts", "a.sms, line 1: `texts` is no instruction", 'Expected: texts WORDS; or texts "WORDS".'),
        ("texts a\nhears 112", "a.sms, line 2: `hears 112` is no instruction", "Expected: "),
        ("texts a\nxyzzy 1", "a.sms, line 2: `xyzzy 1` is no instruction", "Expected: at 2026-11-22 23:10; or from"),
        ('texts "a" b', "a.sms, line 1: '\"a\" b' is no whole quotation", 'Expected: texts "WORDS"'),
        ("texts a\ngets ...", "a.sms, line 2: `gets ...` has no words", "Expected: gets WORDS; or gets nothing."),
        ("gets 112", "a.sms, line 1: `gets` comes after the text it is about", "Expected: texts WORDS"),
        ("pictures two\ntexts a", "a.sms, line 1: 'two' is no number of pictures", "Expected: pictures 1, up to 10."),
        ("pictures 11\ntexts a", "a.sms, line 1: '11' is no number of pictures", "Expected: pictures 1, up to 10."),
        ("texts a\npictures 1\n", "a.sms, line 2: no text comes after `pictures`", "Expected: texts WORDS"),
        ("# Nothing.\n", "a.sms, line 1: nothing is texted in this file", "Expected: texts WORDS"),
        ("at midnight", "a.sms, line 1: 'midnight' is no date and time", "Expected: at 2026-11-22 23:10."),
        ("texts a\nfrom 1400", "a.sms, line 2: `from` comes once, before the first text", "Expected: `at` and `from`"),
        ("from 1\nfrom 2", "a.sms, line 2: `from` comes once, before the first text", "Expected: `at` and `from`"),
    ],
)
def test_faults(text: str, message: str, help_begins: str) -> None:
    """A line that cannot be read is named by file and line, with what is expected there."""
    with pytest.raises(TranscriptFault) as fault:
        parse_texts(text, "a.sms")
    assert str(fault.value) == message
    assert fault.value.help.startswith(help_begins)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in HEADS])
def test_every_line_is_explained(shape: str) -> None:
    """The page on transcripts tells of each kind of line about texts."""
    verb = re.split(r" [A-Z0-9\"]", shape)[0]
    assert re.search(rf"`{verb}[ `]", PAGE)


def test_the_example_can_be_read() -> None:
    """The example of texts on the page on transcripts is one."""
    example = re.search(r"```\n(# A neighbour.*?)```", PAGE, re.DOTALL)
    assert example
    assert len(parse_texts(example[1], "docs/transcripts.md").sent) == 2
