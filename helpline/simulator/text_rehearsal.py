"""Plays a transcript of texts against the running service, and shows what was expected beside what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpline.simulator.text_transcript import NOTHING, Line, Sent, TextTranscript
from helpline.simulator.text_words import differences, follow, marked, side_by_side, words_in
from helpline.simulator.texting import Messenger, Texted


@dataclass(frozen=True)
class Fault:
    """A line that does not hold, or the text itself, and why."""

    number: int
    text: str
    why: str


@dataclass(frozen=True)
class Played:
    """One text as it went: what was written of it, what came, and what of that does not fit."""

    sent: Sent
    texted: Texted
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class TextRehearsal:
    """How the texts of a transcript went."""

    transcript: TextTranscript
    played: tuple[Played, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that does not fit."""
        return tuple(fault for each in self.played for fault in each.faults)

    @property
    def ok(self) -> bool:
        """Whether every text went as written, and Twilio had nothing to complain of."""
        return not self.faults

    def report(self) -> str:
        """The faults, then the texts as they went: `-` before what was expected in vain, `+` before what came."""
        name = self.transcript.name
        head = [f"{name}: line {each.number}, `{each.text}`: {each.why}" for each in self.faults]
        rows = (row for each in self.played for row in _rows(each, self.transcript.never))
        return "\n".join([*(head or [f"{name}: holds"]), "", *rows, ""])


def rehearse_texts(transcript: TextTranscript, messenger: Messenger) -> TextRehearsal:
    """Plays the transcript, one text after the other."""
    return TextRehearsal(transcript, tuple(_play(sent, transcript, messenger) for sent in transcript.sent))


def _play(sent: Sent, transcript: TextTranscript, messenger: Messenger) -> Played:
    texted = messenger.text(transcript.sender, sent.body, media=sent.pictures)
    return Played(sent, texted, (*_lines(sent, texted), *_never(transcript, texted), *_text(sent, transcript, texted)))


def _lines(sent: Sent, texted: Texted) -> Iterator[Fault]:
    """Holds the lines about the reply against it, each from where the one before ended."""
    came, place = words_in(_reply(texted)), 0
    for line in sent.gets:
        if line.words == NOTHING or not texted.replies:
            if (line.words == NOTHING) is bool(texted.replies):
                yield Fault(line.number, line.text, "a reply came" if texted.replies else "no reply came")
            continue
        end = follow(words_in(line.words), came, place)
        if end is None:
            lacking, _ = differences(words_in(line.words), came[place:])
            words = ", ".join(line.words[each.start : each.end] for each in lacking)
            yield Fault(line.number, line.text, f"the reply lacks here: {words}")
        place = place if end is None else end


def _never(transcript: TextTranscript, texted: Texted) -> Iterator[Fault]:
    for line in transcript.never:
        if any(side_by_side(words_in(line.words), words_in(reply.text)) for reply in texted.replies):
            yield Fault(line.number, line.text, "a reply has it")


def _text(sent: Sent, transcript: TextTranscript, texted: Texted) -> Iterator[Fault]:
    """What must hold of every text, whatever is written of it."""
    whys = []
    if texted.replies and not sent.gets:
        whys.append("a reply came, of which nothing is written")
    if len(texted.replies) > 1:
        whys.append("more than one reply came")
    if any(reply.to != transcript.sender for reply in texted.replies):
        whys.append("a reply went to somebody else")
    whys += [f"Twilio's debugger shows {each.code}: {each.text}" for each in texted.notifications]
    for why in whys:
        yield Fault(sent.number, f"texts {_on_one_line(sent.body)}", why)


def _reply(texted: Texted) -> str:
    return texted.replies[0].text if texted.replies else ""


def _on_one_line(body: str) -> str:
    return " ".join(body.split()) or '""'


def _rows(played: Played, never: tuple[Line, ...]) -> Iterator[str]:
    """One text, with the words that make the difference in [- -] and {+ +}, as between two versions of a file."""
    sent, texted = played.sent, played.texted
    came = words_in(_reply(texted))
    faulty = {fault.number for fault in played.faults}
    yield f"    texts  {_on_one_line(sent.body)}"
    instead = []
    for line in (each for each in sent.gets if each.number in faulty):
        words = words_in(line.words) if line.words != NOTHING else []
        lacking, other = differences(words, came)
        instead += other
        yield f"  - gets   {marked(line.words, lacking, '[-', '-]')}"
    for line in (each for each in never if each.number in faulty):
        yield f"  - never gets  {line.words}"
        instead += side_by_side(words_in(line.words), came)
    mark = "+" if played.faults else " "
    if not texted.replies:
        yield f"  {mark} gets   {NOTHING}"
    for place, reply in enumerate(texted.replies):
        words = sorted(set(instead), key=lambda each: each.start) if place == 0 else []
        yield f"  {mark} gets   {marked(reply.text, words, '{+', '+}')}"
    for each in texted.notifications:
        yield f"  + # Twilio's debugger shows {each.code}: {each.text}"
