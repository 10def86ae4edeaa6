"""The carrier's part for a text: it is brought to our service, and what that answers is sent.

1. Only a Redirect goes on to another document; what stands after it is ignored.
2. A failed fetch or an unreadable answer sends nothing more, and nothing in its place.
3. How each message went is told to its `action`; the answer to that is never read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

import httpx

from helpline.simulator.account import Twilio, TwilioNumber, new_sid
from helpline.simulator.checking import Notification
from helpline.simulator.incoming import Text
from helpline.simulator.messaging import Message, MessagingDocument, read_messaging
from helpline.simulator.replying import Delivery, Reply, refusal, status_callbacks
from helpline.simulator.verbs import Redirect
from helpline.simulator.webhook import Webhook, certificates

MAX_DOCUMENTS = 50  # 14106: "Message: Redirect limit exceeded"
MAX_MESSAGES = 10  # 14109: "Reply message limit exceeded"


@dataclass(frozen=True)
class Texted:
    """A text as it went: what was sent back, and what Twilio's debugger shows."""

    replies: tuple[Reply, ...]
    notifications: tuple[Notification, ...]


@dataclass(frozen=True)
class Messenger:
    """Brings texts to one number at one Twilio; `delivery` is how each reply ends, `blocked` who has said stop."""

    twilio: Twilio
    number: TwilioNumber
    delivery: Delivery = "delivered"
    blocked: set[str] = field(default_factory=set, compare=False)

    def text(self, sender: str | None, body: str, *, media: int = 0, opt_out_type: str | None = None) -> Texted:
        """Brings one text from this sender, with so many pictures, and sends what is answered."""
        sid = new_sid("MM" if media else "SM")
        text = Text(sid, self.twilio.account_sid, sender, self.number.number, body, media, opt_out_type)
        if sender is not None and text.blocks:
            self.blocked.add(sender)
        elif sender is not None and text.unblocks:
            self.blocked.discard(sender)
        with httpx.HTTPTransport(verify=certificates()) as transport:
            conversation = _Conversation(self, Webhook(self.twilio, transport, signs_port=True), text)
            conversation.play()
            return Texted(tuple(conversation.replies), tuple(conversation.notifications))


class _Conversation:
    """One text in progress."""

    def __init__(self, messenger: Messenger, webhook: Webhook, text: Text) -> None:
        self.replies: list[Reply] = []
        self.notifications: list[Notification] = []
        self._messenger = messenger
        self._webhook = webhook
        self._text = text
        self._fields = text.fields()

    def play(self) -> None:
        """Asks for documents and does what they say, until one does not redirect."""
        number = self._messenger.number
        url, method = number.absolute(self._messenger.twilio, number.sms_url), "POST"
        for _ in range(MAX_DOCUMENTS):
            redirect = self._obey(url, method)
            if redirect is None:
                return
            url, method = redirect
        self._note(14106, f"There are more than {MAX_DOCUMENTS} documents in answer to one text.")

    def _obey(self, url: str, method: str) -> tuple[str, str] | None:
        """Sends what one document says; hands back where it redirects to."""
        fetched = self._fetch(url, method)
        if fetched is None:
            return None
        document, base = fetched
        for verb in document.verbs:
            if isinstance(verb, Redirect):
                return urljoin(base, verb.url), verb.method
            if len(self.replies) == MAX_MESSAGES:
                self._note(14109, f"There are more than {MAX_MESSAGES} messages in answer to one text.")
                return None
            self._send(verb, base)
        return None

    def _fetch(self, url: str, method: str) -> tuple[MessagingDocument, str] | None:
        """The document, and the URL against which its own are read."""
        answer = self._webhook.fetch(url, method, self._fields)
        if isinstance(answer, Notification):
            self.notifications.append(answer)
            return None
        document = read_messaging(answer.body, answer.content_type)
        if isinstance(document, Notification):
            self._note(document.code, f"{document.text} ({urldefrag(url).url})")
            return None
        self.notifications += document.warnings
        return document, answer.url

    def _send(self, message: Message, base: str) -> None:
        number, twilio = self._messenger.number.number, self._messenger.twilio
        reply = Reply(
            sid=new_sid("MM" if message.media else "SM"),
            to=(self._text.sender or "") if message.to is None else message.to,
            sender=number if message.sender is None else message.sender,
            text=message.body,
            media=message.media,
        )
        refused = refusal(reply, {number, *twilio.owned}, self._messenger.blocked)
        if refused is not None:
            self.notifications.append(refused)
            return
        self.replies.append(reply)
        if message.action:
            self._report(reply, urljoin(base, message.action), message.method)

    def _report(self, reply: Reply, url: str, method: str) -> None:
        for fields in status_callbacks(reply, self._messenger.twilio.account_sid, self._messenger.delivery):
            answer = self._webhook.fetch(url, method, fields)
            if isinstance(answer, Notification):
                self._note(15003, f"The status callback failed: {answer.code} {answer.text}")

    def _note(self, code: int, text: str) -> None:
        self.notifications.append(Notification(code, text))
