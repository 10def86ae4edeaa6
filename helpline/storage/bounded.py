"""A connection to PostgreSQL on which nobody waits for ever.

The server's own limits are of no use when the server itself hangs, and neither is TCP's: the kernel of its machine goes
on to say that all has arrived.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection, OperationalError, errors
from psycopg.abc import RV, PQGen

INTERVAL_SECONDS = 0.1  # psycopg's own: how soon a wait sees Ctrl-C


class BoundedConnection(Connection[tuple[Any, ...]]):
    """Every wait ends after `seconds` with an OperationalError, and the connection with it."""

    seconds: float = 5.0

    def wait(self, gen: PQGen[RV], interval: float = INTERVAL_SECONDS, timeout: float | None = None) -> RV:
        """What the server answers, as soon as it does; psycopg asks for every answer here."""
        try:
            return super().wait(gen, interval, timeout or self.seconds)
        except errors._WaitTimeout:  # documented for `wait` and not for export
            self.pgconn.finish()  # closed from here on: a rollback or a close would wait once more
            raise OperationalError(f"no answer within {self.seconds:g} s") from None
