"""An answer's bytes read as Twilio reads them: into verbs and warnings, or into one of its errors."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.simulator.checking import Notification, check
from helpline.simulator.elements import Unreadable, read_xml
from helpline.simulator.reading import read_verbs
from helpline.simulator.speech import seconds_to_say
from helpline.simulator.verbs import Hangup, Play, Say, Verb

MAX_BYTES = 64 * 1024  # 11750: "TwiML response body too large"
XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True)
class Document:
    """What one answer tells Twilio to do, and what Twilio's debugger would say about it."""

    verbs: tuple[Verb, ...]
    warnings: tuple[Notification, ...] = ()


def read(body: bytes, content_type: str | None, *, whisper: bool = False) -> Document | Notification:
    """The document in an answer of ours, or Twilio's error for it."""
    if len(body) > MAX_BYTES:
        return Notification(11750, "The answer is larger than 64 kB.")
    media = (content_type or "").partition(";")[0].strip().lower()
    if not media:
        return Notification(11200, "The answer has no content type.")
    if media.startswith("audio/"):
        return Document((Play(f"the answer itself ({media})"), Hangup()))
    if not body.strip():
        return Notification(11200, "The answer is empty.")
    if media in XML_TYPES:
        return _parse(body, whisper=whisper)
    if media == "text/plain":
        return _plain(body, whisper=whisper)
    return Notification(12300, f"The answer's content type is {media}; Twilio takes text/xml.")


def _parse(body: bytes, *, whisper: bool) -> Document | Notification:
    try:
        root = read_xml(body)
    except Unreadable as error:
        return Notification(error.code, error.text)
    if root.name != "Response":
        return Notification(12102, f"The root element is <{root.name}>; Twilio takes <Response>.")
    return Document(read_verbs(root.elements), check(root, whisper=whisper))


def _plain(body: bytes, *, whisper: bool) -> Document | Notification:
    """Plain text is TwiML if it parses; else it is read aloud and the call ends."""
    parsed = _parse(body, whisper=whisper)
    if isinstance(parsed, Document):
        return parsed
    text = body.decode("utf-8", errors="replace").strip()
    return Document((Say(text, seconds_to_say(text)), Hangup()))
