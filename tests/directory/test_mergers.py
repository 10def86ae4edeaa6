"""Mergers in a small country made by hand: five municipalities, their postcodes and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpline.directory import mergers
from helpline.directory.country import Country
from helpline.directory.geography import Geography, Merger, Municipality, Place, Postcode

FIRST, SECOND, BEFORE = date(2027, 1, 1), date(2028, 1, 1), date(2026, 12, 31)


def town(code: str, name: str, *also: str) -> Municipality:
    """A municipality of one province."""
    return Municipality(code, name, "Utrecht", also)


def postcode(*parts: tuple[str, float]) -> Postcode:
    """A postcode with addresses in these municipalities."""
    return Postcode("address", 100, parts)


SMALL = Geography(
    municipalities={
        each.code: each
        for each in (town("GM0001", "Aa"), town("GM0002", "Bee", "Bij"), town("GM0003", "Cee"), town("GM0004", "Dee"))
    },
    postcodes={
        "1001": postcode(("GM0001", 100.0)),
        "1002": postcode(("GM0002", 100.0)),
        "1003": postcode(("GM0003", 100.0)),
        "1004": postcode(("GM0004", 100.0)),
        "1012": postcode(("GM0001", 60.3), ("GM0002", 39.7)),
        "1423": postcode(("GM0004", 40.0), ("GM0002", 35.0), ("GM0003", 25.0)),
        "1124": postcode(("GM0004", 0.1), ("GM0001", 0.1), ("GM0002", 0.2)),
    },
    places=(
        Place("Aa", "municipality", "GM0001", ()),
        Place("Aadorp", "woonplaats", "GM0001", ("Aa-dorp",)),
        Place("Beedorp", "woonplaats", "GM0002", ()),
        Place("Ceedorp", "woonplaats", "GM0003", ()),
    ),
    area_codes={"030": {"utrecht": 100.0}},
    mergers=(Merger(FIRST, "GM0001", "GM0002"), Merger(SECOND, "GM0002", "GM0003")),
    municipality_table="code,name,province,also\n",
)


def test_before_the_first_day_all_is_as_it_was() -> None:
    """Until a merger the geography is the very same."""
    assert mergers.on(SMALL, BEFORE) is SMALL


def test_from_its_day_on_a_municipality_is_part_of_another() -> None:
    """Its postcodes and places are those of the other, and it is a municipality no more."""
    then = mergers.on(SMALL, FIRST)
    assert list(then.municipalities) == ["GM0002", "GM0003", "GM0004"]
    assert then.postcodes["1001"].municipalities == (("GM0002", 100.0),)
    assert then.postcodes["1004"] == SMALL.postcodes["1004"]
    assert [place.municipality for place in then.places] == ["GM0002", "GM0002", "GM0002", "GM0003"]
    assert then.mergers == (Merger(SECOND, "GM0002", "GM0003"),)
    assert (then.area_codes, then.municipality_table) == (SMALL.area_codes, SMALL.municipality_table)


def test_parts_that_fall_together_are_one() -> None:
    """A postcode in both lies whole in the one that stays, whatever the rounding."""
    assert mergers.on(SMALL, FIRST).postcodes["1012"].municipalities == (("GM0002", 100.0),)


def test_the_main_part_comes_first() -> None:
    """Two parts that fall together may be more than the one that was the main part; equal ones keep their order."""
    assert mergers.on(SMALL, SECOND).postcodes["1423"].municipalities == (("GM0003", 60.0), ("GM0004", 40.0))
    assert mergers.on(SMALL, FIRST).postcodes["1124"].municipalities == (("GM0002", 0.3), ("GM0004", 0.1))
    assert mergers.on(SMALL, FIRST).postcodes["1423"] == SMALL.postcodes["1423"]


def test_a_chain_of_mergers_leads_to_its_end() -> None:
    """What became part of one that later became part of a third is in the third."""
    then = mergers.on(SMALL, SECOND)
    assert list(then.municipalities) == ["GM0003", "GM0004"]
    assert then.postcodes["1001"].municipalities == (("GM0003", 100.0),)
    assert {place.municipality for place in then.places} == {"GM0003"}
    assert then.mergers == ()


@pytest.mark.parametrize("order", [1, -1])
def test_a_chain_on_one_day_leads_to_its_end(order: int) -> None:
    """Two mergers of one day lead on, whichever row of the table comes first."""
    both = replace(SMALL, mergers=tuple(replace(each, day=FIRST) for each in SMALL.mergers)[::order])
    then = mergers.on(both, FIRST)
    assert list(then.municipalities) == ["GM0003", "GM0004"]
    assert then.postcodes["1012"].municipalities == (("GM0003", 100.0),)


def test_step_by_step_or_at_once_is_the_same() -> None:
    """The geography of a day does not depend on whether an earlier day was asked for before."""
    steps, at_once = mergers.on(mergers.on(SMALL, FIRST), SECOND), mergers.on(SMALL, SECOND)
    assert (steps.municipalities, steps.postcodes) == (at_once.municipalities, at_once.postcodes)
    assert {(place.name, place.municipality) for place in steps.places} == {
        (place.name, place.municipality) for place in at_once.places
    }


def test_the_name_of_a_merged_municipality_stays() -> None:
    """People go on saying it: it is a place of the other, with what else it was called, unless one is called so."""
    then = mergers.on(SMALL, SECOND)
    assert [place for place in then.places if place.kind == "former-municipality"] == [
        Place("Bee", "former-municipality", "GM0003", ("Bij",))
    ]
    assert [place.municipality for place in then.places if place.name == "Aa"] == ["GM0003"]


def test_a_municipality_without_postcodes_is_not_there() -> None:
    """One that is yet to be founded is there from the day on which others become part of it, and not before."""
    founded = replace(
        SMALL,
        municipalities={**SMALL.municipalities, "GM0009": town("GM0009", "Nieuw")},
        mergers=(
            Merger(FIRST, "GM0001", "GM0002"),
            Merger(SECOND, "GM0003", "GM0009"),
            Merger(SECOND, "GM0004", "GM0009"),
        ),
    )
    assert "GM0009" not in mergers.on(founded, BEFORE).municipalities
    assert "GM0009" not in mergers.on(founded, FIRST).municipalities
    then = mergers.on(founded, SECOND)
    assert list(then.municipalities) == ["GM0002", "GM0009"]
    assert then.postcodes["1003"].municipalities == (("GM0009", 100.0),)


def test_a_country_has_its_geography_of_each_day_once() -> None:
    """Days between two mergers share one country, with one digest; its names lead to where the places are now."""
    land = Country(SMALL, "0" * 10)
    assert land.on(BEFORE) is land
    assert land.on(FIRST) is land.on(date(2027, 6, 1))
    assert land.on(SECOND).digest == land.digest
    assert land.municipalities_called("aadorp") == ("GM0001",)
    assert land.on(FIRST).municipalities_called("aadorp") == ("GM0002",)
    assert land.on(SECOND).municipalities_called("bij") == ("GM0003",)
