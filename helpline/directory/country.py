"""The country as calls see it: its geography, and every name of a place under its one spelling."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from helpline.directory import geography
from helpline.directory.geography import Geography
from helpline.directory.spelling import fold


class Country:
    """One geography; `digest` names exactly these tables, the same on every machine that has them."""

    def __init__(self, tables: Geography, digest: str) -> None:
        self.geography = tables
        self.digest = digest

    def municipalities_called(self, name: str) -> tuple[str, ...]:
        """The codes of the municipalities that have a place of this name, however it is spelt; none when unknown."""
        return self._by_name.get(fold(name), ())

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Made when a name is first asked for: a call that keys a postcode never needs it."""
        found: dict[str, dict[str, None]] = {}
        for name, code in self._names():
            found.setdefault(fold(name), {})[code] = None
        return {name: tuple(codes) for name, codes in found.items()}

    def _names(self) -> Iterator[tuple[str, str]]:
        for municipality in self.geography.municipalities.values():
            for name in (municipality.name, *municipality.also):
                yield name, municipality.code
        for place in self.geography.places:
            for name in (place.name, *place.also):
                yield name, place.municipality


def load(folder: Path) -> Country:
    """The country as the tables in `folder` have it; raises GeographyFault."""
    tables = geography.load(folder)
    digest = hashlib.blake2s(digest_size=5)
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.read_bytes())
    return Country(tables, digest.hexdigest())
