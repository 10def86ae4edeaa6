"""The document for each turn: what is said, then the verb the call waits in, and an address for each way it can end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from helpline.carrier import twiml
from helpline.carrier.addresses import ACCEPTED, DIALLED, KEYED, TEXT_STATUS, TURN, WHISPER, address
from helpline.directory.table import Table
from helpline.flow.call import ACCEPT_SECONDS, RING_SECONDS
from helpline.flow.message import Reply
from helpline.flow.speech import Speech
from helpline.flow.steps import NATIONAL, SILENCE, Say
from helpline.flow.trail import Trail
from helpline.switchboard.texts import Answer
from helpline.switchboard.turn import PutThrough, Question, Turn

MOST_LISTENING = 20  # hints are kept for so many pairs of version and language
MOST_TURNS = 2_000  # documents of some kilobytes; a day's calls share some hundreds
MOST_KEPT = 20_000  # rendered prompts; a table has some hundreds, so this is many versions


class Words(Protocol):
    """The words in every language; see helpline.prompts.catalogue."""

    def speech(self, say: Say, table: Table) -> Sequence[Speech]:
        """The stretches of speech for one `Say`."""

    def text(self, reply: Reply, table: Table) -> str:
        """What is texted back, whole."""

    def recognised(self, language: str) -> str:
        """The tag under which speech in this language is recognised, such as "nl-NL"."""


class Documents:
    """Renders turns. Each prompt and each turn is rendered once for a version of the table and kept."""

    def __init__(self, words: Words, caller_id: str) -> None:
        self._words = words
        self._caller_id = caller_id
        self._turns: dict[tuple[str, Trail], str] = {}
        self._said: dict[tuple[str, Say], str] = {}
        self._faults: dict[str, str] = {}
        self._listening: dict[tuple[str, str], str] = {}

    def turn(self, turn: Turn) -> str:
        """What the caller hears and can do now: the same for all who came along this trail on this table."""
        key = turn.table.version, turn.trail
        if (kept := self._turns.get(key)) is None:
            kept = self._turn(turn)
            if len(self._turns) >= MOST_TURNS:
                self._turns.clear()
            self._turns[key] = kept
        return kept

    def _turn(self, turn: Turn) -> str:
        words = self._say(turn.said, turn.table)
        match turn.then:
            case Question() as question:
                return twiml.response(words, *self._question(question, turn))
            case PutThrough() as through:
                return twiml.response(words, self._dial(through, turn))
            case _:
                return twiml.response(words, twiml.hangup())

    def whisper(self, turn: Turn, through: PutThrough) -> str:
        """What the worker hears; on an accept line nobody is joined unless a key is pressed."""
        words = self._say(through.whisper, turn.table)
        if not through.route.accept:
            return twiml.response(words)
        asked = twiml.gather(words, action=address(ACCEPTED, turn.trail), timeout=ACCEPT_SECONDS, digits=1)
        return twiml.response(asked, twiml.hangup())

    def accepted(self, turn: Turn) -> str:
        """The worker pressed the key: the document ends, and the two are joined."""
        return twiml.response(self._say([Say("whisper_accepted", "nl")], turn.table))

    def fault(self, table: Table) -> str:
        """The last resort: 112, then the national desk, with no address of ours in it, so that it cannot loop.

        Made once for a table, when that is taken up: nothing is left to go wrong when a call needs it.
        """
        if table.version not in self._faults:
            self._faults[table.version] = self._fault(table)
        return self._faults[table.version]

    def _fault(self, table: Table) -> str:
        desk = table.routes("advice", NATIONAL)[0]
        before = [Say("emergency", "nl"), Say("emergency", "en"), Say("connecting", "nl")]
        after = [
            Say("after_fault", "nl"),
            Say("after_fault", "en"),
        ]  # heard after a good talk too: nothing branches here
        dial = twiml.dial(twiml.number(desk.number), caller_id=self._caller_id, timeout=RING_SECONDS)
        return twiml.response(self._spoken(before, table), dial, self._spoken(after, table))

    def _spoken(self, says: Iterable[Say], table: Table) -> str:
        """The words by voice, whatever recordings there are: the last resort needs nobody else's host."""
        speeches = [speech for say in says for speech in self._words.speech(say, table)]
        return "".join(twiml.say(replace(speech, recording="")) for speech in speeches)

    def nobody_joined(self) -> str:
        """The worker's side is hung up, and the next route is rung."""
        return twiml.response(twiml.hangup())

    def text(self, answer: Answer | None) -> str:
        """What is texted back; without an answer an empty document, after which nothing is sent."""
        if answer is None:
            return twiml.response()
        text = self._words.text(answer.reply, answer.table)
        return twiml.response(twiml.message(text, status_callback=TEXT_STATUS))

    def text_fault(self, table: Table) -> str:
        """The last resort for a text: 112 and our number, with nothing in it of what was texted."""
        return self.text(Answer(table, Reply("fault", "nl")))

    def joined(self) -> str:
        """The whisper ends here, and the two are joined."""
        return twiml.response()

    def _question(self, question: Question, turn: Turn) -> tuple[str, str]:
        silence = turn.trail.then(question.ask.name, SILENCE)
        return (
            twiml.gather(
                self._say(question.says, turn.table),
                action=address(KEYED, turn.trail),
                timeout=question.ask.seconds,
                digits=question.digits,
                speech=self._listens(question.ask.language, turn.table) if question.ask.speech else "",
            ),
            twiml.redirect(address(TURN, silence)),
        )

    def _dial(self, through: PutThrough, turn: Turn) -> str:
        whispered = bool(through.whisper)
        noun = twiml.number(through.route.number, whisper=address(WHISPER, turn.trail) if whispered else "")
        return twiml.dial(noun, caller_id=self._caller_id, timeout=RING_SECONDS, action=address(DIALLED, turn.trail))

    def _listens(self, language: str, table: Table) -> str:
        """How a Gather listens in a language, with the places of this table as hints."""
        key = table.version, language
        if (kept := self._listening.get(key)) is None:
            kept = twiml.speech_input(self._words.recognised(language), table.gazetteer.hints)
            self._listening = {**dict(list(self._listening.items())[-MOST_LISTENING:]), key: kept}
        return kept

    def _say(self, says: Iterable[Say], table: Table) -> str:
        return "".join(self._rendered(say, table) for say in says)

    def _rendered(self, say: Say, table: Table) -> str:
        key = table.version, say
        if (kept := self._said.get(key)) is None:
            kept = "".join(twiml.say(speech) for speech in self._words.speech(say, table))
            if len(self._said) >= MOST_KEPT:
                self._said.clear()
            self._said[key] = kept
        return kept
