"""A changed table is taken up within two seconds; a faulty change is logged and the last good table stays."""

from __future__ import annotations

import anyio
import structlog

from helpline.directory.live import Directory

EVERY_SECONDS = 1.0

log = structlog.get_logger()


async def keep_table_fresh(directory: Directory) -> None:
    """Looks at the region files until cancelled."""
    while True:
        await anyio.sleep(EVERY_SECONDS)
        told = directory.problem
        try:
            if await anyio.to_thread.run_sync(directory.refresh):
                log.info("table_taken_up", version=directory.current.version)
        except Exception as fault:
            log.error("table_not_read", fault=type(fault).__name__)
        if directory.problem is not None and directory.problem is not told:
            log.error("table_refused", problem=str(directory.problem), live=directory.current.version)
