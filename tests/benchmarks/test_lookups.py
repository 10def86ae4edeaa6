"""A misheard name is never taken, unasked, for a place of another organisation; the list that shows it has teeth."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks.lookups import OUTCOMES, microseconds, outcome, outcomes
from benchmarks.matchers import Taken, matchers
from benchmarks.mishearings import Misheard, Names
from helpline.directory.spelling import fold
from helpline.directory.table import Table

WRONGLY = OUTCOMES[-1]


@pytest.fixture(scope="session")
def names(table: Table) -> Names:
    """Every name of the shipped tables."""
    return Names(table)


def wrongly_taken(table: Table, names: Names, misheard: Iterable[Misheard]) -> list[Misheard]:
    """Those with which a caller is put through, unasked, to an organisation that does not serve the place said."""
    ours = matchers(table, names)["ours"]
    return [each for each in misheard if outcome(ours(each.spelling), names.right(each.name)) == WRONGLY]


def test_no_drawn_mishearing_is_taken_for_anothers_place(table: Table, names: Names) -> None:
    """Of every fourth name one spelling made by rule, another place's name or not: none is wrongly taken."""
    assert wrongly_taken(table, names, names.drawn(names.said[::4], seed=1, each=1)) == []


@pytest.mark.proof
def test_no_mishearing_at_all_is_taken_for_anothers_place(table: Table, names: Names) -> None:
    """Of every name all that the rules can make of it, drawn three times: none is wrongly taken."""
    everything = [each for seed in (1, 2, 3) for name in names.said for each in names.misheard(name, seed)]
    assert wrongly_taken(table, names, everything) == []


def test_taking_the_nearest_name_is_wrong_at_times(table: Table, names: Names) -> None:
    """The list has teeth: what takes the nearest name takes some wrongly."""
    nearest = matchers(table, names)["rapidfuzz `extractOne`"]
    assert outcomes(nearest, names, names.drawn(names.said[::4], seed=1, each=2))[WRONGLY] > 0


def test_the_same_seed_draws_the_same_list(names: Names) -> None:
    """A list can be had again, and another seed gives another."""
    first = names.said[:100]
    assert list(names.drawn(first, 1, 2)) == list(names.drawn(first, 1, 2)) != list(names.drawn(first, 2, 2))


def test_nearly_every_name_has_two_spellings(names: Names) -> None:
    """The rules reach all names but a few of three or four letters."""
    fewer = [name for name in names.said if len(list(names.misheard(name, 1))) < 2]
    assert len(fewer) < 20
    assert max(len(fold(name)) for name in fewer) <= 6


@pytest.mark.parametrize(
    ("name", "rule", "spelling", "anothers"),
    [
        ("Nijmegen", "ij as ei", "neimegen", False),
        ("Schagen", "sch as sg", "sgagen", False),
        ("Amstelveen", "in two words", "amstel veen", False),
        ("'s-Heerenberg", "s for 's", "s heerenberg", False),
        ("Alphen aan den Rijn", "in one word", "alphen aanden rijn", False),
        ("Dalem", "m as n", "dalen", True),
    ],
)
def test_a_rule_makes_what_a_recogniser_writes(
    names: Names, name: str, rule: str, spelling: str, *, anothers: bool
) -> None:
    """Each slip by its rule; what is another place's very name says so."""
    made = {each.rule: each for each in names.misheard(name, 1)}
    assert made[rule] == Misheard(name, rule, spelling, anothers)


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        (Taken("utrecht"), "found"),
        (Taken("zeeland"), "wrongly taken"),
        (Taken(asked=frozenset({"zeeland", "utrecht"})), "asked back"),
        (Taken(asked=frozenset({"zeeland"})), "asked, without it"),
        (Taken(), "not found"),
    ],
)
def test_an_outcome_is_what_the_caller_lives_through(taken: Taken, told: str) -> None:
    """Put through rightly or wrongly, asked with or without the right one, or not understood."""
    assert outcome(taken, {"utrecht"}) == told


def test_times_are_of_each_way(table: Table, names: Names) -> None:
    """Each way has a time, and a look-up takes some."""
    ways = matchers(table, names)
    taken = microseconds({name: ways[name] for name in ("ours", "an exact dictionary")}, [["Zeist"], ["Utrecht"]])
    assert all(time > 0 for time in taken.values())
