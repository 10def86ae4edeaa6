"""One trial: callers ring while something fails, and when all is written it is reckoned what that cost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from tests.failures.books import Books
from tests.failures.callers import Callers, Country
from tests.failures.figures import Tell
from tests.failures.machine import Machine, until
from tests.failures.reckoning import Counted, Reckoning, reckoned

WRITTEN, DROPPED, WAITING = "records_written_total", "records_dropped_total", "records_waiting"
STILL_SECONDS = 1.5  # a worker's numbers reach the page once a second


class Trial:
    """On machines that run, and which count on from what they have counted when this is made."""

    def __init__(self, machines: Sequence[Machine], country: Country, books: Books, tell: Tell) -> None:
        self.machines = machines
        self.books = books
        self._country = country
        self._tell = tell
        self._before = counted(machines)
        self._log_before = [machine.log.stat().st_size for machine in machines]

    def callers(self, connect_to: str = "", **more: Any) -> Callers:
        """Those who ring the first machine, or whatever hands them on to all."""
        return Callers(connect_to or self.machines[0].address, self._country, **more)

    def lines(self, event: str) -> list[dict[str, Any]]:
        """What the machines have logged of one kind since then."""
        logs = zip(self.machines, self._log_before, strict=True)
        return [line for machine, before in logs for line in machine.lines(event, after=before)]

    def until_told(self, event: str) -> None:
        """Returns when one of them has."""
        until(lambda: bool(self.lines(event)), f"{event} in the log")

    def reckoned(self, callers: Callers, what: str, *, counts: bool = True) -> Reckoning:
        """What it cost, told under this title, when no machine has anything to write any more.

        What they counted `counts` not where one was killed: some of it went with that one.
        """
        settled(self.machines)
        since = counted(self.machines).since(self._before) if counts else None
        reckoning = reckoned(callers.played, self.books, since)
        self._tell(reckoning.told(what))
        return reckoning

    def costs_nothing(self, callers: Callers, what: str) -> None:
        """The same; and no caller is lost, wrongly routed or left to the fallback document, no note and no row."""
        reckoning = self.reckoned(callers, what)
        assert reckoning.lost == []
        assert reckoning.wrong == []
        assert reckoning.by_fallback == 0
        assert reckoning.counted == Counted(reckoning.noted, 0)
        assert reckoning.not_right == []


def counted(machines: Sequence[Machine]) -> Counted:
    """What they say by now, together."""
    pages = [machine.metrics() for machine in machines]
    written, dropped = (sum(page.get(f"helpline_{name}{{}}", 0) for page in pages) for name in (WRITTEN, DROPPED))
    return Counted(round(written), round(dropped))


def settled(machines: Sequence[Machine]) -> None:
    """Returns when none of them has a note to write any more, and all their workers have said so."""
    still_since = time.monotonic()

    def is_still() -> bool:
        nonlocal still_since
        if any(machine.metric(WAITING) for machine in machines):
            still_since = time.monotonic()
        return time.monotonic() - still_since >= STILL_SECONDS

    until(is_still, "all records written")
