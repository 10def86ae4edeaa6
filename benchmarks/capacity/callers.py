"""Who rings on one evening, and who is there to answer: drawn from a seed, before anything happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from random import Random

from benchmarks.capacity.assumed import Assumed
from helpline.directory.choice import inhabitants
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL

Staff = Mapping[str, int]  # workers by number


@dataclass(frozen=True)
class Caller:
    """When she rings, counted in seconds from the broadcast, for whom, and what is drawn for her."""

    rings_at: float
    region: str
    talk: float
    patience: float
    misses: tuple[bool, ...]  # for each ring whether a free worker would miss it


def people_of(table: Table) -> Counter[str]:
    """How many people each organisation serves."""
    people: Counter[str] = Counter()
    for code, number in inhabitants(table.country.geography).items():
        people[table.region_of_municipality[code]] += number
    return people


def staff_of(table: Table, assumed: Assumed, more: Mapping[str, int] | None = None) -> dict[str, int]:
    """The workers of each organisation, dealt over its numbers in turn; `more` come to those of an organisation."""
    people, staff = people_of(table), Counter[str]()
    for slug, organisation in table.organisations.items():
        by_people = max(assumed.fewest_workers, round(people[slug] / assumed.inhabitants_per_worker))
        workers = assumed.desk_workers if slug == NATIONAL else by_people
        numbers = organisation.advice.numbers
        for worker in range(workers + (more or {}).get(slug, 0)):
            staff[numbers[worker % len(numbers)]] += 1
    return dict(staff)


def rate(moment: float, assumed: Assumed) -> float:
    """Calls a second in the whole country, at a moment counted from the broadcast."""
    usual = assumed.calls_per_hour / 3600
    if moment < 0:
        return usual
    if moment < assumed.rise_seconds:
        return usual * (1 + (assumed.multiplier - 1) * moment / assumed.rise_seconds)
    halvings = (moment - assumed.rise_seconds) / (60 * assumed.half_life_minutes)
    return float(usual * (1 + (assumed.multiplier - 1) * 0.5**halvings))


def callers(table: Table, assumed: Assumed, seed: int) -> list[Caller]:
    """Everybody who rings on one evening: by chance in time, by inhabitants in place."""
    chance = Random(seed)  # noqa: S311 - to be had again
    people = people_of(table)
    regions, weights = list(people), list(people.values())
    highest = assumed.calls_per_hour / 3600 * max(1.0, assumed.multiplier)
    most_rings = 2 * max(len(table.routes("advice", region)) for region in regions)
    moment, found = -60 * assumed.minutes_before, []
    while highest > 0 and (moment := moment + chance.expovariate(highest)) < 60 * assumed.minutes_after:
        if chance.random() * highest < rate(moment, assumed):
            region = chance.choices(regions, weights)[0]
            talk = chance.lognormvariate(log(assumed.talk_median_seconds), assumed.talk_spread)
            patience = chance.lognormvariate(log(assumed.patience_median_seconds), assumed.patience_spread)
            misses = tuple(chance.random() < assumed.missed for _ in range(most_rings))
            found.append(Caller(moment, region, talk, patience, misses))
    return found
