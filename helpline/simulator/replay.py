"""The party of a rehearsal: does what a transcript says, and holds what happens against it.

1. What the caller hears is held against `hears` at each stop: a question, a ring, the end.
2. A stop takes the next instruction that says what to do; where there is none, the call cannot go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from helpline.simulator.acts import (
    Act,
    Ends,
    Hears,
    Line,
    NeverHears,
    Presses,
    RingEnds,
    Rings,
    Says,
    Transcript,
    Waits,
    WorkerHears,
)
from helpline.simulator.events import Ended, Event, Heard, How, RingEnded, Warned, WorkerHeard
from helpline.simulator.faults import OutOfStep
from helpline.simulator.hearing import find, tokens
from helpline.simulator.party import (
    Answered,
    CallerHangsUp,
    GatherReply,
    Keys,
    PickedUpTooLate,
    RingReply,
    Silent,
    Spoken,
)
from helpline.simulator.verbs import Gather

BY_OUR_SIDE = frozenset({How.HUNG_UP, How.DOCUMENT_ENDED, How.REJECTED})
NOT_REACHED = "the call does not come to this line"
OUR_ERRORS = frozenset({How.ERROR, How.TOO_MANY, How.TOO_LONG, How.NOT_PLAYED})


@dataclass(frozen=True)
class Verdict:
    """A line of the transcript (None: what holds for every call), and why it does not hold, or ""."""

    line: Line | None
    why: str = ""


class Replay:
    """Plays the caller and the workers of one transcript; `rows` is what went, each with its verdicts."""

    def __init__(self, transcript: Transcript, line_of: Callable[[str], str]) -> None:
        self.rows: list[Event | Verdict] = []
        self._line_of = line_of
        self._never = [each for each in transcript.lines if isinstance(each.act, NeverHears)]
        self._lines = [each for each in transcript.lines if not isinstance(each.act, NeverHears)]
        self._heard: list[str] = []  # since the last stop
        self._whisper: list[str] = []
        self._whispers: list[Line] = []  # what the worker must hear on this ring

    def interrupts(self, gather: Gather) -> Keys | None:
        """Keys `at once`, if all that is to be heard before them has been heard."""
        hears = list(self._next(Hears))
        line = self._lines[len(hears)] if len(hears) < len(self._lines) else None
        if line is None or not isinstance(line.act, Presses) or not line.act.keys.at_once:
            return None
        if any(why for _, why in self._match(hears, self._heard)):
            return None
        reply = self.at_gather(gather)
        assert isinstance(reply, Keys)
        return reply

    def at_gather(self, gather: Gather) -> GatherReply:
        """What the transcript says at a question."""
        self._stop()
        line = self._peek("asks a question here", "how it is answered")
        match line.act:
            case Presses():
                reply: GatherReply = line.act.keys
            case Says():
                reply = Spoken(line.act.words)
            case Waits():
                reply = Silent()
            case RingEnds(CallerHangsUp() as hangs_up):
                reply = hangs_up
            case _:
                raise self._out_of_step(line, "the call asks a question here")
        self._take()
        return reply

    def at_ring(self, number: str) -> RingReply:
        """How the transcript says a ring ends."""
        self._stop()
        called = self._line_of(number)
        for line in list(self._next(Rings))[:1]:
            wanted = line.act.line if isinstance(line.act, Rings) else ""
            rings = wanted.replace(" ", "") in (called.replace(" ", ""), number)
            self._take("" if rings else f"it is {called} that rings")
        self._whispers, self._whisper = list(self._next(WorkerHears)), []
        del self._lines[: len(self._whispers)]
        line = self._peek(f"rings {called} here", "how that ends")
        if not isinstance(line.act, RingEnds):
            raise self._out_of_step(line, f"the call rings {called} here")
        self._take()
        return self._until_hang_up(line.act.reply)

    def _until_hang_up(self, reply: RingReply) -> RingReply:
        """`hangs up` after `answered`: the caller ends the conversation; after `picked up too late` it must stand."""
        following = self._lines[0] if self._lines else None
        hangs_up = following is not None and following.act == RingEnds(CallerHangsUp())
        if hangs_up and isinstance(reply, Answered | PickedUpTooLate):
            self._take()
        elif isinstance(reply, PickedUpTooLate):
            self._peek("is picked up too late", "that the caller `hangs up`")
            raise self._out_of_step(self._lines[0], "the caller hangs up here")
        return replace(reply, caller_hangs_up=True) if hangs_up and isinstance(reply, Answered) else reply

    def note(self, event: Event) -> None:
        """Keeps what happened, and judges what can be judged now."""
        self.rows.append(event)
        match event:
            case Heard():
                self._heard += tokens(event.text)
            case WorkerHeard():
                self._whisper += tokens(event.text)
            case RingEnded():
                self._judge(self._whispers, self._whisper, "what the worker hears")
                self._whispers = []
            case Warned():
                self.rows.append(Verdict(None, event.words))
            case Ended():
                self._end(event)

    def _end(self, event: Ended) -> None:
        self._stop()
        if self._lines and isinstance(self._lines[0].act, Ends):
            self._take("" if event.how in BY_OUR_SIDE else f"the call ended otherwise: {event.how.value}")
        if event.how in OUR_ERRORS:
            self.rows.append(Verdict(None, f"the call ended badly: {event.how.value}"))

    def finish(self) -> None:
        """Judges what holds for the whole call, and what it has not come to."""
        for line in self._lines:
            self.rows.append(Verdict(line, NOT_REACHED))
        everything = [each for row in self.rows if isinstance(row, Heard) for each in tokens(row.text)]
        for line in self._never:
            words = line.act.words if isinstance(line.act, NeverHears) else ""
            why = "the caller does hear it" if find(words, everything) is not None else ""
            self.rows.append(Verdict(line, why))

    def _stop(self) -> None:
        """Holds what was heard since the last stop against the `hears` lines that come next."""
        hears = list(self._next(Hears))
        del self._lines[: len(hears)]
        self._judge(hears, self._heard, "what the caller hears here")
        self._heard = []

    def _judge(self, lines: list[Line], heard: list[str], place: str) -> None:
        for line, why in self._match(lines, heard):
            self.rows.append(Verdict(line, why and f"{why} in {place}"))

    def _match(self, lines: list[Line], heard: list[str]) -> Iterator[tuple[Line, str]]:
        start = 0
        for line in lines:
            words = line.act.words if isinstance(line.act, Hears | WorkerHears) else ""
            end = find(words, heard, start)
            before = find(words, heard) is not None
            yield line, "" if end is not None else "only earlier" if before else "the words do not occur"
            start = start if end is None else end

    def _next(self, kind: type[Act]) -> Iterator[Line]:
        """The lines of this kind that come next."""
        for line in self._lines:
            if not isinstance(line.act, kind):
                return
            yield line

    def _peek(self, place: str, lacking: str) -> Line:
        if not self._lines:
            raise OutOfStep(f"The call {place}, and the transcript does not say {lacking}.")
        return self._lines[0]

    def _take(self, why: str = "") -> None:
        self.rows.append(Verdict(self._lines.pop(0), why))

    def _out_of_step(self, line: Line, place: str) -> OutOfStep:
        return OutOfStep(f"Line {line.number} is `{line.text}`, but {place}.")
