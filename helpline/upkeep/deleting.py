"""One call or text deleted at Twilio: a call with its legs, a text at least without its words.

1. What Twilio does not have any more is deleted: another process, or we before a restart, did it.
2. A call goes after its legs: once it is gone nothing leads to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import date
from typing import Protocol

from helpline.errors import CarrierAway, CarrierRefused, NotAtCarrier

UNFINISHED = 20009  # "may take up to 14 days to be finalized", https://www.twilio.com/docs/api/errors/20009
# The account, its token or its rights, so every other SID would be refused too; None where Twilio gave no number.
OF_THE_ACCOUNT = frozenset({None, 10001, 20003, 20005, 20006, 20008, 20403, 70051})


class Named(Protocol):
    """A call or text as Twilio lists it."""

    @property
    def sid(self) -> str:
        """Its SID."""


class AtTwilio(Protocol):
    """What is asked of Twilio here. All of it raises CarrierAway, CarrierRefused or NotAtCarrier."""

    async def child_calls(self, parent: str) -> Sequence[Named]:
        """The legs of a call."""

    async def calls_to(self, number: str, *, ended_before: date) -> Sequence[Named]:
        """The calls to a number that ended before a day, in UTC."""

    async def delete_call(self, sid: str) -> None:
        """Deletes a call that is over, or a leg."""

    async def messages(self, *, to: str = "", sender: str = "", sent_before: date) -> Sequence[Named]:
        """The texts to or from a number that were sent before a day, in UTC."""

    async def redact_message(self, sid: str) -> None:
        """Takes the words out of a text."""

    async def delete_message(self, sid: str) -> None:
        """Deletes a text."""


Connect = AbstractAsyncContextManager[AtTwilio]


async def delete(twilio: AtTwilio, sid: str) -> None:
    """Deletes what has this SID. Raises CarrierAway or CarrierRefused; what was deleted before that stays deleted."""
    if sid.startswith("CA"):
        await _delete_call(twilio, sid)
    else:
        await _delete_message(twilio, sid)


def stops_all(fault: Exception) -> bool:
    """Whether the next SID would fare no better now."""
    return isinstance(fault, CarrierAway) or (isinstance(fault, CarrierRefused) and fault.code in OF_THE_ACCOUNT)


async def _delete_call(twilio: AtTwilio, sid: str) -> None:
    for leg in await twilio.child_calls(sid):
        with suppress(NotAtCarrier):
            await twilio.delete_call(leg.sid)
    with suppress(NotAtCarrier):
        await twilio.delete_call(sid)


async def _delete_message(twilio: AtTwilio, sid: str) -> None:
    try:
        with suppress(NotAtCarrier):
            await twilio.delete_message(sid)
    except CarrierRefused as refused:
        if not stops_all(refused):
            with suppress(NotAtCarrier, CarrierRefused):  # the words at least; why it stays is told below
                await twilio.redact_message(sid)
        raise
