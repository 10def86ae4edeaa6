"""The log: one JSON line on stderr for each thing worth knowing, and never anything of a caller."""

from __future__ import annotations

import contextlib
import sys

import structlog


class Stderr:
    """Writes lines; one that cannot be written is lost, since a full disk or a closed pipe must not cost a call."""

    def msg(self, line: str) -> None:
        """One line."""
        with contextlib.suppress(OSError, ValueError):
            print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is where the log is written

    info = error = warning = msg


def configure() -> None:
    """Called once by each process, before it does anything."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: Stderr(),
        cache_logger_on_first_use=True,
    )
