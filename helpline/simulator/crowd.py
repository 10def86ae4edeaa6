"""A day's callers at once: many calls played side by side, each drawn from a seed and judged when it is over."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

import httpx

from helpline.simulator.crowd_atlas import Atlas
from helpline.simulator.crowd_callers import draw
from helpline.simulator.crowd_connection import kept_connection
from helpline.simulator.crowd_judging import Judged, judge
from helpline.simulator.crowd_party import CrowdParty
from helpline.simulator.player import Telephone

AHEAD = 4  # times as many as are under way at once: a long call holds up the order, not those behind it


@dataclass(frozen=True)
class Crowd:
    """Callers of one telephone, so many under way `at_once`, in the country of this atlas."""

    telephone: Telephone
    atlas: Atlas
    at_once: int

    def play(self, seeds: Iterable[int]) -> Generator[Judged, None, None]:
        """The call of each seed, in this order, as soon as it is over; who stops listening stops the crowd."""
        own = threading.local()  # of each thread: its connection
        with ExitStack() as connections, ThreadPoolExecutor(self.at_once) as threads:

            def one(seed: int) -> Judged:
                if not hasattr(own, "transport"):
                    own.transport = connections.enter_context(kept_connection())
                return self._played(seed, own.transport)

            coming = iter(seeds)
            awaited = deque(threads.submit(one, seed) for seed in islice(coming, AHEAD * self.at_once))
            try:
                while awaited:
                    judged = awaited.popleft().result()
                    awaited.extend(threads.submit(one, seed) for seed in islice(coming, 1))
                    yield judged
            finally:
                for call in awaited:
                    call.cancel()

    def _played(self, seed: int, transport: httpx.BaseTransport) -> Judged:
        caller = draw(seed, self.atlas)
        party = CrowdParty(caller, self.atlas)
        call = self.telephone.call_over(transport, caller.number, party)
        return judge(caller, call, party.right, self.atlas)
