"""Once a day the service rings every number itself, at the time that is set, and tells whose did not accept.

1. One process does it: the first to claim the day. A round that breaks off is not begun again on that day.
2. A service that was not there at the time begins up to an hour late, and not at all after that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import anyio
import structlog

from helpline.directory.hours import AMSTERDAM
from helpline.publishing.publishing import Publishing
from helpline.storage.rung import Rung
from helpline.upkeep.alerts import Alerts
from helpline.upkeep.checked_days import publish_checked_days
from helpline.upkeep.ringing import Result, Ringer, accepted_lines, targets

EVERY_SECONDS = 20.0
MOST_LATE = timedelta(hours=1)

log = structlog.get_logger()

OpenRinger = Callable[[], AbstractAsyncContextManager[Ringer]]


@dataclass(frozen=True)
class DailyRound:
    """The round at `at`, a time of day in Amsterdam; `desk` makes what publishes, once a round has something to."""

    at: time
    ringer: OpenRinger
    rung: Rung
    desk: Callable[[], Publishing]
    alerts: Alerts
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Begins each day's round, until cancelled."""
        while True:
            await anyio.sleep(EVERY_SECONDS)
            try:
                await self.look()
            except Exception as fault:  # such as a database that is away
                log.error("round_broken_off", kind=type(fault).__name__)

    async def look(self) -> None:
        """Rings all, where it is time and nobody else has begun."""
        wall = self.clock().astimezone(AMSTERDAM)
        begins = datetime.combine(wall.date(), self.at, AMSTERDAM)
        if begins <= wall < begins + MOST_LATE and await self._claimed(wall.date().isoformat()):
            await self._round()

    async def _claimed(self, day: str) -> bool:
        return await anyio.to_thread.run_sync(self.rung.claim, day)

    async def _round(self) -> None:
        async with self.ringer() as ringer:
            numbers = [*targets(ringer.table, None, self.clock())]
            log.info("round_begun", numbers=len(numbers))
            results = await ringer.ring_all(numbers, self._tell)
        if left := sum(not result.is_placed for result in results):
            self.alerts.round_unfinished(left)
        accepted, day = accepted_lines(results), self.clock().astimezone(AMSTERDAM).date()
        published = await anyio.to_thread.run_sync(lambda: publish_checked_days(self.desk(), accepted, day))
        well = sum(result.is_well for result in results)
        log.info("round_over", well=well, others=len(results) - well, version=published.number if published else None)

    def _tell(self, result: Result) -> None:
        if not result.is_placed:
            log.warning("test_call_not_placed", line=result.target.name, problem=result.problem or result.outcome)
        elif not result.is_well:
            told = {"line": result.target.name, "outcome": result.outcome, "problem": result.problem or None}
            log.warning("test_call_unaccepted", **told)
            self.alerts.test_call_unaccepted(result.target.name, result.outcome)
