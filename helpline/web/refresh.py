"""A changed table is taken up within two seconds; a faulty change is logged and the last good table stays."""

from __future__ import annotations

import anyio
import structlog

from helpline.directory.live import Directory

EVERY_SECONDS = 1.0

log = structlog.get_logger()


async def keep_table_fresh(directory: Directory) -> None:
    """Looks at the region files until cancelled."""
    await anyio.to_thread.run_sync(directory.current.warm)
    while True:
        await anyio.sleep(EVERY_SECONDS)
        try:
            if await anyio.to_thread.run_sync(directory.refresh):
                log.info("table_taken_up", version=directory.current.version)
        except Exception as fault:
            log.error("table_refused", problem=str(fault), kind=type(fault).__name__, live=directory.current.version)
