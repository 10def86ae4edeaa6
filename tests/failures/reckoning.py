"""What a failure cost: callers, and records that are missing, held against those that the service says are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.failures.books import Books, Kept
from tests.failures.callers import Played


@dataclass(frozen=True)
class Counted:
    """What the service says of its records: notes that were written, and notes that were lost."""

    written: int
    dropped: int

    def since(self, before: Counted) -> Counted:
        """What came on top of that."""
        return Counted(self.written - before.written, self.dropped - before.dropped)


@dataclass(frozen=True)
class Reckoning:
    """Calls as they were played, the notes that must have been made of them, and what the service says of those.

    What a machine counted is None where that went with it. Of the calls that the service was `told_of`, `not_right` are
    those of which not all is kept as it was told, with what is.
    """

    played: Sequence[Played]
    told_of: Sequence[Played]
    noted: int
    counted: Counted | None
    not_right: Sequence[tuple[Played, Sequence[Kept]]]

    @property
    def calls(self) -> int:
        """How many there were."""
        return len(self.played)

    @property
    def lost(self) -> list[str]:
        """Why each lost caller was lost."""
        return [f"{each.judged.caller.seed}: {each.judged.lost}" for each in self.played if each.judged.lost]

    @property
    def wrong(self) -> list[str]:
        """Who was wrongly routed, and how."""
        return [f"{each.judged.caller.seed}: {each.judged.wrong}" for each in self.played if each.judged.wrong]

    @property
    def by_fallback(self) -> int:
        """How many were given the fallback document of the other host."""
        return sum(each.by_fallback for each in self.played)

    @property
    def slowest(self) -> float:
        """Seconds of the slowest request that was answered."""
        return max(sent.seconds for each in self.played for sent in each.sent if sent.status is not None)

    @property
    def unanswered(self) -> int:
        """Requests to which no answer came; each was sent again, or went to the fallback document."""
        return sum(sent.status is None for each in self.played for sent in each.sent)

    def told(self, what: str) -> str:
        """One line of figures."""
        return ", ".join(
            (
                f"{what}: {self.calls} calls",
                f"{len(self.lost)} lost",
                f"{len(self.wrong)} wrongly routed",
                *([f"{self.by_fallback} by the fallback document"] if self.by_fallback else ()),
                *([f"{self.unanswered} requests unanswered"] if self.unanswered else ()),
                f"slowest answer {self.slowest * 1000:.0f} ms",
                *self._notes(),
                f"{len(self.told_of) - len(self.not_right)} of {len(self.told_of)} records right",
            )
        )

    def _notes(self) -> Sequence[str]:
        if self.counted is None:
            return ()
        told = (f"{self.noted} notes", f"{self.counted.written} written", f"{self.counted.dropped} reported lost")
        missing = self.noted - self.counted.written - self.counted.dropped
        return (*told, f"{missing} gone unreported") if missing else told


def reckoned(played: Sequence[Played], books: Books, counted: Counted | None) -> Reckoning:
    """What these calls cost, while the service says that it `counted` so much of them."""
    told_of = [each for each in played if each.noted]
    return Reckoning(
        played,
        told_of,
        sum(len(each.noted) for each in told_of),
        counted,
        [(each, kept) for each, kept in books.of(told_of) if not any(row.is_right(each) for row in kept)],
    )
