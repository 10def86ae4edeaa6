"""What Twilio plays and this player does not, each with why: a document that has it is told of by name, and stops."""

from __future__ import annotations

from helpline.simulator.elements import Element

_QUEUE = "who else waits there, and who takes the next, is in no document"
_RECORDED = "nothing of what is said is kept here"
_STREAMED = "the sound goes to a program elsewhere, and here there is no sound"

VERBS = {
    "Connect": _STREAMED,
    "Echo": "there is no sound here to hear again",
    "Enqueue": _QUEUE,
    "Leave": _QUEUE,
    "Pay": "no card is asked for here",
    "Prompt": "no card is asked for here",
    "Queue": _QUEUE,
    "Record": _RECORDED,
    "Refer": "where the caller goes from there is in no document",
    "Sms": "a text is no part of a call; it is played by helpline text",
    "Start": _STREAMED,
    "Stop": _STREAMED,
}
NOUNS = {
    "Application": "its document is another account's",
    "Client": "an app answers otherwise than a telephone",
    "Conference": "who else is in the room is in no document",
    "Queue": _QUEUE,
    "Sim": "its plan decides how it is reached",
    "Sip": "a SIP address answers otherwise than a telephone",
    "WhatsApp": "an app answers otherwise than a telephone",
}
RECORDING = frozenset(
    {
        "recordingStatusCallback",
        "recordingStatusCallbackEvent",
        "recordingStatusCallbackMethod",
        "recordingTrack",
        "trim",
    }
)


def why_not(element: Element, parent: str) -> str | None:
    """Why this element is not played where it stands; None if it is, or if Twilio does not take it there either."""
    return {"Response": VERBS, "Dial": NOUNS}.get(parent, {}).get(element.name)


def why_not_heeded(element: str, attribute: str) -> str | None:
    """Why this attribute is not heeded, which Twilio does heed."""
    return _RECORDED if element == "Dial" and attribute in RECORDING else None
