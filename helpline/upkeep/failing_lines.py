"""Which lines are not answered: so many dials in a row within so many minutes, until one is answered."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

Unanswered = tuple[datetime, str]  # when, and the word for how the dial ended


class FailingLines:
    """A line fails after `most` unanswered dials in a row `within` this time."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most = most
        self._within = within
        self._rows: dict[str, deque[Unanswered]] = {}
        self._failing: set[str] = set()

    def is_failing(self, line: str) -> bool:
        """True from the dial that made it fail until one is answered."""
        return line in self._failing

    def unanswered(self, line: str, ending: str, now: datetime) -> list[Unanswered]:
        """The dials that are news: all in the row by which the line begins to fail, and each one after it."""
        if line in self._failing:
            return [(now, ending)]
        row = self._rows.setdefault(line, deque(maxlen=self._most))
        row.append((now, ending))
        if len(row) < self._most or now - row[0][0] > self._within:
            return []
        self._failing.add(line)
        return list(self._rows.pop(line))

    def answered(self, line: str) -> None:
        """Somebody answered: the row begins anew."""
        self._rows.pop(line, None)
        self._failing.discard(line)
