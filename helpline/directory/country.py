"""The country as calls see it: its geography on a day, and every name of a place, as written and as said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helpline.directory import geography, mergers
from helpline.directory.geography import Geography
from helpline.directory.spelling import fold

if TYPE_CHECKING:
    from helpline.directory.gazetteer import Gazetteer

MOST_GAZETTEERS = 4  # each takes some 5 MB; versions that deal out the municipalities alike share one


class Country:
    """One geography; `digest` names exactly these tables, the same on every machine that has them."""

    def __init__(self, tables: Geography, digest: str) -> None:
        self.geography = tables
        self.digest = digest
        self._after: dict[int, Country] = {}  # by how many mergers are done
        self._gazetteers: dict[frozenset[tuple[str, str]], Gazetteer] = {}

    def on(self, day: date) -> Country:
        """The country as it is on a day, with the mergers until then; made once."""
        done = sum(merger.day <= day for merger in self.geography.mergers)
        if done not in self._after:
            there = mergers.on(self.geography, day)
            self._after[done] = self if there is self.geography else Country(there, self.digest)
        return self._after[done]

    def gazetteer(self, region_of_municipality: Mapping[str, str]) -> Gazetteer:
        """The places as people say them, where the municipalities are served so; made once for each way of serving."""
        key = frozenset(region_of_municipality.items())
        if key not in self._gazetteers:
            from helpline.directory.gazetteer import Gazetteer  # no call waits for it: see Table.warm

            kept = list(self._gazetteers.items())[1 - MOST_GAZETTEERS :]
            self._gazetteers = {**dict(kept), key: Gazetteer(self.geography, region_of_municipality)}
        return self._gazetteers[key]

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
