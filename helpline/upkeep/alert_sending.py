"""Alerts on their way to operators: to their webhook as JSON, and to their telephones as a text.

1. Each is tried a few times; one that cannot be told costs the others nothing, and is logged.
2. The address of the webhook is a secret and the telephones are the operators' own: neither is ever logged.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

import anyio
import httpx
import structlog

from helpline.directory.hours import AMSTERDAM
from helpline.errors import CarrierAway
from helpline.upkeep.alert_groups import Alert
from helpline.upkeep.alert_words import MOST_IN_A_TEXT, message, plain

WAITS = (2.0, 10.0, 30.0)  # seconds before each further try
MOST_SECONDS = 10.0  # for a webhook to answer
MOST_SECONDS_IN_ALL = 120.0  # for all tries: the next alerts wait for it
MOST_SIGNS = 3500  # of a message to a webhook; chat services fold or cut longer ones

log = structlog.get_logger()


class Texting(Protocol):
    """What sends a text; see helpline.carrier.rest."""

    async def send_message(self, *, to: str, sender: str, body: str) -> object:
        """Raises CarrierAway or CarrierRefused."""


OpenTexting = Callable[[], AbstractAsyncContextManager[Texting]]


class AlertSending:
    """Sends to a webhook, None where there is none, and from our number `sender` to each of `numbers`."""

    def __init__(
        self,
        url: str | None,
        numbers: Sequence[str],
        *,
        sender: str,
        texting: OpenTexting,
        clock: Callable[[], datetime],
    ) -> None:
        self._url = url
        self._numbers = numbers
        self._sender = sender
        self._texting = texting
        self._clock = clock

    async def __call__(self, alerts: Sequence[Alert], sentences: Sequence[str]) -> None:
        """Tells these alerts, each with its sentence, as one message; returns when all were told or given up."""
        now = self._clock()
        body = plain(message(sentences, now, MOST_IN_A_TEXT))
        async with anyio.create_task_group() as tasks:
            if url := self._url:
                text = message(sentences, now, MOST_SIGNS)
                posted = {"text": text, "alerts": [_told(alert) for alert in alerts]}
                tasks.start_soon(_tried, lambda: _post(url, posted), "webhook")
            for number in self._numbers:
                tasks.start_soon(_tried, lambda number=number: self._text(number, body), "text")

    async def _text(self, number: str, body: str) -> None:
        async with self._texting() as texting:
            await texting.send_message(to=number, sender=self._sender, body=body)


async def _post(url: str, told: Mapping[str, object]) -> None:
    async with httpx.AsyncClient(timeout=MOST_SECONDS) as client:
        response = await client.post(url, json=told)
    if not response.is_success:
        raise _NotTaken


async def _tried(send: Callable[[], Awaitable[None]], by: str) -> None:
    """One message by one way; the last fault is logged by the name of its class, which holds no address."""
    try:
        with anyio.fail_after(MOST_SECONDS_IN_ALL):
            for wait in WAITS:
                try:
                    return await send()
                except CarrierAway as away:
                    if away.perhaps_done:  # the same text twice at night helps nobody
                        raise
                except (httpx.HTTPError, _NotTaken):
                    pass
                await anyio.sleep(wait)
            await send()
    except Exception as fault:
        log.error("alert_not_sent", by=by, kind=type(fault).__name__.strip("_"))


class _NotTaken(Exception):
    """The webhook answered, and not with a success."""


def _told(alert: Alert) -> dict[str, object]:
    since = alert.since.astimezone(AMSTERDAM).isoformat(timespec="seconds")
    return {"kind": alert.kind, "subject": alert.subject, "count": alert.count, "since": since}
