"""The trail: the steps of a call so far and how each ended, as text that fits in a URL.

It holds names only: never a number, a postcode, a key or a word of the caller's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from helpline.errors import Diverged

LONGEST = 1800  # characters; with the address before it a URL stays below 2,000
MOST_READ = 10_000  # trails that are remembered, with nothing of a caller in them
_VERSION = re.compile(r"[A-Za-z0-9-]{1,40}\Z")
_ENTRY = re.compile(r"([a-z_]{1,40})\.([a-z0-9-]{1,60})\Z")


class Trail(NamedTuple):
    """The version of the table the call began with, and each ended step as (name, ending)."""

    version: str
    entries: tuple[tuple[str, str], ...] = ()

    def then(self, name: str, ending: str) -> Trail:
        """This trail with one more ended step."""
        return Trail(self.version, (*self.entries, (name, ending)))

    def __str__(self) -> str:
        return "~".join([self.version, *(f"{name}.{ending}" for name, ending in self.entries)])


@lru_cache(MOST_READ)
def read(text: str) -> Trail:
    """The trail written as `text`. Raises Diverged where it is none of ours."""
    if len(text) > LONGEST:
        raise Diverged("The trail is too long.")
    version, *rest = text.split("~")
    if not _VERSION.match(version):
        raise Diverged("The trail does not begin with a version.")
    return Trail(version, tuple(_entry(part) for part in rest))


def _entry(text: str) -> tuple[str, str]:
    if not (match := _ENTRY.match(text)):
        raise Diverged("The trail holds something that is not a step.")
    return match[1], match[2]
