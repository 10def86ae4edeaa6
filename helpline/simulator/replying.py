"""A message of ours on its way: whether Twilio takes it, and what it tells of how it went."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from helpline.simulator.account import API_VERSION
from helpline.simulator.checking import Notification
from helpline.simulator.exchange import Fields
from helpline.simulator.schema import E164
from helpline.simulator.segments import segments

MOST_CHARACTERS = 1600

Delivery = Literal["delivered", "undelivered", "failed"]
STATUSES = {"delivered": ("sent", "delivered"), "undelivered": ("sent", "undelivered"), "failed": ("failed",)}
ERRORS = {"undelivered": "30005", "failed": "30008"}  # no such telephone; nobody knows why


@dataclass(frozen=True)
class Reply:
    """One message of ours."""

    sid: str
    to: str
    sender: str
    text: str
    media: tuple[str, ...] = ()

    @property
    def segments(self) -> int:
        """In how many segments it goes over the air."""
        return segments(self.text).count

    @property
    def encoding(self) -> str:
        """GSM-7 or UCS-2."""
        return segments(self.text).encoding


def refusal(reply: Reply, owned: Collection[str], blocked: Collection[str]) -> Notification | None:
    """Twilio's error for a message that it does not send; `owned` are the account's, `blocked` have said stop."""
    if not reply.text and not reply.media:
        return Notification(14103, "A message has neither words nor media.")
    if len(reply.text) > MOST_CHARACTERS:
        return Notification(21617, f"A message has {len(reply.text)} characters; Twilio takes {MOST_CHARACTERS}.")
    if not E164.fullmatch(reply.to):
        return Notification(21211, f"A message goes to {reply.to!r}, which is no E.164 number.")
    if reply.sender not in owned:
        return Notification(14102, f"A message comes from {reply.sender!r}, which is no number of this account.")
    if reply.to in blocked:
        return Notification(21610, "A message goes to somebody who has texted a stop word, and no start word since.")
    return None


def status_callbacks(reply: Reply, account_sid: str, delivery: Delivery) -> Iterator[Fields]:
    """What is told of a message that ends so, in order, though Twilio promises none."""
    for status in STATUSES[delivery]:
        fields = [("MessageSid", reply.sid), ("SmsSid", reply.sid), ("AccountSid", account_sid)]
        fields += [("MessageStatus", status), ("SmsStatus", status), ("ApiVersion", API_VERSION)]
        fields += [("From", reply.sender), ("To", reply.to)]
        yield fields + ([("ErrorCode", ERRORS[status])] if status in ERRORS else [])
