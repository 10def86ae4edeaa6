"""One evening, simulated event by event: callers ring, workers are free or talk, chains go on, callers lose patience.

1. A number has so many workers; while all of them talk it is busy, and the call goes on at once, as the script says.
2. A free worker picks up after two rings, or, seldom, does not get there, and it rings out.
3. Who has heard no worker after as long as she is willing to wait, goes.
4. All that is drawn is drawn for each caller beforehand, so that the same callers can be tried on other staff.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from benchmarks.capacity.assumed import Assumed
from benchmarks.capacity.callers import Caller, Staff
from benchmarks.capacity.script import Conversation, Over, Rung, Spoken
from helpline.flow.call import RING_SECONDS
from helpline.flow.steps import NATIONAL
from helpline.simulator.ringing import EXTRA_RING_SECONDS, PICK_UP_SECONDS

BUSY_SECONDS = 3.0  # as the simulator plays it, until the carrier tells of it
RUNG_OUT_SECONDS = float(RING_SECONDS + EXTRA_RING_SECONDS)
FIRST, LATER, STAND_IN, DESK = ANSWERED = ("first number", "later number", "stand-in", "national desk")
NOBODY, WENT = UNREACHED = ("nobody", "went")
OUTCOMES = (*ANSWERED, *UNREACHED)


@dataclass(frozen=True)
class Ended:
    """How a call went: its outcome, how long the caller waited for it, and when the line was free again."""

    caller: Caller
    outcome: str
    waited: float
    over_at: float
    turns: int


class Evening:
    """One evening as it goes, with so many workers at each number."""

    def __init__(self, spoken: Spoken, staff: Staff, assumed: Assumed) -> None:
        self.spoken, self.assumed = spoken, assumed
        self.free = Counter(staff)
        self.ended: list[Ended] = []
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()

    def play(self, everybody: Sequence[Caller]) -> list[Ended]:
        """Everybody's call, each to its end."""
        for caller in everybody:
            self.at(caller.rings_at, _Call(self, caller).begins)
        while self._events:
            moment, _, happens = heapq.heappop(self._events)
            happens(moment)
        return self.ended

    def at(self, moment: float, happens: Callable[[float], None]) -> None:
        """What happens at a moment; of the same moment, what was put first comes first."""
        heapq.heappush(self._events, (moment, next(self._order), happens))

    def worker_free_at(self, moment: float, number: str) -> None:
        """From then on there is one worker more at the number."""
        self.at(moment, lambda _: self.free.update((number,)))


class _Call:
    """One call of an evening, from step to step."""

    def __init__(self, evening: Evening, caller: Caller) -> None:
        self._evening, self._caller = evening, caller
        self._goes_at = caller.rings_at + caller.patience
        self._rings = 0
        self._conversation = Conversation(caller.region, evening.spoken, evening.assumed.key_seconds)

    def begins(self, moment: float) -> None:
        """The caller rings."""
        self._follows(moment, self._conversation.goes_on())

    def _follows(self, moment: float, step: Rung | Over) -> None:
        then = moment + step.after
        if then > self._goes_at:
            self._ends(WENT, self._goes_at)
        elif isinstance(step, Over):
            self._ends(NOBODY, then)
        else:
            self._evening.at(then, lambda now: self._rings_at(now, step))

    def _rings_at(self, moment: float, rung: Rung) -> None:
        number, missed = rung.route.number, self._caller.misses[self._rings]
        self._rings += 1
        if not self._evening.free[number]:
            self._is_unanswered(moment + BUSY_SECONDS)
        elif missed:
            self._is_unanswered(moment + RUNG_OUT_SECONDS)
        else:
            self._evening.free[number] -= 1
            self._is_picked_up(moment + PICK_UP_SECONDS, rung)

    def _is_unanswered(self, moment: float) -> None:
        if moment > self._goes_at:
            self._ends(WENT, self._goes_at)
        else:
            self._evening.at(moment, lambda now: self._follows(now, self._conversation.goes_on("unanswered")))

    def _is_picked_up(self, moment: float, rung: Rung) -> None:
        joined, number = moment + rung.whispered, rung.route.number
        if joined > self._goes_at:  # while it rings or the worker is told who it is
            self._evening.worker_free_at(self._goes_at, number)
            self._ends(WENT, self._goes_at)
        else:
            over = joined + self._caller.talk
            self._evening.worker_free_at(over + self._evening.assumed.notes_seconds, number)
            self._ends(self._answered_by(rung), joined, over)

    def _answered_by(self, rung: Rung) -> str:
        if rung.route.organisation == self._caller.region:
            return LATER if rung.position else FIRST
        return DESK if rung.route.organisation == NATIONAL else STAND_IN

    def _ends(self, outcome: str, moment: float, over_at: float | None = None) -> None:
        turns = self._conversation.turns + 1  # the carrier tells of the end
        over = moment if over_at is None else over_at
        self._evening.ended.append(Ended(self._caller, outcome, moment - self._caller.rings_at, over, turns))
