"""A clock that a test sets."""

from __future__ import annotations

from datetime import datetime


class Clock:
    """Gives the time it was set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The time."""
        return self.moment
