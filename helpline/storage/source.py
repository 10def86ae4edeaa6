"""The published versions as a service takes them up: from the database, or at the start from what else there is.

1. At the start the live version of the database comes first, then the last good copy on this machine, then the files.
2. While the service runs only the database is asked. While that is away, what is in force stays.
3. A database that is found empty then, as a new one is after a loss, gets back what is in force here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from helpline.directory.folder import edition_of
from helpline.directory.live import Edition
from helpline.errors import DatabaseAway, DatabaseEmpty, VersionAltered
from helpline.log import problem
from helpline.storage.last_good import LastGood
from helpline.storage.putting_back import Kept, kept, put_back
from helpline.storage.versions import Published, Versions

IN_DATABASE, IN_LAST_GOOD = "database", "last good copy"
LONGEST_CALL = timedelta(hours=5)  # Twilio ends a call after four; with the waiting before

log = structlog.get_logger()


class PublishedSource:
    """For a service. `files` is the folder to fall back on."""

    def __init__(self, versions: Versions, last_good: LastGood, files: Path, clock: Callable[[], datetime]) -> None:
        self._versions = versions
        self._last_good = last_good
        self._files = files
        self._clock = clock
        self._seen: tuple[int, str] | None = None
        self._kept: Kept | None = None

    def candidates(self) -> Iterable[Edition]:
        """The live version, the last good copy, the files; each only as far as it can be had."""
        try:
            if (live := self._versions.live()) is not None:
                self._seen = live.number, live.content.digest
                yield _edition(live)
        except (DatabaseAway, VersionAltered):
            pass  # told by the next look, a second later
        if (kept := self._last_good.read()) is not None:
            yield Edition(kept[0], kept[1], IN_LAST_GOOD)
        yield edition_of(self._files)

    def recent(self) -> Iterable[Edition]:
        """The versions that were live while the longest call could have begun."""
        try:
            return [_edition(each) for each in self._versions.since(self._clock() - LONGEST_CALL)]
        except DatabaseAway:
            return ()

    def newer(self) -> Edition | None:
        """The live version where it is another than the last one handed out.

        Raises DatabaseAway, VersionAltered, and DatabaseEmpty where nothing is live and nothing can be put back.
        """
        head = self._head()
        if head is None or (head != self._seen and self._has_newer_than(head[0])):
            self._put_back()
            head = self._versions.head()
        if head is None or head == self._seen:
            return None
        try:
            published = self._versions.get(head[0])
        except VersionAltered:
            self._seen = head  # told once, not every second
            raise
        self._seen = head
        return _edition(published)

    def taken_up(self, edition: Edition) -> None:
        """Keeps it as the last good copy; a disk that cannot be written costs the copy, not the table."""
        self._kept = kept(edition.name, edition.content)
        if edition.found_in == IN_DATABASE:
            try:
                self._last_good.keep(edition.name, edition.content)
            except OSError as fault:
                log.error("last_good_copy_not_kept", problem=problem(fault), help="Look at HELPLINE_LAST_GOOD.")

    def _head(self) -> tuple[int, str] | None:
        try:
            return self._versions.head()
        except DatabaseEmpty:
            return None

    def _has_newer_than(self, number: int) -> bool:
        return self._kept is not None and number < self._kept.number

    def _put_back(self) -> None:
        """Into the database, where that is empty or another machine put an older version there."""
        if self._kept is None:
            raise DatabaseEmpty("it is empty, and this machine has no published version to put back")
        try:
            put_back(self._versions.database, self._kept, self._clock())
        except DatabaseAway as away:
            raise DatabaseEmpty(f"this machine's version cannot be put back: {away.words}") from away


def _edition(published: Published) -> Edition:
    return Edition(str(published.number), published.content, IN_DATABASE)
