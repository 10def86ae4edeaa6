"""What came of many evenings: counts by organisation and by minute, all per evening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import quantiles

from benchmarks.capacity.assumed import Assumed
from benchmarks.capacity.callers import callers, staff_of
from benchmarks.capacity.evening import ANSWERED, UNREACHED, Ended, Evening
from benchmarks.capacity.script import Spoken
from helpline.directory.table import Table

MINUTE = 60.0


@dataclass(frozen=True)
class Counted:
    """Of some callers, on average over the evenings; `waited` are the median and the 95 % point of who was answered."""

    callers: float
    outcomes: Mapping[str, float]
    waited: tuple[float, float]
    worst_minute: int
    waiting_then: float

    @property
    def unreached(self) -> float:
        """Who heard nobody."""
        return sum(self.outcomes.get(each, 0.0) for each in UNREACHED)

    @property
    def share_unreached(self) -> float:
        """Of all who rang."""
        return self.unreached / self.callers if self.callers else 0.0


@dataclass(frozen=True)
class Peak:
    """What the carrier and the machine have at once: the median evening, and the worst."""

    calls_at_once: tuple[int, int]
    calls_in_a_second: int
    turns_in_a_minute: int


def evenings(table: Table, assumed: Assumed, more: Mapping[str, int] | None = None) -> list[list[Ended]]:
    """So many evenings, with `more` workers at some organisations."""
    spoken, staff = Spoken(table), staff_of(table, assumed, more)
    seeds = range(assumed.seed, assumed.seed + assumed.runs)
    return [Evening(spoken, staff, assumed).play(callers(table, assumed, seed)) for seed in seeds]


def after_broadcast(played: Iterable[Iterable[Ended]], region: str | None = None) -> list[Ended]:
    """Whoever rang since the broadcast, of all evenings; of one organisation, or of all."""
    return [
        each
        for evening in played
        for each in evening
        if each.caller.rings_at >= 0 and region in (None, each.caller.region)
    ]


def counted(ended: Sequence[Ended], evenings_played: int) -> Counted:
    """The counts of these callers."""
    outcomes = Counter(each.outcome for each in ended)
    waited = sorted(each.waited for each in ended if each.outcome in ANSWERED)
    points = quantiles(waited, n=20, method="inclusive") if len(waited) > 1 else [0.0] * 19
    by_minute = waiting(ended, evenings_played)
    worst = max(by_minute, key=lambda minute: by_minute[minute], default=0)
    return Counted(
        len(ended) / evenings_played,
        {name: number / evenings_played for name, number in outcomes.items()},
        (points[9], points[18]),
        worst,
        by_minute.get(worst, 0.0),
    )


def waiting(ended: Iterable[Ended], evenings_played: int) -> dict[int, float]:
    """By minute since the broadcast, how many wait for a voice, on average over the minute and the evenings."""
    spans = ((each.caller.rings_at, each.caller.rings_at + each.waited) for each in ended)
    return _by_minute(spans, evenings_played)


def talking(ended: Iterable[Ended], evenings_played: int) -> dict[int, float]:
    """By minute, how many talk with a worker."""
    spans = ((each.caller.rings_at + each.waited, each.over_at) for each in ended)
    return _by_minute(spans, evenings_played)


def peak(played: Sequence[Sequence[Ended]]) -> Peak:
    """The most there is at once."""
    at_once = sorted(_most_at_once(evening) for evening in played)
    seconds = Counter((number, int(each.caller.rings_at)) for number, all_ in enumerate(played) for each in all_)
    turns: Counter[tuple[int, int]] = Counter()
    for number, evening in enumerate(played):
        for each in evening:
            turns[number, int(each.caller.rings_at // MINUTE)] += each.turns
    return Peak(
        (at_once[len(at_once) // 2], at_once[-1]), max(seconds.values(), default=0), max(turns.values(), default=0)
    )


def _by_minute(spans: Iterable[tuple[float, float]], evenings_played: int) -> dict[int, float]:
    parts: dict[int, float] = {}
    for begin, end in spans:
        for minute in range(int(begin // MINUTE), int(end // MINUTE) + 1):
            part = min(end, (minute + 1) * MINUTE) - max(begin, minute * MINUTE)
            parts[minute] = parts.get(minute, 0.0) + part
    return {minute: part / MINUTE / evenings_played for minute, part in sorted(parts.items())}


def _most_at_once(evening: Iterable[Ended]) -> int:
    changes = sorted(change for each in evening for change in ((each.caller.rings_at, 1), (each.over_at, -1)))
    return max(accumulate(step for _, step in changes), default=0)
