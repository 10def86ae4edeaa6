"""What one version of the routing table holds: the region files as written, diversions and announcements.

The text of the files is kept, not what it means: a version can be read, compared and written back as people know it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Diversion:
    """Until a moment, a line of an organisation rings elsewhere.

    `to` is the name of an organisation, whose line of the same kind rings, or a number in E.164, for which `accept`
    says whether whoever answers must press a key; `until` carries its zone.
    """

    organisation: str
    line: str
    to: str
    accept: bool
    until: datetime
    author: str
    reason: str

    @property
    def to_number(self) -> bool:
        """True where one number rings, False where another organisation's line does."""
        return self.to.startswith("+")


@dataclass(frozen=True)
class Announcement:
    """Until a moment, callers of an organisation, or all, hear a sentence; `words` by language, Dutch always."""

    organisation: str
    words: Mapping[str, str]
    until: datetime
    author: str
    reason: str


@dataclass(frozen=True)
class Content:
    """All that a version holds; `files` is the text of each region file by organisation."""

    files: Mapping[str, str]
    diversions: tuple[Diversion, ...] = ()
    announcements: tuple[Announcement, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the content as written: the same on every machine, and different for any other content."""
        return hashlib.sha256(self.written().encode()).hexdigest()

    def written(self) -> str:
        """The content as JSON, in one way only."""
        told = {
            "files": dict(self.files),
            "diversions": [_told(diversion) for diversion in self.diversions],
            "announcements": [_told(announcement) for announcement in self.announcements],
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def at(self, moment: datetime) -> Content:
        """The content without what is over at `moment`."""
        return replace(
            self,
            diversions=tuple(diversion for diversion in self.diversions if diversion.until > moment),
            announcements=tuple(announcement for announcement in self.announcements if announcement.until > moment),
        )


def read(written: str) -> Content:
    """The content that was written so. Raises ValueError, KeyError or TypeError for any other text."""
    told = json.loads(written)
    return Content(
        told["files"],
        tuple(Diversion(**_read(each)) for each in told["diversions"]),
        tuple(Announcement(**_read(each)) for each in told["announcements"]),
    )


def _told(each: Diversion | Announcement) -> dict[str, Any]:
    return {**asdict(each), "until": each.until.astimezone(UTC).isoformat()}


def _read(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "until": datetime.fromisoformat(told["until"])}
