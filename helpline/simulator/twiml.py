"""An answer's bytes read as Twilio reads them: into verbs and warnings, or into one of its errors."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.simulator.checking import Notification, check
from helpline.simulator.elements import Element, Unreadable, read_xml
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
    kind = kind_of(body, content_type)
    if isinstance(kind, Notification):
        return kind
    if kind.startswith("audio/"):
        return Document((Play(f"the answer itself ({kind})", is_here=True), Hangup()))
    if kind in XML_TYPES:
        return _parse(body, whisper=whisper)
    if kind == "text/plain":
        return _plain(body, whisper=whisper)
    return Notification(12300, f"The answer's content type is {kind}; Twilio takes text/xml.")


def kind_of(body: bytes, content_type: str | None) -> str | Notification:
    """The media type of an answer, or Twilio's error where there is none, no body, or too large a one."""
    if len(body) > MAX_BYTES:
        return Notification(11750, "The answer is larger than 64 kB.")
    kind = (content_type or "").partition(";")[0].strip().lower()
    if not kind:
        return Notification(11200, "The answer has no content type.")
    return kind if body.strip() else Notification(11200, "The answer is empty.")


def root_of(body: bytes) -> Element | Notification:
    """The Response in these bytes, or Twilio's error where they hold none."""
    try:
        root = read_xml(body)
    except Unreadable as error:
        return Notification(error.code, error.text + _if_a_page(body))
    if root.name != "Response":
        return Notification(12102, f"The root element is <{root.name}>; Twilio takes <Response>.{_if_a_page(body)}")
    return root


def _if_a_page(body: bytes) -> str:
    """What is said besides of a page for people, such as a server shows when something is wrong."""
    is_page = body.lstrip().lower().startswith((b"<!doctype html", b"<html"))
    return " It is a web page, written for people." if is_page else ""


def _parse(body: bytes, *, whisper: bool) -> Document | Notification:
    root = root_of(body)
    if isinstance(root, Notification):
        return root
    return Document(read_verbs(root.elements), check(root, whisper=whisper))


def _plain(body: bytes, *, whisper: bool) -> Document | Notification:
    """Plain text is TwiML if it parses; else it is read aloud and the call ends."""
    parsed = _parse(body, whisper=whisper)
    if isinstance(parsed, Document):
        return parsed
    text = body.decode("utf-8", errors="replace").strip()
    return Document((Say(text, seconds_to_say(text)), Hangup()))
