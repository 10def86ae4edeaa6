"""The region files of a folder as a source of versions: what is in them is in use, as soon as it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from helpline.directory import files
from helpline.directory.content import Content
from helpline.directory.live import Edition
from helpline.directory.problems import Report
from helpline.errors import RegionsRefused

FOUND_IN = "files"
UNREADABLE = ("encoding", "unreadable", "no-files")  # there is no text to keep
_NAME_SIGNS = 10  # of a hash: enough to tell any two contents apart


class Folder:
    """For rehearsals, which have no database: `helpline call` rings what is in the files."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = self._stamped()

    def candidates(self) -> Iterable[Edition]:
        """What is in the folder now."""
        self._stamp = self._stamped()
        yield edition_of(self._path)

    def recent(self) -> Iterable[Edition]:
        """Nothing: what was in the files before is nowhere."""
        return ()

    def newer(self) -> Edition | None:
        """What is in the folder, once something in it was saved."""
        stamp = self._stamped()
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        return edition_of(self._path)

    def taken_up(self, edition: Edition) -> None:
        """Nothing to do: the files are where they are."""

    def _stamped(self) -> tuple[tuple[str, int, int], ...]:
        """Names, times and sizes of the region files: different as soon as one is saved."""
        found = []
        for path in sorted(self._path.glob("*.toml")):
            try:
                status = path.stat()
            except OSError:
                continue  # taken away while we looked; the next look sees it gone
            found.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(found)


def edition_of(path: Path) -> Edition:
    """The files of a folder as an edition, named by their content. Raises RegionsRefused for what cannot be read."""
    read = files.read(path)
    unreadable = tuple(problem for problem in read.problems if problem.code in UNREADABLE)
    if unreadable:
        report = Report(unreadable, read.sources)
        raise RegionsRefused(report.text(), report.counted())
    content = Content(read.texts)
    return Edition(content.digest[:_NAME_SIGNS], content, FOUND_IN)
