"""Every error of ours in one tree; each says what is wrong and, in `help`, what to do about it.

HelplineError
├── SettingsFault      the service cannot start as it is set
├── GeographyFault     a table in regions/geography/ cannot be read
├── RegionsRefused     the region files have problems; the table made of them is not used
├── UnknownRegion      nothing is called that in this version of the table
├── Diverged           a trail does not fit today's conversation
└── SimulatorFault     (in the simulator) a rehearsal that cannot be played

No message ever holds a caller's number, postcode, keys or words.
"""

from __future__ import annotations


class HelplineError(Exception):
    """What is wrong, as one sentence; `help` says what to do, or is empty."""

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word people know
        super().__init__(message)
        self.help = help


class SettingsFault(HelplineError):
    """The service cannot start as it is set."""


class GeographyFault(HelplineError):
    """A table in regions/geography/ cannot be read."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(
            f"{file}:{line}: {what}",
            help="These tables are generated: put the committed file back, or run scripts/geography.py again.",
        )
        self.file = file
        self.line = line


class RegionsRefused(HelplineError):
    """The region files have problems; `report` names each with its file and line."""

    def __init__(self, report: str, count: int) -> None:
        things = "problem" if count == 1 else "problems"
        super().__init__(
            f"The region files have {count} {things}:\n{report}",
            help="Mend the files, then run: helpline regions check",
        )


class UnknownRegion(HelplineError):
    """Nothing is called that in this version of the table."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The routing table has no organisation called {name!r}.")
        self.name = name


class Diverged(HelplineError):
    """A trail does not fit today's conversation; the caller goes to the national desk."""
