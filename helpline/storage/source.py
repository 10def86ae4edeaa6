"""The published versions as a service takes them up: from the database, or at the start from what else there is.

1. At the start the live version of the database comes first, then the last good copy on this machine, then the files.
2. While the service runs only the database is asked. While that is away, what is in force stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from helpline.directory.folder import edition_of
from helpline.directory.live import Edition
from helpline.errors import DatabaseAway, VersionAltered
from helpline.storage.last_good import LastGood
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
        """The live version where it is another than the last one handed out. Raises DatabaseAway, VersionAltered."""
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
        if edition.found_in == IN_DATABASE:
            try:
                self._last_good.keep(edition.name, edition.content)
            except OSError as fault:
                log.error("last_good_copy_not_kept", problem=fault.strerror, help="Look at HELPLINE_LAST_GOOD.")


def _edition(published: Published) -> Edition:
    return Edition(str(published.number), published.content, IN_DATABASE)
