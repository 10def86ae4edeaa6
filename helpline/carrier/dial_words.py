"""Twilio's words for how a dial ended, in ours. A word we do not know is a failed dial, and the next route is rung.

Source: https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values
"""

from __future__ import annotations

from collections.abc import Mapping

from helpline.flow.dialled import Dialled, DialWord

WORDS: Mapping[str, DialWord] = {
    "completed": "picked-up",
    "answered": "picked-up",
    "busy": "busy",
    "no-answer": "no-answer",
    "failed": "failed",
    "canceled": "canceled",
}
# The caller's own leg, once over: https://www.twilio.com/docs/voice/api/call-resource#call-status-values
_CALL_OVER = {"completed", "busy", "failed", "no-answer", "canceled"}


def dialled(fields: Mapping[str, str]) -> Dialled:
    """How a dial ended, from the fields of a Dial action's request; anything missing or strange counts as unknown."""
    return Dialled(
        word=WORDS.get(fields.get("DialCallStatus", ""), "failed"),
        bridged={"true": True, "false": False}.get(fields.get("DialBridged", "").casefold()),
        seconds=_seconds(fields.get("DialCallDuration", "")),
        caller_there=fields.get("CallStatus", "") not in _CALL_OVER,
    )


def _seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
