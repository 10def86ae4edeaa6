"""What Twilio has of calls and texts that were never queued: their callback did not come, or the queue was lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from helpline.upkeep.deleting import AtTwilio

MOST = 500  # of a kind and number in one sweep: an account with years of calls is emptied bit by bit, the newest first


async def left_over(twilio: AtTwilio, own_numbers: Iterable[str], today: date) -> list[str]:
    """SIDs of calls to our numbers that ended before yesterday, and of texts to or from them before today, in UTC.

    At most MOST of each. Raises CarrierAway or CarrierRefused.
    """
    found: list[str] = []
    for number in own_numbers:
        for listed in (
            await twilio.calls_to(number, ended_before=today - timedelta(days=1)),
            await twilio.messages(to=number, sent_before=today),
            await twilio.messages(sender=number, sent_before=today),
        ):
            found += (each.sid for each in listed[:MOST])
    return found
