"""A text comes in: the one answer it gets, if any."""

from __future__ import annotations

from helpline.bootstrap import Helpline
from helpline.switchboard.texts import Text
from helpline.web.answered import Answered, AnsweredText
from helpline.web.carrier_requests import CarrierRequest


def incoming(helpline: Helpline, request: CarrierRequest) -> Answered:
    """A text to one of our numbers. Pictures are not looked at: their address is never asked."""
    text = _text(request)
    answer = helpline.texts.answer(text)
    return AnsweredText(helpline.documents.text(answer), text, answer)


def fault(helpline: Helpline, request: CarrierRequest) -> str:
    """A fault of ours: 112 and our number, to a sender whom any answer would have reached."""
    if helpline.texts.reaches_a_person(_text(request)):
        return helpline.documents.text_fault(helpline.directory.current)
    return helpline.documents.text(None)


def _text(request: CarrierRequest) -> Text:
    fields = request.fields
    return Text(
        sid=fields.get("MessageSid", ""),
        sender=fields.get("From", ""),
        body=fields.get("Body", ""),
        stopped=fields.get("OptOutType", "").upper() == "STOP",
    )
