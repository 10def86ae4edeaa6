"""Reads the language of transcripts of texts: what is texted, and what comes back.

docs/transcripts.md explains it to whoever writes one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from helpline.simulator.faults import TranscriptFault
from helpline.simulator.text_words import words_in
from helpline.simulator.transcript import expected, guess, moment

HEADS = ("at 2026-11-22 23:10", 'from +31 6 1234 5601, from anonymous, from nothing, from "RAW TEXT"')
TEXTS = ("texts WORDS", 'texts "WORDS"')
SHAPES = (*HEADS, "pictures 1", *TEXTS, "gets WORDS", "gets nothing", "never gets WORDS")
NOTHING = "nothing"
MOST_PICTURES = 10  # of one message, at Twilio

_LINE = re.compile(r"(at|from|pictures|texts|gets|never\s+gets)\s+(.+)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\n])*)"')
_ESCAPED = re.compile(r"\\(.)")
_TELEPHONE = re.compile(r"\+[\d \-]+")


@dataclass(frozen=True)
class Line:
    """One line with its place in the file, as written, and without its verb."""

    number: int
    text: str
    words: str


@dataclass(frozen=True)
class Sent:
    """One text, and the lines about its reply."""

    number: int
    body: str
    pictures: int
    gets: tuple[Line, ...] = ()


@dataclass(frozen=True)
class TextTranscript:
    """Texts as they should go. `at` is when, in the Netherlands; a sender of None sends no From."""

    name: str
    at: datetime | None
    sender: str | None
    sent: tuple[Sent, ...]
    never: tuple[Line, ...]


def parse_texts(text: str, name: str) -> TextTranscript:
    """The transcript in this text; raises TranscriptFault at the first line that cannot be read."""
    reader = _Reader(name)
    for number, written in enumerate(text.splitlines(), start=1):
        line = written.strip()
        if line and not line.startswith("#"):
            reader.take(number, line)
    return reader.end()


def read_sender(written: str) -> str | None:
    """Who texts: a number without its blanks, None for `nothing`, or whatever else stands there."""
    quoted = _QUOTED.fullmatch(written)
    if quoted:
        return _unescaped(quoted[1])
    if _TELEPHONE.fullmatch(written):
        return re.sub(r"[ \-]", "", written)
    return None if written == NOTHING else written


_NO_PICTURES = Line(0, "", "")


class _Reader:
    """Takes the lines of a file one by one."""

    def __init__(self, name: str) -> None:
        self._read = TextTranscript(name, None, "anonymous", (), ())
        self._heads: set[str] = set()
        self._pictures = _NO_PICTURES

    def take(self, number: int, line: str) -> None:
        """One line that is neither blank nor a comment."""
        match = _LINE.fullmatch(line)
        if not match:
            raise self._fault(number, f"`{line}` is no instruction", guess(line, SHAPES))
        verb, rest = match[1].split()[0], match[2]
        if verb == "texts":
            self._text(number, rest)
            return
        line, rest = _without_comment(line), _without_comment(rest)
        match verb:
            case "at" | "from":
                self._head(number, verb, rest)
            case "pictures":
                self._pictures = Line(number, line, rest)
                if not rest.isdecimal() or not 1 <= int(rest) <= MOST_PICTURES:
                    what = f"{rest!r} is no number of pictures"
                    raise self._fault(number, what, expected(f"pictures 1, up to {MOST_PICTURES}"))
            case _:
                self._about(verb, Line(number, line, rest))

    def end(self) -> TextTranscript:
        """All that was read."""
        if self._pictures.number:
            raise self._fault(self._pictures.number, "no text comes after `pictures`", expected(*TEXTS))
        if not self._read.sent:
            raise self._fault(1, "nothing is texted in this file", expected(*TEXTS))
        return self._read

    def _head(self, number: int, verb: str, rest: str) -> None:
        if verb in self._heads or self._read.sent:
            what = f"`{verb}` comes once, before the first text"
            raise self._fault(number, what, expected("`at` and `from` on top, once each"))
        self._heads.add(verb)
        if verb == "at":
            self._read = replace(self._read, at=moment(self._read.name, number, rest))
        else:
            self._read = replace(self._read, sender=read_sender(rest))

    def _text(self, number: int, rest: str) -> None:
        body = _body(rest)
        if body is None:
            raise self._fault(
                number, f"{rest!r} is no whole quotation", expected('texts "WORDS", with \\" for a quote')
            )
        sent = Sent(number, body, int(self._pictures.words or 0))
        self._pictures = _NO_PICTURES
        self._read = replace(self._read, sent=(*self._read.sent, sent))

    def _about(self, verb: str, line: Line) -> None:
        if line.words != NOTHING and not words_in(line.words):
            raise self._fault(line.number, f"`{line.text}` has no words", guess(line.text, SHAPES))
        if verb == "never":
            self._read = replace(self._read, never=(*self._read.never, line))
            return
        if not self._read.sent:
            raise self._fault(line.number, "`gets` comes after the text it is about", expected(*TEXTS))
        *before, last = self._read.sent
        self._read = replace(self._read, sent=(*before, replace(last, gets=(*last.gets, line))))

    def _fault(self, number: int, what: str, expecting: str) -> TranscriptFault:
        return TranscriptFault(self._read.name, number, what, expected=expecting)


def _body(rest: str) -> str | None:
    """The words of a text, as they stand or as they are quoted; None for a quotation that is not whole."""
    if not rest.startswith('"'):
        return rest
    quoted = _QUOTED.fullmatch(_without_comment(rest))
    return _unescaped(quoted[1]) if quoted else None


def _unescaped(quoted: str) -> str:
    return _ESCAPED.sub(lambda each: "\n" if each[1] == "n" else each[1], quoted)


def _without_comment(text: str) -> str:
    """The text up to a # after a blank; what is quoted first is kept whole."""
    kept = _QUOTED.search(text)
    start = kept.end() if kept else 0
    return text[:start] + re.split(r"\s#", text[start:], maxsplit=1)[0].rstrip()
