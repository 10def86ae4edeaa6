"""Every error of ours in one tree; each says what is wrong and, in `help`, what to do about it.

HelplineError
├── SettingsFault      the service cannot start as it is set
├── GeographyFault     a table in regions/geography/ cannot be read
├── RegionsRefused     a routing table has problems, and is not used
├── PathsRefused       with a routing table some call would be left without a route; it is not used
├── ChangeRefused      a change of the table that cannot be made as asked
├── UnknownRegion      nothing is called that in this version of the table
├── DatabaseAway       the database cannot be reached or written
│   └── DatabaseEmpty  it can be reached, and what must be in it is not there
├── DatabaseNewer      the database was brought further than this program knows
├── BackupRefused      a backup that cannot be made or restored as asked
├── BackupAway         the file of a backup cannot be read or written
├── PublishedMeanwhile somebody published a version first
├── UnknownVersion     no version has that number
├── VersionAltered     a version in the database is not as it was published
├── OperatorRefused    an operator of the console that cannot be added, changed or removed as asked
├── DraftRefused       a draft of the table that cannot be begun, kept or thrown away as asked
├── DraftChanged       somebody changed a draft first
├── CarrierAway        Twilio could not be reached, or cannot answer now; asking again later may help
├── CarrierRefused     Twilio will not do what was asked, and asking again will not help
├── NotAtCarrier       Twilio has nothing under that SID
├── Diverged           a trail does not fit today's conversation
└── SimulatorFault     (in the simulator) a rehearsal that cannot be played

No message ever holds a caller's number, postcode, keys or words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


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
            help="These tables are generated: put the committed file back, or run the script that the head names.",
        )
        self.file = file
        self.line = line


class Wrong(Protocol):
    """One problem of a routing table, as helpline/directory/problems.py has them."""

    @property
    def code(self) -> str:
        """Its stable code."""

    @property
    def what(self) -> str:
        """What is wrong."""

    @property
    def help(self) -> str:
        """What to do."""

    @property
    def warning(self) -> bool:
        """Whether calls can be routed all the same."""


class RegionsRefused(HelplineError):
    """The routing table has problems; `report` names each with its file and line, `problems` are the same."""

    def __init__(self, report: str, counted: str, problems: Sequence[Wrong] = ()) -> None:
        super().__init__(
            f"The routing table has {counted}:\n{report}",
            help="Mend the files, then run: helpline regions check",
        )
        self.report = report
        self.problems = problems


class PathsRefused(HelplineError):
    """With a routing table a path of the conversation breaks a rule; `told` is the shortest call that shows it."""

    def __init__(self, told: str) -> None:
        super().__init__(
            f"With this table a call could be left without a route:\n{told}",
            help="Nothing was changed. If the conversation itself is at fault, helpline flow check says so too.",
        )


class ChangeRefused(HelplineError):
    """A change of the table that cannot be made as asked."""


class UnknownRegion(HelplineError):
    """Nothing is called that in this version of the table."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The routing table has no organisation called {name!r}.", help="See all: helpline regions show"
        )
        self.name = name


class DatabaseAway(HelplineError):
    """The database cannot be reached or written; `words` are the driver's own, in short."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"The database cannot be reached or written: {words}.",
            help="See that DATABASE_URL is right, that the server runs or the folder can be written, and has room.",
        )
        self.words = words


class DatabaseEmpty(DatabaseAway):
    """The database can be reached, and what must be in it is not there: it is a new one, or was emptied."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.help = "Is it the right one? Then bring it up to date: helpline database upgrade"


class DatabaseNewer(HelplineError):
    """The database was brought further than this program knows, so it cannot tell what is in there."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"This program is older than the database, which is at revision {revision!r}.",
            help="Run the newest program that has used this database.",
        )


class BackupRefused(HelplineError):
    """A backup that cannot be made or restored as asked; no file and no database was changed."""


class BackupAway(HelplineError):
    """The file of a backup cannot be read or written."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message, help="See that its folder is there and can be written, and that it and TMPDIR have room."
        )


class PublishedMeanwhile(HelplineError):
    """Somebody published version `number` first, so what was seen of the difference is not the difference any more."""

    def __init__(self, number: int, author: str, reason: str) -> None:
        super().__init__(
            f"Version {number} was published meanwhile, by {author}: {reason}",
            help="Look at the difference again: helpline regions diff",
        )
        self.number = number


class UnknownVersion(HelplineError):
    """No version has that number; `newest` is None where none was published."""

    def __init__(self, number: int, newest: int | None) -> None:
        there_are = "none was published yet" if newest is None else f"the newest is {newest}"
        super().__init__(f"There is no version {number}: {there_are}.", help="See them: helpline regions log")
        self.number = number


class VersionAltered(HelplineError):
    """A version in the database is not as it was published, and is not used."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Version {number} in the database is not as it was published.",
            help="Somebody or something wrote to the database past this program: put back its last backup.",
        )
        self.number = number


class OperatorRefused(HelplineError):
    """An operator of the console that cannot be added, changed or removed as asked."""


class DraftRefused(HelplineError):
    """A draft of the table that cannot be begun, kept or thrown away as asked."""


class DraftChanged(HelplineError):
    """Somebody changed a draft first, so what was changed is not what is there any more; `revision` is what is."""

    def __init__(self, name: str, revision: int, author: str) -> None:
        super().__init__(
            f"The draft {name} was changed meanwhile, by {author}.", help="Look at it as it is now, and change that."
        )
        self.name = name
        self.revision = revision
        self.author = author


class CarrierAway(HelplineError):
    """Twilio could not be reached, or cannot answer now (429, 5xx, half an answer); asking again later may help.

    `perhaps_done` says that what was asked may have been done all the same, so that asking again may do it twice.
    """

    def __init__(self, message: str, *, help: str = "", perhaps_done: bool = False) -> None:  # noqa: A002
        super().__init__(message, help=help)
        self.perhaps_done = perhaps_done


class CarrierRefused(HelplineError):
    """Twilio will not do what was asked; `code` is Twilio's own number for why, None where it gave none."""

    def __init__(self, message: str, *, code: int | None, help: str) -> None:  # noqa: A002 - the word people know
        super().__init__(message, help=help)
        self.code = code


class NotAtCarrier(HelplineError):
    """Twilio has nothing under that SID: it was deleted, or belongs to another account."""


class Diverged(HelplineError):
    """A trail does not fit today's conversation; the caller goes to the national desk."""
