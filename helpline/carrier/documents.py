"""The document for each turn: what is said, then the verb the call waits in, and an address for each way it can end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from helpline.carrier import twiml
from helpline.carrier.addresses import ACCEPTED, DIALLED, KEYED, TURN, WHISPER, address
from helpline.directory.table import Table
from helpline.flow.call import RING_SECONDS
from helpline.flow.speech import Speech
from helpline.flow.steps import NATIONAL, SILENCE, Say
from helpline.switchboard.turn import PutThrough, Question, Turn

KEY_SECONDS = 4  # to the first key and between keys
ACCEPT_SECONDS = 8  # to press 1 in a whisper
MOST_KEPT = 20_000  # rendered prompts; a table has some hundreds, so this is many versions

Voice = Callable[[Say, Table], Sequence[Speech]]


class Documents:
    """Renders turns. Each prompt is rendered once for a version of the table and kept."""

    def __init__(self, voice: Voice, caller_id: str) -> None:
        self._voice = voice
        self._caller_id = caller_id
        self._said: dict[tuple[str, Say], str] = {}

    def turn(self, turn: Turn) -> str:
        """What the caller hears and can do now."""
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
        """The last resort: 112, then the national desk, with no address of ours in it, so that it cannot loop."""
        desk = table.routes("advice", NATIONAL)[0]
        before = [Say("emergency", "nl"), Say("emergency", "en"), Say("connecting", "nl")]
        after = [Say("nobody_reached", "nl"), Say("nobody_reached", "en")]
        dial = twiml.dial(twiml.number(desk.number), caller_id=self._caller_id, timeout=RING_SECONDS)
        return twiml.response(self._say(before, table), dial, self._say(after, table))

    def worker_fault(self) -> str:
        """A whisper that went wrong joins nobody, since a voicemail may be listening; the next route is rung."""
        return twiml.response(twiml.hangup())

    def _question(self, question: Question, turn: Turn) -> tuple[str, str]:
        silence = turn.trail.then(question.ask.name, SILENCE)
        return (
            twiml.gather(
                self._say(question.says, turn.table),
                action=address(KEYED, turn.trail),
                timeout=KEY_SECONDS,
                digits=question.digits,
            ),
            twiml.redirect(address(TURN, silence)),
        )

    def _dial(self, through: PutThrough, turn: Turn) -> str:
        whispered = bool(through.whisper)
        noun = twiml.number(through.route.number, whisper=address(WHISPER, turn.trail) if whispered else "")
        return twiml.dial(noun, caller_id=self._caller_id, timeout=RING_SECONDS, action=address(DIALLED, turn.trail))

    def _say(self, says: Iterable[Say], table: Table) -> str:
        return "".join(self._rendered(say, table) for say in says)

    def _rendered(self, say: Say, table: Table) -> str:
        key = table.version, say
        if (kept := self._said.get(key)) is None:
            kept = "".join(twiml.say(speech) for speech in self._voice(say, table))
            if len(self._said) >= MOST_KEPT:
                self._said.clear()
            self._said[key] = kept
        return kept
