"""Look-ups in the table as shipped."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Table
from helpline.errors import UnknownRegion


@pytest.mark.parametrize(
    ("digits", "ends"),
    [
        ("3011", "rotterdam-rijnmond"),
        ("3511", "utrecht"),
        ("4331", "zeeland"),
        ("3791", "utrecht"),
        ("1000", "amsterdam-amstelland"),
    ],
)
def test_a_postcode_leads_to_its_organisation(table: Table, digits: str, ends: str) -> None:
    """Four digits, a PO box among them, lead to one organisation."""
    assert table.of_postcode(digits) == ends


@pytest.mark.parametrize(
    "digits", ["", "0", "1", "25", "251", "0000", "0123", "5955", "25111", "abcd", "12*4", "١٢٣٤", "3 11"]
)
def test_anything_else_is_unclear(table: Table, digits: str) -> None:
    """Too few, too many, no such postcode, other signs: unclear, never an error."""
    assert table.of_postcode(digits) == "unclear"


def test_every_postcode_leads_somewhere(table: Table) -> None:
    """Each postcode leads to one of the 26 or to a doubt between two of them."""
    regions = set(table.organisations) - {"landelijk"}
    for digits in table.country.geography.postcodes:
        ends = table.of_postcode(digits)
        if ends.startswith("doubt-"):
            choices = table.choices(ends)
            assert {choice.region for choice in choices} <= regions
            assert len(choices) == 2
        else:
            assert ends in regions


def test_a_doubtful_postcode_is_honest(table: Table) -> None:
    """1382 lies in Amsterdam and Gooise Meren, and both are named."""
    choices = table.choices(table.of_postcode("1382"))
    assert [(choice.place, choice.region) for choice in choices] == [
        ("Amsterdam", "amsterdam-amstelland"),
        ("Gooise Meren", "gooi-en-vechtstreek"),
    ]


@pytest.mark.parametrize(
    "doubt",
    [
        "doubt-99",
        "doubt-",
        "doubt--1",
        "utrecht",
        "",
        "doubt-1x",
        "doubt-1-2",
        "maybe-",
        "maybe-999999",
        "maybe-1-x",
        "maybe--1",
    ],
)
def test_a_doubt_of_another_version_is_unknown(table: Table, doubt: str) -> None:
    """A doubt this table does not have is told, not guessed."""
    with pytest.raises(UnknownRegion):
        table.choices(doubt)


@pytest.mark.parametrize(
    ("code", "region"),
    [("030", "utrecht"), ("020", "amsterdam-amstelland"), ("033", "unknown"), ("0999", "unknown"), (None, "unknown")],
)
def test_an_area_code_is_sure_or_unknown(table: Table, code: str | None, region: str) -> None:
    """020 means Amsterdam-Amstelland (96 %); 033 is shared and means nothing."""
    assert table.of_area_code(code) == region


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("Zeist", {"utrecht"}),
        ("den bosch", {"brabant-noordoost"}),
        ("Ljouwert", {"friesland"}),
        ("Bergen", {"noord-holland-noord", "noord-en-midden-limburg"}),
        ("Hengelo", {"twente", "noord-en-oost-gelderland"}),
        ("Atlantis", set()),
    ],
)
def test_a_place_name_leads_to_one_to_several_or_to_none(table: Table, name: str, regions: set[str]) -> None:
    """A place is found however it is spelt; a name that exists twice gives both; an unknown one gives nothing."""
    assert {choice.region for choice in table.of_place(name)} == regions


@given(st.text(max_size=30))
def test_no_name_breaks_the_look_up(table: Table, name: str) -> None:
    """Whatever is written or said, there is an answer."""
    assert isinstance(table.of_place(name), tuple)


def test_the_chain_is_own_numbers_stand_in_and_desk(table: Table) -> None:
    """What is rung for Utrecht: its two numbers, its stand-in's two, the national desk's."""
    organisations = [route.organisation for route in table.routes("advice", "utrecht")]
    assert organisations == ["utrecht", "utrecht", "gooi-en-vechtstreek", "gooi-en-vechtstreek", "landelijk"]
    assert [route.organisation for route in table.routes("advice", "landelijk")] == ["landelijk"]


def test_every_chain_ends_at_the_desk_and_rings_no_number_twice(table: Table) -> None:
    """Whatever organisation: the last resort is the national desk, and each number is rung once a round."""
    for name in table.organisations:
        routes = table.routes("advice", name)
        assert routes[-1].organisation == "landelijk"
        assert len({route.number for route in routes}) == len(routes)


def test_the_doctors_line_has_its_hours(table: Table) -> None:
    """Open, closed, or none: by the wall clock in Amsterdam."""

    def on(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)

    assert table.doctors_line("utrecht", on("2026-11-23 09:00")) == "open"
    assert table.doctors_line("utrecht", on("2026-11-22 09:00")) == "closed"
    assert table.doctors_line("landelijk", on("2026-11-23 09:00")) == "none"


def test_an_unknown_organisation_is_told(table: Table) -> None:
    """A name that is no organisation's is refused by name."""
    with pytest.raises(UnknownRegion, match="atlantis"):
        table.routes("advice", "atlantis")


def test_a_number_is_named_by_its_line(table: Table) -> None:
    """A dialled number is told by organisation, line and place; an unknown one as it is."""
    assert table.line_of("+31300000003") == "utrecht doctors 1"
    assert table.line_of("+31300000009") == "+31300000009"
