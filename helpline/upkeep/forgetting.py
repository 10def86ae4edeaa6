"""Once an hour what is kept of calls and texts grows older: closed, cut loose from its call, and at last deleted.

Every process does it: what another has done already is done.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import anyio
import structlog
from anyio.to_thread import run_sync

from helpline.errors import DatabaseAway
from helpline.log import without_words
from helpline.storage.progress import whole_hour

if TYPE_CHECKING:
    from helpline.storage.retention import Retention

FIRST_SECONDS = 60.0  # a service that starts has other things to do
EVERY_SECONDS = 3600.0

log = structlog.get_logger()


class Forgetting:
    """Deletes what came in more than so many days ago, and before that what is not needed any more."""

    def __init__(self, retention: Retention, days: int, clock: Callable[[], datetime]) -> None:
        self._retention = retention
        self._days = timedelta(days=days)
        self._clock = clock

    async def run(self) -> None:
        """Looks once an hour, until cancelled; processes that started together do so apart."""
        await anyio.sleep(FIRST_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        while True:
            await self.look()
            await anyio.sleep(EVERY_SECONDS * random.uniform(0.9, 1.1))  # noqa: S311 - no secret

    async def look(self) -> None:
        """Does what is due; a database that is away has it done an hour later."""
        try:
            await run_sync(self._grow_older, self._clock(), abandon_on_cancel=True)
        except DatabaseAway as away:
            log.warning("records_not_looked_through", problem=str(away))
        except Exception as fault:
            log.error("records_not_looked_through", **without_words(fault))

    def _grow_older(self, now: datetime) -> None:
        if ended := self._retention.close(now):
            log.info("calls_closed", count=ended)
        self._retention.forget(now)
        deleted = self._retention.delete(whole_hour(now - self._days))
        if deleted.calls or deleted.texts:
            log.info("records_deleted", calls=deleted.calls, texts=deleted.texts)
