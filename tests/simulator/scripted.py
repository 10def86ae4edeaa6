"""A party that does what it is told beforehand, in order, and keeps what it is told."""

from __future__ import annotations

from collections.abc import Sequence

from helpline.simulator.events import Event
from helpline.simulator.party import GatherReply, Keys, RingReply, Silent
from helpline.simulator.verbs import Gather


class Scripted:
    """Answers questions and rings from two lists; once the first is empty it is silent."""

    def __init__(
        self,
        *gathers: GatherReply,
        rings: Sequence[RingReply] = (),
        interrupting: Sequence[Keys | None] = (),
    ) -> None:
        self.gathers = list(gathers)
        self.rings = list(rings)
        self.interrupting = list(interrupting)
        self.events: list[Event] = []

    def interrupts(self, gather: Gather) -> Keys | None:
        """The next of the interruptions."""
        return self.interrupting.pop(0) if self.interrupting else None

    def at_gather(self, gather: Gather) -> GatherReply:
        """The next of the answers."""
        return self.gathers.pop(0) if self.gathers else Silent()

    def at_ring(self, number: str) -> RingReply:
        """The next of the ends."""
        return self.rings.pop(0)

    def note(self, event: Event) -> None:
        """Keeps it."""
        self.events.append(event)
