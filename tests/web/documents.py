"""Every document a test fetches is read as Twilio reads it: what Twilio would warn of fails the test that saw it."""

from __future__ import annotations

import httpx

from helpline.simulator.checking import Notification
from helpline.simulator.messaging import MessagingDocument, read_messaging
from helpline.simulator.twiml import Document, read

IN_A_WHISPER = ("/voice/whisper", "/voice/accepted")
IN_A_TEXT = ("/sms",)


def hold_against_the_schema(response: httpx.Response) -> None:
    """An event hook of httpx: judges what came back with 200, if it is TwiML."""
    kind = response.headers.get("content-type", "")
    if response.status_code == httpx.codes.OK and kind.startswith("text/xml"):
        warnings = warnings_of(response.read(), kind, response.request.url.path)
        assert warnings == (), f"{response.request.url.path}: {warnings}\n{response.text}"


def warnings_of(body: bytes, kind: str, path: str = "/voice") -> tuple[Notification, ...]:
    """What Twilio's debugger would show for a document that comes from this path."""
    document: Document | MessagingDocument | Notification
    if path.startswith(IN_A_TEXT):
        document = read_messaging(body, kind)
    else:
        document = read(body, kind, whisper=path.startswith(IN_A_WHISPER))
    return (document,) if isinstance(document, Notification) else document.warnings
