"""An answer to a text, read as Twilio reads messaging TwiML: into messages and redirects, or one of its errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpline.simulator.checking import Notification, check_messaging
from helpline.simulator.elements import Element
from helpline.simulator.reading import optional, word
from helpline.simulator.twiml import XML_TYPES, kind_of, root_of
from helpline.simulator.verbs import Redirect


@dataclass(frozen=True)
class Message:
    """One message to send; without `to` it goes to whoever texted, without `sender` it is from the texted number."""

    body: str
    media: tuple[str, ...] = ()
    to: str | None = None
    sender: str | None = None
    action: str | None = None
    method: str = "POST"


@dataclass(frozen=True)
class MessagingDocument:
    """What one answer tells Twilio to do about a text, and what Twilio's debugger would say about it."""

    verbs: tuple[Message | Redirect, ...]
    warnings: tuple[Notification, ...] = ()


def read_messaging(body: bytes, content_type: str | None) -> MessagingDocument | Notification:
    """The document in an answer of ours to a text, or Twilio's error for it."""
    kind = kind_of(body, content_type)
    if isinstance(kind, Notification):
        return kind
    if kind == "text/plain":  # sent as it is
        return MessagingDocument((Message(body.decode("utf-8", errors="replace").strip()),))
    if kind not in XML_TYPES:
        return Notification(12300, f"The answer's content type is {kind}; Twilio takes text/xml.")
    root = root_of(body)
    if isinstance(root, Notification):
        return root
    return MessagingDocument(tuple(_verbs(root)), check_messaging(root))


def _verbs(root: Element) -> Iterator[Message | Redirect]:
    for element in root.elements:
        if element.name == "Message":
            yield _message(element)
        elif element.name == "Redirect":
            yield Redirect(element.text, word(element, "method", "POST"))


def _message(element: Element) -> Message:
    bodies = [each.text for each in element.elements if each.name == "Body"]
    return Message(
        body="".join(bodies) or element.text,
        media=tuple(each.text for each in element.elements if each.name == "Media"),
        to=optional(element, "to"),
        sender=optional(element, "from"),
        # `statusCallback` is the older name of `action`.
        action=optional(element, "action") or optional(element, "statusCallback"),
        method=word(element, "method", "POST"),
    )
