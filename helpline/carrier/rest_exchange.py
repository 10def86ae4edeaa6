"""One request to Twilio's REST, asked again where that is safe and can help.

1. At most four tries, with a random wait that grows, so that many machines do not come back at the same moment.
2. 429 says that nothing was done: any request is asked again, after the time that Twilio names, at most 30 seconds.
3. No connection says the same, without a time.
4. After a 5xx or a broken answer the request may have been carried out. It is asked again only where doing it twice
   is the same as once; a call or a text would be made twice.

Source: https://www.twilio.com/docs/usage/rate-limits-and-retries
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from helpline.carrier.rest_refusals import fault_of

TRIES = 4
FIRST_WAIT_SECONDS = 1.0  # at most; twice as much before each further try
MOST_WAIT_SECONDS = 30.0
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Sleep = Callable[[float], Awaitable[None]]
Outcome = httpx.Response | httpx.RequestError

_random = random.SystemRandom()


class Exchange:
    """Asks through `client`, and waits between tries with `sleep`, which takes seconds."""

    def __init__(self, client: httpx.AsyncClient, sleep: Sleep) -> None:
        self._client = client
        self._sleep = sleep

    async def ask(
        self, method: str, path: str, *, form: Mapping[str, str] | None = None, creates: bool = False
    ) -> bytes:
        """The body of a success. `creates` says that to do it twice would be another thing than to do it once.

        Raises CarrierAway, CarrierRefused or NotAtCarrier; these hold nothing of the request or of the answer.
        """
        tries = 1
        outcome = await self._tried(method, path, form)
        while tries < TRIES and _asked_again(outcome, creates=creates):
            await self._sleep(_wait_seconds(outcome, tries))
            outcome = await self._tried(method, path, form)
            tries += 1
        if isinstance(outcome, httpx.Response) and outcome.is_success:
            return outcome.content
        raise fault_of(outcome, creates=creates)

    async def _tried(self, method: str, path: str, form: Mapping[str, str] | None) -> Outcome:
        """The fault is handed back, not raised, so that no error of ours has it, with the request, as its context."""
        try:
            return await self._client.request(method, path, data=form)
        except httpx.RequestError as fault:
            return fault


def _asked_again(outcome: Outcome, *, creates: bool) -> bool:
    if isinstance(outcome, httpx.Response):
        return outcome.status_code == 429 or (outcome.status_code >= 500 and not creates)
    return isinstance(outcome, NEVER_SENT) or not creates


def _wait_seconds(outcome: Outcome, tries: int) -> float:
    named = _retry_after(outcome.headers.get("Retry-After", "")) if isinstance(outcome, httpx.Response) else None
    if named is not None:
        return min(max(named, 0.0), MOST_WAIT_SECONDS)
    return _random.uniform(0, FIRST_WAIT_SECONDS * 2 ** (tries - 1))


def _retry_after(value: str) -> float | None:
    """Seconds, or an HTTP date (RFC 9110, 10.2.3); None where it is neither."""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
