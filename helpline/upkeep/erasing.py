"""Calls and texts are deleted at Twilio once they are over: queued by a request, tried until they are gone.

1. A request only leaves a SID in memory. All else happens beside the calls, and no fault of it reaches them.
2. What waits in memory is in the database within seconds; there it survives a restart.
3. What never came to the queue is found by a sweep, once an hour.
4. Several processes may do this on one database: deleted twice is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import anyio
import structlog
from anyio.to_thread import run_sync

from helpline.errors import CarrierRefused, DatabaseAway
from helpline.storage.erasures import Erasure, Erasures
from helpline.storage.source import LONGEST_CALL
from helpline.upkeep import deleting, patience, sweeping
from helpline.upkeep.deleting import Connect
from helpline.upkeep.waiting import CALL_SID, MESSAGE_SID, Waiting

EVERY_SECONDS = 5.0
LAST_WRITE_SECONDS = 3.0  # at the end, of the ten that a stopping server has
AFTER_THE_END = timedelta(seconds=60)  # "wait at least 1 minute", https://www.twilio.com/docs/api/errors/20009
SWEEP_EVERY = timedelta(hours=1)
AT_ONCE = 100  # taken from the queue in one round

Clock = Callable[[], datetime]
Tell = Callable[[int], None]

log = structlog.get_logger()


class Eraser:
    """Deletes what is over. `tell` gets how many were just given up; like a request, it waits for nothing."""

    def __init__(
        self,
        erasures: Erasures,
        rest_factory: Callable[[], Connect],
        clock: Clock,
        own_numbers: Sequence[str],
        tell: Tell,
    ) -> None:
        self._erasures = erasures
        self._twilio = rest_factory
        self._clock = clock
        self._own_numbers = own_numbers
        self._tell = tell
        self._waiting = Waiting()
        self._database_away = False
        self._given_up = self._told_given_up = 0
        self._stops = 0
        self._pause_until = self._sweep_at = datetime.min.replace(tzinfo=UTC)

    @property
    def waiting(self) -> int:
        """How many SIDs are on their way to the database."""
        return len(self._waiting)

    @property
    def given_up(self) -> int:
        """How many were given up since this process began."""
        return self._told_given_up + self._given_up

    def call_begun(self, sid: str) -> None:
        """A call came in. It is deleted when no call can last any longer, should nobody tell that it is over."""
        self._waiting.put(sid, CALL_SID, self._clock() + LONGEST_CALL)

    def call_over(self, sid: str) -> None:
        """A call, or a leg of one, is over."""
        self._waiting.put(sid, CALL_SID, self._clock() + AFTER_THE_END)

    def text_over(self, sid: str) -> None:
        """A text came in, or one of ours was sent."""
        self._waiting.put(sid, MESSAGE_SID, self._clock() + AFTER_THE_END)

    async def run(self) -> None:
        """Deletes until cancelled; then what waits in memory is written once more."""
        try:
            while True:
                await self.round()
                await anyio.sleep(EVERY_SECONDS)
        finally:
            with anyio.move_on_after(LAST_WRITE_SECONDS, shield=True):
                await self._last_write()

    async def round(self) -> None:
        """Writes what waits, sweeps where it is time, and tries all that is due; whatever fails is told, not raised."""
        try:
            await self._write()
            if self._clock() >= self._sweep_at:
                await self._sweep()
            if self._clock() >= self._pause_until:
                await self._delete_due()
            self._tell_of_given_up()
        except DatabaseAway as away:
            if not self._database_away:
                log.error("erasure_database_away", problem=str(away), help=away.help)
            self._database_away = True
        except Exception as fault:
            log.error("erasing_failed", kind=type(fault).__name__)  # no words of it: they are not ours

    async def _write(self) -> None:
        if dropped := self._waiting.dropped():
            log.error("erasures_dropped", count=dropped, help="Mend the database; a sweep finds them within two days.")
        these = self._waiting.all()
        if these:
            await run_sync(self._erasures.add, these, abandon_on_cancel=True)
            self._waiting.written(these)

    async def _last_write(self) -> None:
        try:
            await self._write()
        except Exception:
            log.error("erasures_dropped", count=len(self._waiting.all()), help="A sweep finds them within two days.")

    async def _sweep(self) -> None:
        now = self._clock()
        self._sweep_at = now + SWEEP_EVERY
        try:
            async with self._twilio() as twilio:
                sids = await sweeping.left_over(twilio, self._own_numbers, now.astimezone(UTC).date())
        except Exception as fault:
            log.warning("erasure_sweep_failed", kind=type(fault).__name__, code=_code(fault))
            return
        await run_sync(self._erasures.add, dict.fromkeys(sids, now))

    async def _delete_due(self) -> None:
        due = await run_sync(self._erasures.due, self._clock(), AT_ONCE)
        if self._database_away:
            log.info("erasure_database_back")
            self._database_away = False
        if not due:
            return
        async with self._twilio() as twilio:
            for erasure in due:
                await self._write()  # what is over meanwhile does not wait for a long queue
                try:
                    await deleting.delete(twilio, erasure.sid)
                except Exception as fault:
                    await self._failed(erasure, fault)
                    if deleting.stops_all(fault):
                        self._stop(fault)
                        return
                else:
                    self._stops = 0
                    await run_sync(self._erasures.done, erasure.sid)

    async def _failed(self, erasure: Erasure, fault: Exception) -> None:
        tries = erasure.tries + 1
        if patience.is_over(tries, fault):
            await run_sync(self._erasures.give_up, erasure.sid)
            self._given_up += 1
        else:
            await run_sync(self._erasures.later, erasure.sid, self._clock() + patience.wait(tries), tries)

    def _stop(self, fault: Exception) -> None:
        """Nothing is tried for a while, so that a wrong token or an outage costs one try, not one of each."""
        if not self._stops:
            log.warning("erasing_paused", kind=type(fault).__name__, code=_code(fault))
        self._stops += 1
        self._pause_until = self._clock() + patience.pause(self._stops)

    def _tell_of_given_up(self) -> None:
        count, self._given_up = self._given_up, 0
        self._told_given_up += count
        if count:
            log.error("erasure_given_up", count=count, help="See why, then run: helpline twilio erase")
            self._tell(count)


def _code(fault: Exception) -> int | None:
    """Twilio's number for why; None where there is none."""
    return fault.code if isinstance(fault, CarrierRefused) else None
