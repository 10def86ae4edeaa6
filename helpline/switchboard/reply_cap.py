"""How often a sender was answered within the hour, so that a machine that answers us is not answered for ever."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_REPLIES = 10  # in an hour: a person who asks again and again gets them all, a machine goes silent
SECONDS = 3600
MOST_SENDERS = 10_000  # remembered at a time, the longest silent forgotten first


class ReplyCap:
    """Kept in memory only, by hashes under a key that this process made and nobody knows: no number is stored.

    `seconds` is a clock in seconds that never goes back.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._key = secrets.token_bytes(32)
        self._answered: OrderedDict[bytes, dict[bytes, float]] = OrderedDict()

    def allows(self, sender: str, message: str) -> bool:
        """True where one more answer may go to `sender`; the same message, asked for again, counts once."""
        now, whose, which = self._seconds(), self._hash(sender), self._hash(message)
        recent = {each: at for each, at in self._answered.pop(whose, {}).items() if now - at < SECONDS}
        allowed = which in recent or len(recent) < MOST_REPLIES
        if allowed:
            recent.setdefault(which, now)
        self._answered[whose] = recent
        if len(self._answered) > MOST_SENDERS:
            self._answered.popitem(last=False)
        return allowed

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(errors="surrogatepass"), "sha256")
