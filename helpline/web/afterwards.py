"""What is told once an answer is made: to the log, the metrics, the records and whoever erases.

Nothing of it may hold anything of a caller. No answer waits for it, and no fault in it reaches the caller.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from helpline.bootstrap import Helpline
from helpline.flow.steps import DOUBT, MAYBE
from helpline.switchboard.turn import PutThrough
from helpline.web import erasure, recording
from helpline.web.answered import Answered, AnsweredText, AnsweredTurn
from helpline.web.no_harm import no_harm

log = structlog.get_logger()


def answered(helpline: Helpline, path: str, fields: Mapping[str, str], answer: Answered, seconds: float) -> None:
    """A request to `path` of ours was answered, which took `seconds`."""
    with no_harm():
        match answer:
            case AnsweredTurn():
                helpline.metrics.turn(answer.ended[0], seconds)
                log.info("turn", **_told(answer), ms=round(seconds * 1000, 2))
            case AnsweredText():
                helpline.metrics.text(answered=answer.answer is not None)
                log.info("text", answered=answer.answer is not None, ms=round(seconds * 1000, 2))
            case _:
                pass  # a whisper, a test call, or a fault, which is in the log already
    recording.answered(helpline, path, fields, answer)
    noted(helpline, path, fields)


def noted(helpline: Helpline, path: str, fields: Mapping[str, str]) -> None:
    """The carrier told us something at `path` that has no answer, or has got it."""
    erasure.noted(helpline.eraser, path, fields)
    recording.noted(helpline.records, path, fields)


def _told(answer: AnsweredTurn) -> dict[str, str]:
    """The step that ended and how, whose callers a line is now rung for, and by which version of the table."""
    step, ending = answer.ended
    for open_question in (DOUBT, MAYBE):
        if ending.startswith(open_question):  # the places after it would say what was keyed or said
            ending = open_question.rstrip("-")
    then = answer.turn.then
    region = then.ring.region if isinstance(then, PutThrough) else ""
    return {"step": step, "ending": ending, "region": region, "version": answer.turn.table.version}
