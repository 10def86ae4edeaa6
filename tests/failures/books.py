"""What stands in the database of the calls that were played, found by the hash that only who has the key can make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import select

from helpline.bootstrap.kept import derived_key
from helpline.settings import Settings
from helpline.simulator.events import Rang, RingEnded
from helpline.storage.database import Database
from helpline.storage.tables import CALLS, DIALS, UNDER_WAY
from helpline.upkeep.records import HASH_BYTES
from tests.failures.callers import Played


@dataclass(frozen=True)
class Kept:
    """What is kept of one call."""

    organisation: str
    outcome: str
    seconds_to_ring: int | None
    is_complete: bool
    dials: int

    def is_right(self, played: Played) -> bool:
        """Whether it is what the carrier told: if all, that it is over, whose caller it was, and so many dials."""
        if not played.is_told_whole:
            return True
        rings = sum(isinstance(event, RingEnded) for event in played.judged.call.events)
        first = next((event for event in played.judged.call.events if isinstance(event, Rang)), None)
        organisation = played.judged.first.partition(" ")[0] if first else self.organisation
        return self.is_complete and (self.organisation, self.dials) == (organisation, rings)


class Books:
    """The rows of a database, by the key that these settings make; `elsewhere` is what another one has of the calls."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.elsewhere: Mapping[str, Kept] = {}
        self._database = Database(url)
        self._key = derived_key(settings, "records")

    def kept(self) -> dict[str, Kept]:
        """What is kept of each call, by the hash of its SID."""
        both = select(UNDER_WAY.c.hash, CALLS).join_from(UNDER_WAY, CALLS)
        with self._database.reading() as connection:
            rows = connection.execute(both).all()
            dials = [each.call for each in connection.execute(select(DIALS.c.call))]
        rung = {call: dials.count(call) for call in set(dials)}
        return {
            row.hash: Kept(row.organisation, row.outcome, row.seconds_to_ring, row.complete, rung.get(row.id, 0))
            for row in rows
        }

    def of(self, played: Iterable[Played]) -> list[tuple[Played, list[Kept]]]:
        """Each of these calls, with what is kept of it: in the rule once."""
        books = (self.kept(), self.elsewhere)
        hashes = [(each, self._hashed(each.sid)) for each in played]
        return [(each, [kept[hashed] for kept in books if hashed in kept]) for each, hashed in hashes]

    def _hashed(self, sid: str) -> str:
        return blake2b(sid.encode(), key=self._key, digest_size=HASH_BYTES).hexdigest()
