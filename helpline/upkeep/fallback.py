"""The fallback document as a file, for the static host that Twilio asks when this service fails."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpline.carrier.documents import Documents
from helpline.directory.table import Table
from helpline.errors import SettingsFault
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue

READABLE = 0o644  # a web server reads it, as another user; it holds nothing but the desk's number and ours


def document_of(table: Table, own_numbers: Sequence[str]) -> str:
    """What Twilio plays when this service fails: 112, then the national desk of this table, and nothing of ours.

    The first of our own numbers is the caller ID. Raises SettingsFault where there is none.
    """
    if not own_numbers:
        raise SettingsFault(
            "The fallback document needs a caller ID, and HELPLINE_NUMBERS is not set.",
            help="Set it in the environment or in a file .env; the first number is the caller ID.",
        )
    return Documents(Catalogue(language.load()), own_numbers[0]).fault(table)


@dataclass(frozen=True)
class FallbackFile:
    """The file at `path`, replaced whole or not at all."""

    path: Path
    own_numbers: tuple[str, ...]

    def write(self, table: Table) -> bool:
        """The document of this table is in the file; False where it was already. Raises OSError or SettingsFault."""
        document = document_of(table, self.own_numbers).encode()
        if self._is_there(document):
            return False
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=".fallback-")
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - mkstemp hands over a descriptor
                file.write(document)
                os.fchmod(file.fileno(), READABLE)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
        except BaseException:
            Path(temporary).unlink()
            raise
        return True

    def _is_there(self, document: bytes) -> bool:
        try:
            return self.path.read_bytes() == document
        except FileNotFoundError:
            return False
