"""Which alerts are told when: those of a minute as one message, and the same alert once an hour with its count.

1. An alert waits a minute for others, and all that came by then go out together.
2. An alert of a kind and subject that was told is held back for an hour, counted, and told then as so many more.
3. Good news is never held back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal[
    "line_fails",
    "line_answers",
    "national_desk_reached",
    "nobody_reached",
    "table_refused",
    "erasure_given_up",
    "records_lost",
    "fault",
    "database_away",
    "database_back",
    "round_unfinished",
    "test_call_unaccepted",
]
GOOD_NEWS = ("line_answers", "database_back")
TOGETHER = timedelta(seconds=60)
HELD_BACK = timedelta(hours=1)
MOST_KEPT = 200  # of different alerts; far more than there are lines, and few enough to read


@dataclass(frozen=True)
class Alert:
    """One thing that happened `count` times since a moment; `more` where it was told before, at that moment.

    `endings` counts how the dials ended, where it is about dials, the most frequent first.
    """

    kind: Kind
    subject: str
    count: int
    since: datetime
    endings: tuple[tuple[str, int], ...] = ()
    more: bool = False


@dataclass
class _Open:
    """Not told yet."""

    since: datetime
    raised: datetime
    count: int = 0
    endings: Counter[str] = field(default_factory=Counter)


class AlertGroups:
    """Keeps what is to be told, in memory and bounded."""

    def __init__(self) -> None:
        self._open: dict[tuple[Kind, str], _Open] = {}
        self._told: dict[tuple[Kind, str], datetime] = {}

    def add(
        self,
        kind: Kind,
        subject: str,
        now: datetime,
        *,
        count: int = 1,
        since: datetime | None = None,
        endings: Sequence[str] = (),
    ) -> None:
        """It happened now, `count` times, for the first time at `since` where that was earlier."""
        key = kind, subject
        if key not in self._open and len(self._open) >= MOST_KEPT:
            return  # what else is told is alarming enough
        entry = self._open.setdefault(key, _Open(since or now, now))
        entry.count += count
        entry.endings.update(endings)

    def due(self, now: datetime) -> list[Alert]:
        """What is to be told now, as one message, the oldest first; each is told once. Empty while nothing is."""
        ready = {key: at for key in self._open if (at := self._ready_at(key)) <= now}
        if not ready or now - min(ready.values()) < TOGETHER:
            return []
        alerts = [self._taken(key) for key in sorted(ready, key=lambda key: ready[key])]
        self._told = {key: at for key, at in self._told.items() if now - at < HELD_BACK or key in self._open}
        self._told |= {(alert.kind, alert.subject): now for alert in alerts if alert.kind not in GOOD_NEWS}
        return alerts

    def _ready_at(self, key: tuple[Kind, str]) -> datetime:
        raised = self._open[key].raised
        return max(raised, self._told[key] + HELD_BACK) if key in self._told else raised

    def _taken(self, key: tuple[Kind, str]) -> Alert:
        entry, told = self._open.pop(key), self._told.get(key)
        more = told is not None and told + HELD_BACK > entry.raised  # it was held back
        since = told if more and told else entry.since
        return Alert(*key, entry.count, since, tuple(entry.endings.most_common()), more)
