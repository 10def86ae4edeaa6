"""The published versions as a service takes them up: from the database, or at the start from what else there is.

1. At the start the live version of the database comes first, then the last good copy on this machine, then the files.
2. While the service runs only the database is asked. While that is away, what is in force stays.
3. A database that is found empty then, as a new one is after a loss, gets back what is in force here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from helpline.directory.content import Content
from helpline.directory.folder import edition_of
from helpline.directory.live import Edition
from helpline.errors import DatabaseAway, DatabaseEmpty, VersionAltered
from helpline.log import problem
from helpline.storage.first_look import FirstLook, Numbered
from helpline.storage.kept import Kept, kept
from helpline.storage.last_good import LastGood

if TYPE_CHECKING:
    from helpline.storage.versions import Published, Versions

IN_DATABASE, IN_LAST_GOOD = "database", "last good copy"
LONGEST_CALL = timedelta(hours=5)  # Twilio ends a call after four; with the waiting before

log = structlog.get_logger()


class PublishedSource:
    """For a service. `look` gives the first look, with what was live at a moment; `files` is what to fall back on."""

    def __init__(
        self,
        versions: Versions,
        look: Callable[[datetime], FirstLook | None],
        last_good: LastGood,
        files: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._versions = versions
        self._look = look
        self._first: FirstLook | None = None
        self._last_good = last_good
        self._files = files
        self._clock = clock
        self._seen: tuple[int, str] | None = None
        self._kept: Kept | None = None

    def candidates(self) -> Iterable[Edition]:
        """The live version, the last good copy, the files; each only as far as it can be had."""
        self._first = self._look(self._clock() - LONGEST_CALL)
        try:
            if (live := self._first.live if self._first else self._live()) is not None:
                number, content = live
                self._seen = number, content.digest
                yield _edition(number, content)
        except (DatabaseAway, VersionAltered):
            pass  # told by the next look, a second later
        if (kept := self._last_good.read()) is not None:
            yield Edition(kept[0], kept[1], IN_LAST_GOOD)
        yield edition_of(self._files)

    def recent(self) -> Iterable[Edition]:
        """The versions that were live while the longest call could have begun."""
        if self._first:
            return [_edition(*each) for each in self._first.recent]
        try:
            return [_edition(*_numbered(each)) for each in self._versions.since(self._clock() - LONGEST_CALL)]
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
        return _edition(*_numbered(published))

    def taken_up(self, edition: Edition) -> None:
        """Keeps it as the last good copy; a disk that cannot be written costs the copy, not the table."""
        self._kept = kept(edition.name, edition.content)
        if edition.found_in == IN_DATABASE:
            try:
                self._last_good.keep(edition.name, edition.content)
            except OSError as fault:
                log.error("last_good_copy_not_kept", problem=problem(fault), help="Look at HELPLINE_LAST_GOOD.")

    def _live(self) -> Numbered | None:
        published = self._versions.live()
        return _numbered(published) if published else None

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
        from helpline.storage.putting_back import put_back  # only here: whoever finds a version does without

        try:
            put_back(self._versions.database, self._kept, self._clock())
        except DatabaseAway as away:
            raise DatabaseEmpty(f"this machine's version cannot be put back: {away.words}") from away


def _numbered(published: Published) -> Numbered:
    return published.number, published.content


def _edition(number: int, content: Content) -> Edition:
    return Edition(str(number), content, IN_DATABASE)
