"""A new version is in use within two seconds, a faulty one is logged and the last good table stays."""

from __future__ import annotations

import time

import anyio
import structlog

from helpline.directory.live import Directory
from helpline.errors import DatabaseAway
from helpline.log import problem, without_words
from helpline.upkeep.alerts import Alerts
from helpline.upkeep.fallback import FallbackFile
from helpline.web.no_harm import no_harm

EVERY_SECONDS = 1.0
REMIND_EVERY_SECONDS = 3600  # of diversions, so that the log of any hour shows them

log = structlog.get_logger()


async def keep_table_fresh(directory: Directory, alerts: Alerts, fallback: FallbackFile | None) -> None:
    """Looks for newer versions, and at the clock, until cancelled."""
    await anyio.to_thread.run_sync(directory.current.warm)
    _tell_of_diversions(directory)
    await _write_fallback(fallback, directory)
    told, away = time.monotonic(), False
    while True:
        await anyio.sleep(EVERY_SECONDS)
        away = await _looked(directory, alerts, away=away)
        with no_harm():
            alerts.database(away=away)
        try:
            if await anyio.to_thread.run_sync(directory.follow):
                log.info("table_taken_up", version=directory.current.version, found_in=directory.found_in)
                _tell_of_diversions(directory)
                await _write_fallback(fallback, directory)
        except Exception as fault:
            log.error("clock_not_followed", problem=problem(fault), **without_words(fault))
        if time.monotonic() - told >= REMIND_EVERY_SECONDS:
            _tell_of_diversions(directory)
            told = time.monotonic()


async def _looked(directory: Directory, alerts: Alerts, *, away: bool) -> bool:
    """One look for a newer version; True when the database is away, which is told once, not every second."""
    try:
        await anyio.to_thread.run_sync(directory.look)
    except DatabaseAway as fault:
        if not away:
            log.error("database_away", problem=str(fault), live=directory.current.version)
        return True
    except Exception as fault:
        log.error("table_refused", problem=problem(fault), live=directory.current.version, **without_words(fault))
        with no_harm():
            alerts.table_refused()
    if away:
        log.info("database_back", live=directory.current.version)
    return False


async def _write_fallback(fallback: FallbackFile | None, directory: Directory) -> None:
    """The fallback document follows the table; where it cannot be written, nothing else is lost."""
    try:
        if fallback is not None:
            await anyio.to_thread.run_sync(fallback.write, directory.current)
    except Exception as fault:
        log.error("fallback_not_written", problem=problem(fault), **without_words(fault))


def _tell_of_diversions(directory: Directory) -> None:
    for diversion in directory.current.diversions.values():
        log.warning(
            "diversion_in_force",
            organisation=diversion.organisation,
            line=diversion.line,
            to="a number" if diversion.to_number else diversion.to,
            until=diversion.until.isoformat(),
        )
    for announcement in directory.current.announcements.values():
        log.warning(
            "announcement_in_force", organisation=announcement.organisation, until=announcement.until.isoformat()
        )
