"""The last good version as a file beside the service, so that it answers while the database is away."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from helpline.directory import content as contents
from helpline.directory.content import Content


class LastGood:
    """One version in the file at `path`, replaced whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, name: str, content: Content) -> None:
        """Puts this version, called `name`, in the place of the one kept before. Raises OSError."""
        written = content.written()
        told = json.dumps({"name": name, "content": written, "digest": _digest(name, written)})
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".last-good-")  # only we may read it
        try:
            with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - mkstemp hands over a descriptor
                file.write(told)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self._path)
        except BaseException:
            Path(temporary).unlink()
            raise
        _settle(self._path.parent)

    def read(self) -> tuple[str, Content] | None:
        """Name and content of the version that is kept; None where there is none, or it cannot be read whole."""
        try:
            told = json.loads(self._path.read_text("utf-8"))
            if _digest(told["name"], told["content"]) != told["digest"]:
                return None
            return told["name"], contents.read(told["content"])
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _digest(name: str, written: str) -> str:
    return hashlib.sha256(json.dumps([name, written]).encode()).hexdigest()


def _settle(folder: Path) -> None:
    """Writes the folder itself to disk: until then a power cut could bring back the file from before."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
