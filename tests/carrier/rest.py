"""Twilio's REST as tests see it: an account's SID and token, its addresses, and a client that does not really wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio

from helpline.carrier.rest import Rest

ACCOUNT = "AC" + "0" * 32
SECRET = "the-secret-token"
NUMBERS = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json"
CALLS = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
MESSAGES = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json"

Result = TypeVar("Result")


def one(kind: str, sid: str) -> str:
    """The address of one thing of the account."""
    return f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/{kind}/{sid}.json"


def number_fields(**changed: object) -> dict[str, Any]:
    """A number as Twilio tells of it, set to nothing."""
    unset = {
        "sid": "PN1",
        "phone_number": "+31700002000",
        "voice_url": None,
        "voice_method": "POST",
        "voice_fallback_url": "",
        "voice_fallback_method": "POST",
        "status_callback": "",
        "status_callback_method": "POST",
        "sms_url": "",
        "sms_method": "POST",
        "sms_fallback_url": "",
        "sms_fallback_method": "POST",
        "voice_application_sid": "",
        "sms_application_sid": "",
        "trunk_sid": None,
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
    }
    return {**unset, **changed}


def asked(what: Callable[[Rest], Awaitable[Result]], waits: list[float] | None = None) -> Result:
    """What a client gives that is asked once; its waits are noted, not waited."""

    async def noted(seconds: float) -> None:
        if waits is not None:
            waits.append(seconds)

    async def run() -> Result:
        async with Rest(ACCOUNT, SECRET, sleep=noted) as rest:
            return await what(rest)

    return anyio.run(run)
