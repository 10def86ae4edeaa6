"""Which requests of the carrier are written down, and as what: a call's turns and its end, the answer to a text."""

from __future__ import annotations

from collections.abc import Mapping

from helpline.bootstrap import Helpline
from helpline.carrier.addresses import ACCEPTED, TEST_CALL, WHISPER
from helpline.flow.message_words import wish_of
from helpline.switchboard.text_story import FAULT, text_story
from helpline.upkeep.records import Records
from helpline.web.answered import BEGUN, Answered, AnsweredFault, AnsweredText, AnsweredTurn
from helpline.web.erasure import CALL_IS_OVER
from helpline.web.no_harm import no_harm

OF_ANOTHER_LEG = (WHISPER, ACCEPTED, TEST_CALL)  # asked for a telephone that we ring, not for the caller's
MOST_DIGITS = 6  # of the seconds that a call took


def answered(helpline: Helpline, path: str, fields: Mapping[str, str], answer: Answered) -> None:
    """Notes what was answered. Nothing of it waits, or reaches the caller."""
    if helpline.records is None:
        return
    with no_harm():
        sid = _call(fields)
        match answer:
            case AnsweredTurn():
                helpline.records.turned(sid, answer.turn, begun=answer.ended == BEGUN, spoken=answer.spoken)
            case AnsweredText():
                reply = answer.answer.reply if answer.answer else None
                story = text_story(reply, stopped=_stopped(helpline, answer))
                helpline.records.texted(answer.text.sid, story)
            case AnsweredFault() if "MessageSid" in fields:
                helpline.records.texted(fields["MessageSid"], FAULT)
            case AnsweredFault() if path not in OF_ANOTHER_LEG:
                helpline.records.faulted(sid)


def noted(records: Records | None, path: str, fields: Mapping[str, str]) -> None:
    """Notes that a call is over, where this tells so."""
    if records is not None and path == "/voice/status" and fields.get("CallStatus") in CALL_IS_OVER:
        with no_harm():
            records.over(_call(fields), _seconds(fields.get("CallDuration", "")))


def _call(fields: Mapping[str, str]) -> str:
    """The SID of a caller's call; empty for a leg that was dialled for one, which has a parent."""
    return "" if fields.get("ParentCallSid") else fields.get("CallSid", "")


def _seconds(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS else None


def _stopped(helpline: Helpline, answer: AnsweredText) -> bool:
    """Whether a text got no answer since it is a stop word."""
    cries_are_ours = helpline.settings.helpline_keywords_changed
    text = answer.text
    return answer.answer is None and (text.stopped or wish_of(text.body, cries_are_ours=cries_are_ours) == "stop")
