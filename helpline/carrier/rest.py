"""Twilio's REST for one account: its numbers, its calls and its texts.

No address here holds a caller's number: lists are asked for by numbers of our own and by SIDs, and what is sent to
anybody else goes in the body. So nothing that logs addresses, httpx included, can log a caller.

Source: https://www.twilio.com/docs/usage/api
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote, urlencode

import anyio
import httpx

from helpline.carrier.rest_answers import Call, Message, OwnNumber, Page, not_understood, read
from helpline.carrier.rest_exchange import Exchange, Sleep
from helpline.errors import CarrierRefused

TWILIO = "https://api.twilio.com"
TIMEOUT = httpx.Timeout(10, connect=5)  # seconds; the first is for reading
PAGE_SIZE = "1000"  # the most that Twilio gives: https://www.twilio.com/docs/usage/twilios-response#pagination
MOST_TWIML = 4000  # characters of TwiML in a request; Twilio's error 32018 beyond

Item = TypeVar("Item", bound=Call | Message | OwnNumber)


class Rest:
    """One account. Every method raises CarrierAway, CarrierRefused or NotAtCarrier.

    `sleep` takes seconds, between one try and the next.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        base_url: str = TWILIO,
        sleep: Sleep = anyio.sleep,
    ) -> None:
        self._account = f"/2010-04-01/Accounts/{quote(account_sid, safe='')}/"
        auth = httpx.BasicAuth(account_sid, auth_token)
        self._client = httpx.AsyncClient(base_url=base_url, auth=auth, timeout=TIMEOUT, transport=transport)
        self._exchange = Exchange(self._client, sleep)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, fault, trace)

    async def numbers(self) -> list[OwnNumber]:
        """All numbers of the account."""
        return await self._all(Page[OwnNumber], "IncomingPhoneNumbers.json", {})

    async def change_number(self, sid: str, settings: Mapping[str, str]) -> OwnNumber:
        """Sets these settings, by Twilio's names such as VoiceUrl; the number as Twilio says it now is."""
        return read(OwnNumber, await self._exchange.ask("POST", self._one("IncomingPhoneNumbers", sid), form=settings))

    async def place_call(self, *, to: str, caller_id: str, twiml: str, ring_seconds: int) -> Call:
        """Rings `to` and plays `twiml`, at most 4,000 characters. Never asked twice where it may have rung."""
        if len(twiml) > MOST_TWIML:
            raise CarrierRefused(
                f"The TwiML of a call has {len(twiml)} characters; Twilio takes {MOST_TWIML}.",
                code=None,
                help="Say less in it.",
            )
        form = {"To": to, "From": caller_id, "Twiml": twiml, "Timeout": str(ring_seconds)}
        return read(Call, await self._exchange.ask("POST", f"{self._account}Calls.json", form=form, creates=True))

    async def call(self, sid: str) -> Call:
        """One call."""
        return read(Call, await self._exchange.ask("GET", self._one("Calls", sid)))

    async def child_calls(self, parent: str) -> list[Call]:
        """The legs that were dialled for the call with the SID `parent`."""
        return await self._all(Page[Call], "Calls.json", {"ParentCallSid": parent})

    async def calls_to(self, number: str, *, ended_before: date) -> list[Call]:
        """The last thousand calls, at most, to a number of our own that ended before a day (UTC)."""
        return await self._first(Page[Call], "Calls.json", {"To": number, "EndTime<": ended_before.isoformat()})

    async def delete_call(self, sid: str) -> None:
        """Twilio forgets a call that is over. NotAtCarrier says that it has: a try before may have done it."""
        await self._exchange.ask("DELETE", self._one("Calls", sid))

    async def messages(self, *, to: str = "", sender: str = "", sent_before: date) -> list[Message]:
        """The last thousand texts, at most, to or from a number of our own that were sent before a day (GMT)."""
        ours = {name: number for name, number in (("To", to), ("From", sender)) if number}
        return await self._first(Page[Message], "Messages.json", {**ours, "DateSent<": sent_before.isoformat()})

    async def redact_message(self, sid: str) -> None:
        """Twilio forgets the words of a text, which can be done before it may be deleted."""
        await self._exchange.ask("POST", self._one("Messages", sid), form={"Body": ""})

    async def delete_message(self, sid: str) -> None:
        """Twilio forgets a text. NotAtCarrier says that it has: a try before may have done it."""
        await self._exchange.ask("DELETE", self._one("Messages", sid))

    async def send_message(self, *, to: str, sender: str, body: str) -> Message:
        """Sends a text. Never asked twice where it may have been sent."""
        form = {"To": to, "From": sender, "Body": body}
        answer = await self._exchange.ask("POST", f"{self._account}Messages.json", form=form, creates=True)
        return read(Message, answer)

    def _listed(self, what: str, query: Mapping[str, str]) -> str:
        return f"{self._account}{what}?{urlencode({**query, 'PageSize': PAGE_SIZE})}"

    def _one(self, kind: str, sid: str) -> str:
        return f"{self._account}{kind}/{quote(sid, safe='')}.json"

    async def _first(self, kind: type[Page[Item]], what: str, query: Mapping[str, str]) -> list[Item]:
        """The first page of a list, the newest first."""
        return read(kind, await self._exchange.ask("GET", self._listed(what, query))).items

    async def _all(self, kind: type[Page[Item]], what: str, query: Mapping[str, str]) -> list[Item]:
        """Every page of a list. A next page that is not this account's, or was seen, is an answer gone wrong."""
        items: list[Item] = []
        following: str | None = self._listed(what, query)
        seen: set[str] = set()
        while following:
            if following in seen or not following.startswith(self._account):
                raise not_understood()
            seen.add(following)
            page = read(kind, await self._exchange.ask("GET", following))
            items += page.items
            following = page.next_page_uri
        return items
