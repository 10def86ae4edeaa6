"""Plays a transcript against the running service, and tells how it went beside what was expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpline.simulator.acts import Transcript
from helpline.simulator.comparing import compare
from helpline.simulator.events import Ended, Event, Pressed, Rang
from helpline.simulator.faults import OutOfStep
from helpline.simulator.player import Call, Telephone
from helpline.simulator.replay import Replay, Verdict


@dataclass(frozen=True)
class Rehearsal:
    """How a transcript's call went: events in order, and after each the verdicts it allowed."""

    transcript: Transcript
    rows: tuple[Event | Verdict, ...]
    line_of: Callable[[str], str]

    @property
    def call(self) -> Call:
        """The call as it was played, which can be written down as a transcript."""
        return Call(self.transcript.caller, tuple(row for row in self.rows if not isinstance(row, Verdict)))

    @property
    def faults(self) -> tuple[Verdict, ...]:
        """The verdicts that do not hold."""
        return tuple(row for row in self.rows if isinstance(row, Verdict) and row.why)

    @property
    def ok(self) -> bool:
        """Whether every line holds, and Twilio had nothing to complain of."""
        return not self.faults

    @property
    def first_ring_seconds(self) -> float | None:
        """Seconds from the answer to the first ring; None if nothing rang."""
        return next((row.at for row in self.rows if isinstance(row, Rang)), None)

    @property
    def seconds(self) -> float:
        """How long the call took."""
        return next((row.at for row in self.rows if isinstance(row, Ended)), 0.0)

    @property
    def keys_pressed(self) -> int:
        """How many keys the caller pressed."""
        return sum(len(row.keys) for row in self.rows if isinstance(row, Pressed) and not row.left_over)

    def report(self) -> str:
        """The faults, then the call as it went beside what was written of it; see `compare`."""
        name = self.transcript.name
        head = [f"{name}: {_place(fault)}{fault.why}" for fault in self.faults] or [f"{name}: holds"]
        return "\n".join([*head, "", *compare(self.rows, self.line_of), ""])


def rehearse(transcript: Transcript, telephone: Telephone, line_of: Callable[[str], str]) -> Rehearsal:
    """Plays the transcript; `line_of` names a dialled number, as in "utrecht advice 1"."""
    replay = Replay(transcript, line_of)
    try:
        telephone.call(transcript.caller, replay)
    except OutOfStep as stuck:
        replay.rows.append(Verdict(None, str(stuck)))
    replay.finish()
    return Rehearsal(transcript, tuple(replay.rows), line_of)


def _place(verdict: Verdict) -> str:
    return f"line {verdict.line.number}, `{verdict.line.text}`: " if verdict.line else ""
