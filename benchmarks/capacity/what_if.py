"""What one worker more, or another stand-in, would change for the organisations that reach fewest of their callers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.capacity.assumed import Assumed
from benchmarks.capacity.counted import Counted, after_broadcast, counted, evenings
from benchmarks.capacity.evening import Ended
from helpline.directory.table import Table

WORST = 5
Row = tuple[str, Counted]
Played = Sequence[Sequence[Ended]]


@dataclass(frozen=True)
class Changed:
    """Callers of an evening who reach nobody: of the organisation, of the one that helps, of the whole country."""

    own: float
    helper: float
    country: float


@dataclass(frozen=True)
class WhatIf:
    """One organisation as it is, with a worker more, and with the stand-in that would help it most, if any would."""

    region: str
    stand_in: str | None
    now: Changed
    one_more: Changed
    best: str | None
    with_best: Changed | None


def neighbours(table: Table) -> Mapping[str, set[str]]:
    """Organisations that share a postcode: whose areas touch where people live."""
    found: dict[str, set[str]] = defaultdict(set)
    for digits in table.country.geography.postcodes:
        regions = {choice.region for choice in table.of_postcode_choices(digits)}
        for region in regions:
            found[region] |= regions - {region}
    return found


def worst(table: Table, ranked: Sequence[Row], played: Played, assumed: Assumed) -> list[WhatIf]:
    """The first five of these, who reach the smallest share of their callers."""
    return [_what_if(table, slug, played, assumed) for slug, _ in ranked[:WORST]]


def _what_if(table: Table, region: str, played: Played, assumed: Assumed) -> WhatIf:
    stand_in = table.organisation(region).stand_in
    one_more = _changed(evenings(table, assumed, {region: 1}), region, None)
    tried = {
        helper: _changed(evenings(standing_in(table, region, helper), assumed), region, helper)
        for helper in sorted(neighbours(table)[region] - {stand_in or region})
    }
    now = _changed(played, region, None)
    best = min(tried, key=lambda helper: tried[helper].own, default=None)
    if best is None or tried[best].own >= now.own:
        return WhatIf(region, stand_in, now, one_more, None, None)
    return WhatIf(region, stand_in, _changed(played, region, best), one_more, best, tried[best])


def standing_in(table: Table, region: str, helper: str) -> Table:
    """The table with another stand-in for one organisation."""
    changed = replace(table.organisation(region), stand_in=helper)
    return replace(table, organisations={**table.organisations, region: changed})


def _changed(played: Played, region: str, helper: str | None) -> Changed:
    def unreached(of: str | None) -> float:
        return counted(after_broadcast(played, of), len(played)).unreached

    return Changed(unreached(region), unreached(helper) if helper else 0.0, unreached(None))
