"""The table in use: a change of the files is taken up whole; the last good table stays when they are faulty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from helpline.directory.table import Table

REFUSED = "The last change of the region files was not taken up; the log says what is wrong with it."
KEPT_VERSIONS = 50  # a call may last hours; an operator does not change the table fifty times in that time


class Directory:
    """The current table and the versions that calls may still be on.

    `build` makes a table of the folder or raises a HelplineError; it is called once at once, and that error is raised.
    """

    def __init__(self, folder: Path, build: Callable[[], Table], clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._build = build
        self._clock = clock
        self._stamp = self._stamped()
        self.current = build()
        self.since = clock()
        self._versions = {self.current.version: self.current}
        self.problem: str | None = None

    def at(self, version: str) -> Table:
        """The table a call began with; the current one where that version is not kept here."""
        return self._versions.get(version, self.current)

    def refresh(self) -> bool:
        """Look at the files once more; True when a new table is live.

        A faulty change raises what is wrong with it, once, and leaves `problem` saying that there is one.
        """
        stamp = self._stamped()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self.problem = REFUSED
        table = self._build()
        table.warm()
        self.problem = None
        changed = table.version != self.current.version
        self._keep(table)
        self.current = table  # one assignment: a turn sees the old table or the new one, never both
        self.since = self._clock()
        return changed

    def _keep(self, table: Table) -> None:
        versions = {**self._versions, table.version: table}
        self._versions = dict(list(versions.items())[-KEPT_VERSIONS:])

    def _stamped(self) -> tuple[tuple[str, int, int], ...]:
        """Names, times and sizes of the region files: different as soon as one is saved."""
        found = []
        for path in sorted(self._folder.glob("*.toml")):
            try:
                status = path.stat()
            except OSError:
                continue  # taken away while we looked; the next look sees it gone
            found.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(found)
