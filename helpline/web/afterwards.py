"""What is told once an answer is made: to the log, the metrics, the records and whoever erases.

1. Nothing of it may hold anything of a caller. No answer waits for it, and no fault in it reaches the caller.
2. What was answered in one turn of the event loop is told together: the same work in a row takes a third of the time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from helpline.bootstrap import Helpline
from helpline.flow.steps import DOUBT, MAYBE
from helpline.log import tell
from helpline.switchboard.turn import PutThrough
from helpline.web import erasure, recording
from helpline.web.answered import Answered, AnsweredText, AnsweredTurn
from helpline.web.no_harm import no_harm

OPEN_QUESTIONS = (DOUBT, MAYBE)
Line = tuple[str, dict[str, Any]]


class Done(NamedTuple):
    """A request to `path` of ours that was answered, which took `seconds`; None where there was nothing to answer."""

    path: str
    fields: Mapping[str, str]
    answer: Answered | None
    seconds: float


class Afterwards:
    """Tells of what is done."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self._done: list[Done] = []

    def add(self, done: Done) -> None:
        """One more; it is told of in the next turn of the event loop."""
        if not self._done:
            asyncio.get_running_loop().call_soon(self._tell)
        self._done.append(done)

    def _tell(self) -> None:
        done, self._done = self._done, []
        lines: list[Line] = []
        for each in done:
            with no_harm():
                lines += self._told(each)
        tell(lines)

    def _told(self, done: Done) -> list[Line]:
        """What the log is to have of it; all others are told."""
        path, fields, answer, seconds = done
        lines: list[Line] = []
        if answer is not None:
            with no_harm():
                lines = self._answered(answer, seconds)
            recording.answered(self._helpline, path, fields, answer)
        erasure.noted(self._helpline.eraser, path, fields)
        recording.noted(self._helpline.records, path, fields)
        return lines

    def _answered(self, answer: Answered, seconds: float) -> list[Line]:
        ms = round(seconds * 1000, 2)
        match answer:
            case AnsweredTurn():
                self._helpline.metrics.turn(answer.ended[0], seconds)
                return [("turn", {**_turn(answer), "ms": ms})]
            case AnsweredText():
                is_answered = answer.answer is not None
                self._helpline.metrics.text(answered=is_answered)
                return [("text", {"answered": is_answered, "ms": ms})]
            case _:
                return []  # a whisper, a test call, or a fault, which is in the log already


def _turn(answer: AnsweredTurn) -> dict[str, str]:
    """The step that ended and how, whose callers a line is now rung for, and by which version of the table."""
    step, ending = answer.ended
    if ending.startswith(OPEN_QUESTIONS):  # the places after it would say what was keyed or said
        ending = ending.partition("-")[0]
    then = answer.turn.then
    region = then.ring.region if isinstance(then, PutThrough) else ""
    return {"step": step, "ending": ending, "region": region, "version": answer.turn.table.version}
