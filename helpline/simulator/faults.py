"""What can be wrong with a rehearsal itself, apart from what is wrong with the call."""

from __future__ import annotations

from helpline.errors import HelplineError


class SimulatorFault(HelplineError):
    """A rehearsal that cannot be played."""


class TranscriptFault(SimulatorFault):
    """A line of a transcript that cannot be read; the message names file, line and what is expected."""

    def __init__(self, name: str, line: int, what: str, *, expected: str) -> None:
        super().__init__(f"{name}, line {line}: {what}", help=expected)
        self.line = line


class OutOfStep(SimulatorFault):
    """The call has come to a place for which the transcript has no answer; it cannot go on."""
