"""Which requests of the carrier say that a call or a text is to be deleted at Twilio, now or later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from helpline.carrier.addresses import TEXT_STATUS
from helpline.web.no_harm import no_harm

if TYPE_CHECKING:
    from helpline.upkeep.erasing import Eraser

# https://www.twilio.com/docs/voice/api/call-resource#call-status-values
CALL_IS_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
# https://www.twilio.com/docs/messaging/api/message-resource#message-status-values; "sent" can be the last to come
TEXT_IS_OVER = frozenset({"sent", "delivered", "undelivered", "failed"})


def noted(eraser: Eraser | None, path: str, fields: Mapping[str, str]) -> None:
    """Queues what a genuine request names, where `eraser` is there. Nothing of it waits, or reaches the caller."""
    if eraser is None:
        return
    with no_harm():
        match path:
            case "/voice":
                eraser.call_begun(fields.get("CallSid", ""))
            case "/voice/status" if fields.get("CallStatus") in CALL_IS_OVER:
                eraser.call_over(fields.get("CallSid", ""))
            case "/sms":
                eraser.text_over(fields.get("MessageSid", ""))
            case _ if path == TEXT_STATUS and fields.get("MessageStatus") in TEXT_IS_OVER:
                eraser.text_over(fields.get("MessageSid", ""))
