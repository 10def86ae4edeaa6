"""The record: who did what, when and why, each entry bound to the one before it so that no tampering goes unseen.

1. An entry's hash covers all its fields and the hash of the entry before it; the first goes by GENESIS.
2. An entry that publishes a version holds the digest of its content, so the chain vouches for the content too.
3. Entries cut off at the end together with their versions leave a chain that fits: only a copy kept elsewhere tells.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One thing that was done; `version` and `digest` where it published one. `at` carries its zone."""

    entry: int
    at: datetime
    author: str
    action: str
    subject: str
    reason: str
    version: int | None
    digest: str | None
    previous: str
    hash: str

    def told(self) -> dict[str, int | str | None]:
        """The fields as they are stored, all but the hash; the moment in UTC."""
        at = self.at.astimezone(UTC).isoformat()
        return {name: value for name, value in vars(self).items() if name != "hash"} | {"at": at}


def bound(previous: str, told: Mapping[str, int | str | None]) -> str:
    """The hash of an entry with these fields after the one whose hash is `previous`."""
    fields = {**told, "previous": previous}
    return _sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def verify(entries: Sequence[Entry], contents: Mapping[int, str]) -> list[str]:
    """A sentence for each thing that is wrong, none where all fits; `contents` are the stored texts by version."""
    return [*_wrong_entries(entries), *_wrong_versions(entries, contents)]


def _wrong_entries(entries: Sequence[Entry]) -> Iterator[str]:
    number, last = 0, GENESIS
    for each in entries:
        if each.entry != number + 1:
            yield f"Entry {each.entry} follows entry {number}: what stood between them is gone."
        if each.previous != last:
            yield f"Entry {each.entry} is not bound to the entry before it."
        if bound(each.previous, each.told()) != each.hash:
            yield f"Entry {each.entry} is not as it was written."
        number, last = each.entry, each.hash


def _wrong_versions(entries: Sequence[Entry], contents: Mapping[int, str]) -> Iterator[str]:
    digests = {each.version: each.digest for each in entries if each.version is not None}
    for number, digest in digests.items():
        if number not in contents:
            yield f"Version {number} is in the record and not in the database."
        elif _sha256(contents[number]) != digest:
            yield f"Version {number} is not as it was published."
    for number in contents:
        if number not in digests:
            yield f"Version {number} is in the database and not in the record."


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
