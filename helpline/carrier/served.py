"""The fallback document as another host serves it: fetched as Twilio does, and held against the one that is right.

Source: https://www.twilio.com/docs/usage/security/availability-reliability
"""

from __future__ import annotations

from dataclasses import dataclass

import anyio
import httpx

from helpline.carrier.drift import Drift

TYPES = ("text/xml", "application/xml")  # https://www.twilio.com/docs/voice/twiml#twilio-understands-mime-types
TIMEOUT_SECONDS = 15  # in all; Twilio waits no longer for a document
PUT_THERE = "Write it with helpline twilio fallback --write FILE, and put that file on the other host."


@dataclass(frozen=True)
class Served:
    """What came back for a GET; `status` is 0 where nothing did."""

    status: int
    content_type: str
    text: str


async def fetched(address: str) -> Served:
    """What a host serves at an address; redirects are followed, as Twilio follows them, and no longer waited for."""
    try:
        with anyio.fail_after(TIMEOUT_SECONDS):
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=True) as client:
                answer = await client.get(address)
    except (httpx.RequestError, TimeoutError):
        return Served(0, "", "")
    content_type = answer.headers.get("content-type", "").partition(";")[0].strip().casefold()
    return Served(answer.status_code, content_type, answer.content.decode("utf-8", "replace"))


def drifts_of(served: Served, document: str) -> list[Drift]:
    """What is wrong with a fallback document that should be `document`."""
    if served.status != 200:
        why = f"the answer is {served.status}" if served.status else "the host cannot be reached"
        return [Drift(f"The fallback document cannot be had by GET: {why}.", f"Look at that host. {PUT_THERE}")]
    found = []
    if served.content_type not in TYPES:
        was = served.content_type or "nothing"
        found.append(
            Drift(f"The fallback document is served as {was}, not as text/xml.", "Set its content type on that host.")
        )
    if served.text.strip() != document.strip():
        found.append(Drift("The fallback document is not the one of the live routing table.", PUT_THERE))
    return found
