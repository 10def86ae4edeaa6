"""Test calls to the organisations' own numbers, one at a time: only a key pressed by a person counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

import anyio

from helpline.carrier.test_calls import DocumentsOfTestCalls, RungNumber
from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Table
from helpline.errors import CarrierAway, CarrierRefused, NotAtCarrier
from helpline.flow.call import RING_SECONDS
from helpline.storage.tested_number import TestedNumber
from helpline.upkeep.deleting import stops_all
from helpline.upkeep.quiet_hours import is_quiet

if TYPE_CHECKING:
    from helpline.storage.rung import Rung

POLL_SECONDS = 2.0
MOST_POLLS = 60  # two minutes: to ring, and to hear the words twice
ACCEPTED: Literal["accepted"] = "accepted"

Outcome = Literal["accepted", "unaccepted", "no-answer", "busy", "failed", "not-rung", "closed", "quiet"]
# How a call that is over ended, by Twilio's word: https://www.twilio.com/docs/voice/api/call-resource#call-status-values
_OVER: Mapping[str, Outcome] = {
    "completed": "unaccepted",
    "no-answer": "no-answer",
    "busy": "busy",
    "failed": "failed",
    "canceled": "failed",
}


class Placed(Protocol):
    """A call as Twilio has it now."""

    @property
    def sid(self) -> str:
        """Its SID."""

    @property
    def status(self) -> str:
        """Twilio's word for where it stands."""


class Telephone(Protocol):
    """What places calls; see helpline.carrier.rest. All of it raises CarrierAway, CarrierRefused or NotAtCarrier."""

    async def place_call(self, *, to: str, caller_id: str, twiml: str, ring_seconds: int) -> Placed:
        """Rings a number and plays a document."""

    async def call(self, sid: str) -> Placed:
        """The call as it stands."""


@dataclass(frozen=True)
class Target:
    """One number to ring: number `place`, from 1, of its line; `closed` where nobody is there now."""

    number: TestedNumber
    place: int
    closed: bool

    @property
    def name(self) -> str:
        """As the table names it, such as "utrecht advice 2"."""
        return f"{self.number.organisation} {self.number.line} {self.place}"


@dataclass(frozen=True)
class Result:
    """How the test call to a number went; `problem` is why Twilio did not place it, or empty.

    `of_the_account` says that Twilio would refuse every other number too.
    """

    target: Target
    outcome: Outcome
    problem: str = ""
    of_the_account: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether it rang there, so that it says something of the number; a closed line was not to be rung."""
        return self.outcome not in ("quiet", "not-rung")

    @property
    def is_well(self) -> bool:
        """Accepted, or not rung since nobody is there at this hour."""
        return self.outcome in (ACCEPTED, "closed")


def targets(table: Table, organisation: str | None, now: datetime) -> Iterator[Target]:
    """Every number of one organisation, or all, as the table has them at `now`. Raises UnknownRegion."""
    for slug in [organisation] if organisation else table.organisations:
        found = table.organisation(slug)
        for kind, line in (("advice", found.advice), ("doctors", found.doctors)):
            if line is not None:
                closed = line.hours is not None and not line.hours.open_at(now)
                for place, number in enumerate(line.numbers, start=1):
                    yield Target(TestedNumber(slug, kind, number), place, closed)


def accepted_lines(results: Iterable[Result]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The lines all of whose numbers accepted, by organisation and line, with these numbers in order."""
    lines: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        lines.setdefault((result.target.number.organisation, result.target.number.line), []).append(result)
    return {
        line: tuple(result.target.number.number for result in its)
        for line, its in lines.items()
        if all(result.outcome == ACCEPTED for result in its)
    }


@dataclass(frozen=True)
class Ringer:
    """Rings numbers of `table`, as long as no `quiet_hours` begin; the service that serves the table takes the key."""

    telephone: Telephone
    table: Table
    documents: DocumentsOfTestCalls
    rung: Rung
    caller_id: str
    clock: Callable[[], datetime]
    quiet_hours: str

    async def ring_all(self, numbers: Sequence[Target], told: Callable[[Result], None]) -> list[Result]:
        """Rings one after another; each result is `told` as it comes. Raises DatabaseAway.

        Where the account itself is refused, such as for a wrong token, no other number is asked for.
        """
        results: list[Result] = []
        for target in numbers:
            refused = bool(results) and results[-1].of_the_account
            results.append(Result(target, "not-rung", of_the_account=True) if refused else await self._rung(target))
            told(results[-1])
        return results

    async def _rung(self, target: Target) -> Result:
        if target.closed:
            return Result(target, "closed")
        if is_quiet(self.quiet_hours, self.clock().astimezone(AMSTERDAM).time()):
            return Result(target, "quiet")
        placed = await self._placed(target)
        if isinstance(placed, Result):
            if placed.outcome != "not-rung":
                await anyio.to_thread.run_sync(self.rung.add, target.number, placed.outcome, self.clock())
            return placed
        ended = await self._ended(placed.sid)
        outcome = await anyio.to_thread.run_sync(self._kept, target.number, placed.sid, ended)
        return Result(target, outcome)

    def _kept(self, number: TestedNumber, call: str, ended: Outcome) -> Outcome:
        """How the call ended once its key counts too, which came to the service: it wrote it down before it thanked.

        No key of another call counts, nor one that somebody sends again.
        """
        outcome = ACCEPTED if self.rung.was_pressed(number, call) else ended
        self.rung.add(number, outcome, self.clock(), call)
        return outcome

    async def _placed(self, target: Target) -> Placed | Result:
        """The call, or why there is none."""
        number = RungNumber(target.number.organisation, target.number.line, target.place, self.table.version)
        twiml = self.documents.asked(number, self.table)
        to = target.number.number
        try:
            return await self.telephone.place_call(
                to=to, caller_id=self.caller_id, twiml=twiml, ring_seconds=RING_SECONDS
            )
        except (CarrierAway, CarrierRefused, NotAtCarrier) as fault:
            outcome: Outcome = "failed" if _of_the_number(fault) else "not-rung"
            refused = isinstance(fault, CarrierRefused) and stops_all(fault)
            return Result(target, outcome, f"{fault} {fault.help}", of_the_account=refused)

    async def _ended(self, sid: str) -> Outcome:
        """How the call ended for Twilio, which does not know of the key."""
        for _ in range(MOST_POLLS):
            await anyio.sleep(POLL_SECONDS)
            if (status := await self._status(sid)) in _OVER:
                return _OVER[status]
        return "unaccepted"

    async def _status(self, sid: str) -> str:
        """Twilio's word for where the call stands; a call that it has no more is over."""
        try:
            return (await self.telephone.call(sid)).status
        except NotAtCarrier:
            return "completed"
        except (CarrierAway, CarrierRefused):
            return "unknown"


def _of_the_number(fault: CarrierAway | CarrierRefused | NotAtCarrier) -> bool:
    """Twilio does not take the number, https://www.twilio.com/docs/api/errors (132xx and 212xx)."""
    return isinstance(fault, CarrierRefused) and fault.code is not None and fault.code // 100 in (132, 212)
