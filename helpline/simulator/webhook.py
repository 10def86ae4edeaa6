"""Twilio's requests to us, over real HTTP: signed, retried, redirected, and timed as Twilio does."""

from __future__ import annotations

import ssl
import time
import uuid
from functools import cache
from urllib.parse import urldefrag, urljoin

import httpx

from helpline.simulator.account import Twilio
from helpline.simulator.checking import Notification
from helpline.simulator.connection import read_overrides
from helpline.simulator.exchange import Answer, Broken, Exchange, Fields, Outgoing, Reply

FOLLOWED = frozenset({301, 302, 303, 307})  # 11216: other redirects are not followed
MAX_REDIRECTS = 10  # 11215


@cache
def certificates() -> ssl.SSLContext:
    """The machine's certificates, read once: reading them takes longer than a whole rehearsed call."""
    return ssl.create_default_context()


class Webhook:
    """Asks our service for documents on behalf of one call, or, where it `signs_port`, of one text."""

    def __init__(self, twilio: Twilio, transport: httpx.BaseTransport, *, signs_port: bool = False) -> None:
        self._exchange = Exchange(twilio, transport, signs_port=signs_port)

    def fetch(self, url: str, method: str, fields: Fields) -> Answer | Notification:
        """The answer to this request, or the error Twilio would log."""
        page, fragment = urldefrag(url)
        overrides = read_overrides(fragment)
        if isinstance(overrides, Notification):
            return overrides
        address = _as_sent(page)
        if address is None:
            return Notification(11100, f"{page!r} is no URL Twilio can ask.")
        deadline = time.monotonic() + overrides.tt / 1000
        request = Outgoing(address, method, fields, overrides, deadline, str(uuid.uuid4()))
        return self._follow(request)

    def _follow(self, request: Outgoing) -> Answer | Notification:
        for _ in range(MAX_REDIRECTS + 1):
            reply = self._try(request)
            if isinstance(reply, Broken):
                return reply.error
            status = reply.answer.status
            if 200 <= status < 300:
                return reply.answer
            if not 300 <= status < 400:
                return Notification(11200, f"The answer from {request.url} has status {status}.")
            if status not in FOLLOWED or not reply.location:
                return Notification(11216, f"The answer from {request.url} is a redirect of kind {status}.")
            # A redirected POST becomes a GET, and what was posted (Digits too) is lost.
            page = _as_sent(urldefrag(urljoin(request.url, reply.location)).url)
            if page is None:
                return Notification(11100, f"{reply.location!r} is no URL Twilio can ask.")
            request = Outgoing(page, "GET", (), request.overrides, request.deadline, request.token)
        return Notification(11215, f"More than {MAX_REDIRECTS} redirects.")

    def _try(self, request: Outgoing) -> Reply | Broken:
        reply = self._exchange.send(request)
        for _ in range(request.overrides.rc):
            kind = reply.kind if isinstance(reply, Broken) else f"{reply.answer.status // 100}xx"
            if time.monotonic() >= request.deadline or not request.overrides.tries_again(kind):
                break
            reply = self._exchange.send(request)
        return reply


def _as_sent(url: str) -> str | None:
    """The URL with its characters escaped as they are sent, which is how it is signed; None if it is none."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return None
    return str(parsed) if parsed.scheme in ("http", "https") and parsed.host else None
