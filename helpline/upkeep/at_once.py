"""All that is to be deleted at Twilio is tried at once, because an operator asks for it."""

from __future__ import annotations

from datetime import UTC, datetime

from anyio.to_thread import run_sync

from helpline.errors import CarrierAway, CarrierRefused
from helpline.storage.erasures import Erasures
from helpline.upkeep import deleting
from helpline.upkeep.deleting import AtTwilio

THE_LAST_MOMENT = datetime.max.replace(tzinfo=UTC)


async def delete_all(erasures: Erasures, twilio: AtTwilio, now: datetime) -> CarrierAway | CarrierRefused | None:
    """One try of each, given up or waiting; what fails waits as before. Gives the last fault, None where all are gone.

    Stops where the next would fare no better. Raises DatabaseAway.
    """
    last: CarrierAway | CarrierRefused | None = None
    await run_sync(erasures.again, now)
    for erasure in await run_sync(erasures.due, THE_LAST_MOMENT, None):
        try:
            await deleting.delete(twilio, erasure.sid)
        except (CarrierAway, CarrierRefused) as fault:
            last = fault
            if deleting.stops_all(fault):
                break
        else:
            await run_sync(erasures.done, erasure.sid)
    return last
