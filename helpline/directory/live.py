"""The table in use: a new version is taken up whole, and the last good one stays where a new one has problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from helpline.directory.content import Content
from helpline.directory.table import Table
from helpline.directory.version import Version
from helpline.errors import DatabaseAway, DatabaseEmpty, HelplineError

REFUSED = "The last change of the routing table was not taken up; the log says what is wrong with it."
AWAY = "The database is away: changes are taken up when it is back."
EMPTY = "The database is empty: calls go by what this machine has, which could not be put back yet."
KEPT_VERSIONS = 50  # a call may last hours; an operator does not change the table fifty times in that time


@dataclass(frozen=True)
class Edition:
    """A version as a source hands it out: its name, what it holds, and where it was found."""

    name: str
    content: Content
    found_in: str


class Source(Protocol):
    """Where versions come from."""

    def candidates(self) -> Iterable[Edition]:
        """What a service that starts can begin with, the best first; it takes the first that is sound."""

    def recent(self) -> Iterable[Edition]:
        """The versions before the live one that calls may still be on."""

    def newer(self) -> Edition | None:
        """The live version where it is another than when this was last asked; None where it is not."""

    def taken_up(self, edition: Edition) -> None:
        """This edition is sound and in use."""


class Directory:
    """The table in force, and the versions that calls may still be on.

    `checked` makes a sound version of an edition or raises a HelplineError. Where a service that starts finds none that
    is sound, the error of the first is raised.
    """

    def __init__(self, source: Source, checked: Callable[[Edition], Version], clock: Callable[[], datetime]) -> None:
        self._source = source
        self._checked = checked
        self._clock = clock
        self._versions: dict[str, Version] = {}
        self._refused = False
        self._away: str | None = None
        self._live = self._first()
        self.current = self._live.in_force(clock())
        self.since = clock()
        for edition in source.recent():
            self._keep_recent(edition)

    @property
    def problem(self) -> str | None:
        """What keeps changes from being taken up, in words that anybody may read; None where nothing does."""
        return REFUSED if self._refused else self._away

    @property
    def version(self) -> Version:
        """The version in use, of which `current` is the table in force."""
        return self._live

    def at(self, table: str) -> Table:
        """The table a call began with; the current one where it cannot be had here."""
        name, _, rest = table.partition("-")
        number, _, country = rest.partition("-")
        version = self._versions.get(name)
        if version is None or country != version.country.digest or not (number.isascii() and number.isdigit()):
            return self.current
        try:
            return version.numbered(int(number))
        except IndexError:
            return self.current

    def look(self) -> None:
        """Look for a newer version and take it up whole.

        A faulty one raises what is wrong with it, once, and leaves `problem` saying that there is one; so does a
        database that is away, each time.
        """
        try:
            edition = self._source.newer()
        except DatabaseAway as fault:
            self._away = EMPTY if isinstance(fault, DatabaseEmpty) else AWAY
            raise
        except HelplineError:
            self._refused = True
            raise
        self._away = None
        if edition is not None:
            try:
                self._take_up(self._checked(edition), edition)
            except Exception:
                self._refused = True
                raise
            self._refused = False

    def follow(self) -> bool:
        """Bring the table in force into use; True when it is another, be it by a new version or by the clock."""
        table = self._live.in_force(self._clock())
        if table.version == self.current.version:
            return False
        table.warm()
        self.current = table  # one assignment: a turn sees the old table or the new one, never both
        self.since = self._clock()
        return True

    def _first(self) -> Version:
        faults: list[HelplineError] = []
        for edition in self._source.candidates():
            try:
                version = self._checked(edition)
            except HelplineError as fault:
                faults.append(fault)
                self._refused = True
                continue
            self._take_up(version, edition)
            return version
        raise faults[0]

    def _take_up(self, version: Version, edition: Edition) -> None:
        self._versions = dict([*self._versions.items(), (version.name, version)][-KEPT_VERSIONS:])
        self._live = version
        self.found_in = edition.found_in
        self._source.taken_up(edition)

    def _keep_recent(self, edition: Edition) -> None:
        """Without a check: calls are on it already, and a call that does not fit it goes to the national desk."""
        self._versions.setdefault(edition.name, Version(edition.name, edition.content, self._live.country))
