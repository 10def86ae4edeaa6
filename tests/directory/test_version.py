"""The table in force is a function of the clock: numbers, hours, municipalities and diversions that begin and end."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from helpline.directory import files
from helpline.directory.content import Announcement, Content, Diversion
from helpline.directory.country import Country
from helpline.directory.find import find
from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Route
from helpline.directory.version import LONG_AGO, Version, check_version, day_of
from tests.conftest import REGIONS, TODAY

SHIPPED = files.read(REGIONS).texts
MOMENT = timedelta(microseconds=1)
MERGER = datetime(2027, 1, 1, tzinfo=AMSTERDAM)
TWO = 'numbers = ["+31 30 000 0001", "+31 30 000 0002"]'
HOURS = 'hours = ["mo-fr 09:00-17:00"]'
HOUTEN = '    "Houten",\n'
BLOCK = '[[municipalities]]\n{} = {}\nnames = ["{}"]\n\n[[municipalities]]'
Edits = dict[str, list[tuple[str, str]]]


def version(land: Country, edits: Edits | None = None, *diversions: Diversion) -> Version:
    """The files as shipped, with pieces of them replaced, and diversions."""
    texts = dict(SHIPPED)
    for name, pairs in (edits or {}).items():
        for old, new in pairs:
            assert old in texts[name]
            texts[name] = texts[name].replace(old, new, 1)
    return Version("7", Content(texts, diversions), land)


def diverted(
    organisation: str, to: str, line: str = "advice", *, accept: bool = False, until: datetime = MERGER
) -> Diversion:
    """A diversion."""
    return Diversion(organisation, line, to, accept, until, "anna", "a fault in the lines")


def numbers(of: Version, moment: datetime, line: str = "advice", name: str = "utrecht") -> list[str]:
    """What is rung for a line at a moment."""
    return [route.number for route in of.in_force(moment).routes(line, name) if route.organisation == name]


def midnight(year: int, month: int, day: int) -> datetime:
    """The moment at which a day begins in Amsterdam."""
    return datetime(year, month, day, tzinfo=AMSTERDAM)


def test_a_number_begins_and_ends_on_its_days(land: Country) -> None:
    """The old number rings until the midnight on which the new one does, and another comes and goes."""
    new = (
        'numbers = [{ number = "030 000 0001", until = 2027-03-01 }, { number = "030 000 0002", from = 2027-03-01 }, '
        '{ number = "030 000 0004", from = 2027-02-01, until = 2027-04-01 }]'
    )
    of = version(land, {"utrecht": [(TWO, new)]})
    first, second, third = "+31300000001", "+31300000002", "+31300000004"
    assert numbers(of, TODAY) == [first]
    assert numbers(of, midnight(2027, 2, 1) - MOMENT) == [first]
    assert numbers(of, midnight(2027, 2, 1)) == [first, third]
    assert numbers(of, midnight(2027, 3, 1) - MOMENT) == [first, third]
    assert numbers(of, midnight(2027, 3, 1)) == [second, third]
    assert numbers(of, midnight(2027, 4, 1)) == [second]


def test_hours_begin_and_end_on_their_days(land: Country) -> None:
    """The doctors' line is open on a Saturday only from the day on which it is so."""
    new = (
        'hours = [{ hours = "mo-fr 09:00-17:00", until = 2027-03-01 }, '
        '{ hours = "mo-sa 08:00-17:00", from = 2027-03-01 }]'
    )
    of = version(land, {"utrecht": [(HOURS, new)]})
    saturday, later = datetime(2027, 2, 27, 12, tzinfo=AMSTERDAM), datetime(2027, 3, 6, 12, tzinfo=AMSTERDAM)
    assert of.in_force(saturday).doctors_line("utrecht", saturday) == "closed"
    assert of.in_force(later).doctors_line("utrecht", later) == "open"


def test_a_municipality_moves_on_its_day(land: Country) -> None:
    """Its places and postcodes lead to the one until midnight, and to the other from then on."""
    of = version(
        land,
        {
            "utrecht": [(HOUTEN, ""), ("[[municipalities]]", BLOCK.format("until", "2027-03-01", "Houten"))],
            "zeeland": [("[[municipalities]]", BLOCK.format("from", "2027-03-01", "Houten"))],
        },
    )
    before, after = of.in_force(midnight(2027, 3, 1) - MOMENT), of.in_force(midnight(2027, 3, 1))
    assert (before.of_postcode("3991"), after.of_postcode("3991")) == ("utrecht", "zeeland")
    assert [choice.region for choice in before.of_place("Houten")] == ["utrecht"]
    assert [choice.region for choice in after.of_place("Houten")] == ["zeeland"]
    assert [choice.region for choice in after.gazetteer.choices if choice.place == "Houten"] == ["zeeland"]


@pytest.mark.parametrize(
    ("day", "hour", "summer"), [("2027-03-01", 23, False), ("2027-07-01", 22, True), ("2027-03-28", 23, False)]
)
def test_a_day_begins_at_midnight_in_amsterdam(land: Country, day: str, hour: int, summer: bool) -> None:
    """That is 23:00 UTC of the day before in winter and 22:00 in summer; the day of the change begins in winter."""
    of = version(land, {"utrecht": [('"+31 30 000 0002"', f'{{ number = "030 000 0002", from = {day} }}')]})
    begins = datetime.combine(date.fromisoformat(day) - timedelta(days=1), datetime.min.time(), UTC)
    begins += timedelta(hours=hour)
    assert begins in of.changes
    assert bool(begins.astimezone(AMSTERDAM).dst()) == summer
    assert len(numbers(of, begins - MOMENT)) == 1
    assert len(numbers(of, begins)) == 2
    assert (day_of(begins - MOMENT).isoformat() < day, day_of(begins).isoformat()) == (True, day)


def test_wijdemeren_becomes_part_of_hilversum(land: Country) -> None:
    """From the day of the merger its name and its postcodes lead where those of Hilversum lead."""
    of = version(land)
    before, after = of.in_force(MERGER - MOMENT), of.in_force(MERGER)
    assert "GM1696" in before.region_of_municipality
    assert "GM1696" not in after.region_of_municipality
    for table, place in ((before, "Wijdemeren"), (after, "Hilversum")):
        assert [(found.place, found.region) for found in table.of_place("Wijdemeren")] == [
            (place, "gooi-en-vechtstreek")
        ]
        for digits in ("1230", "1231", "1240", "1241", "1243", "1244", "1394"):
            assert table.of_postcode(digits) == "gooi-en-vechtstreek"
    found = find("Wijdemeren", of, MERGER)
    assert found.found
    assert "Gooi en Vechtstreek" in found.text


def test_where_hilversum_goes_wijdemeren_goes_after_the_merger(land: Country) -> None:
    """A merged municipality is served with the other, also where that moves to another organisation."""
    of = version(
        land,
        {
            "gooi-en-vechtstreek": [('    "Hilversum",\n', "")],
            "utrecht": [(HOUTEN, HOUTEN + '    "Hilversum",\n')],
        },
    )
    assert of.in_force(MERGER - MOMENT).of_postcode("1231") == "gooi-en-vechtstreek"
    assert of.in_force(MERGER).of_postcode("1231") == "utrecht"


def test_a_diversion_ends_at_its_moment(land: Country) -> None:
    """Until then the other's numbers ring, and from then on its own; no minute is rounded."""
    ends = datetime(2026, 11, 25, 6, 0, 30, tzinfo=AMSTERDAM)
    of = version(land, None, diverted("utrecht", "+31300000009", until=ends))
    assert numbers(of, TODAY) == ["+31300000009"]
    assert numbers(of, ends - MOMENT) == ["+31300000009"]
    assert numbers(of, ends) == ["+31300000001", "+31300000002"]
    assert of.in_force(ends - MOMENT).version != of.in_force(ends).version


def test_an_announcement_ends_at_its_moment(land: Country) -> None:
    """Callers hear it until then."""
    ends = datetime(2026, 11, 25, 6, 0, tzinfo=AMSTERDAM)
    spoken = Announcement("all", {"nl": "Er is een storing."}, ends, "anna", "a fault")
    of = Version("7", Content(SHIPPED, (), (spoken,)), land)
    assert of.in_force(ends - MOMENT).announcement("all") == {"nl": "Er is een storing."}
    assert of.in_force(ends).announcement("all") == {}


def test_each_stretch_of_time_has_a_table_with_a_name_of_its_own(land: Country) -> None:
    """From one change to the next it is one table; its name has version, number and geography."""
    of = version(land, None, diverted("utrecht", "zeeland", until=TODAY + timedelta(days=1)))
    assert len(of.changes) == 2
    tables = [of.numbered(number) for number in range(3)]
    assert [table.version for table in tables] == [f"7-{number}-{land.digest}" for number in range(3)]
    assert [of.in_force(moment) is table for moment, table in zip((TODAY, *of.changes), tables, strict=True)] == [
        True
    ] * 3
    assert of.in_force(LONG_AGO - timedelta(days=1)) is tables[0]
    for change, (before, after) in zip(of.changes, pairwise(tables), strict=True):
        assert (of.in_force(change - MOMENT) is before, of.in_force(change) is after) == (True, True)


@pytest.mark.parametrize("number", [-2, -1, 2, 99])
def test_there_is_no_table_out_of_range(land: Country, number: int) -> None:
    """A stretch before the first or after the last is an error, not another table."""
    of = version(land)
    assert len(of.changes) == 1
    with pytest.raises(IndexError):
        of.numbered(number)


def test_the_same_content_has_the_same_tables(land: Country) -> None:
    """Two machines that have version and geography name every table alike, with the same in it."""
    diversions = diverted("utrecht", "zeeland"), diverted("drenthe", "+31300000009", until=TODAY)
    one, other = version(land, None, *diversions), version(land, None, *diversions)
    assert one.changes == other.changes
    for number in range(len(one.changes) + 1):
        assert one.numbered(number) == other.numbered(number)


def test_the_tables_ahead_are_told_with_their_moments(land: Country) -> None:
    """The table in force comes first, then each one after it; what is over does not come."""
    ends = TODAY + timedelta(days=1)
    of = version(land, None, diverted("utrecht", "zeeland", until=ends), diverted("drenthe", "zeeland", until=TODAY))
    assert [(moment, table.version) for moment, table in of.ahead(TODAY)] == [
        (TODAY, of.numbered(1).version),
        (ends, of.numbered(2).version),
        (MERGER, of.numbered(3).version),
    ]


def test_a_diversion_to_an_organisation_rings_its_line(land: Country) -> None:
    """Its numbers ring in the place of the diverted ones, with who is rung named; the rest of the chain stays."""
    table = version(land, None, diverted("utrecht", "zeeland")).in_force(TODAY)
    assert list(table.routes("advice", "utrecht")) == [
        Route("zeeland", "+31118000001", False),
        Route("zeeland", "+31118000002", False),
        Route("gooi-en-vechtstreek", "+31350000001", False),
        Route("gooi-en-vechtstreek", "+31350000002", False),
        Route("landelijk", "+31700000900", False),
    ]
    assert [route.number for route in table.routes("doctors", "utrecht")] == ["+31300000003"]


@pytest.mark.parametrize("accept", [True, False])
def test_a_diversion_to_a_number_says_whether_to_press_a_key(land: Country, accept: bool) -> None:
    """Whoever answers there must press 1, or need not; the worker is told which organisation it is for."""
    table = version(land, None, diverted("utrecht", "+31300000009", accept=accept)).in_force(TODAY)
    assert table.routes("advice", "utrecht")[0] == Route("utrecht", "+31300000009", accept)
    assert table.line_of("+31300000009") == "utrecht advice diverted"


def test_a_diversion_is_followed_on(land: Country) -> None:
    """To an organisation that is itself diverted to a number: that number rings, for the last organisation."""
    table = version(
        land, None, diverted("utrecht", "zeeland"), diverted("zeeland", "+31300000009", accept=True)
    ).in_force(TODAY)
    assert table.rings_at("advice", "utrecht") == ["utrecht", "zeeland"]
    assert table.routes("advice", "utrecht")[0] == Route("zeeland", "+31300000009", True)


def test_a_circle_of_diversions_ends(land: Country) -> None:
    """The check refuses it; a table made of it all the same rings somebody."""
    of = version(land, None, diverted("utrecht", "zeeland"), diverted("zeeland", "utrecht"))
    assert of.in_force(TODAY).rings_at("advice", "utrecht") == ["utrecht", "zeeland"]
    assert check_version(of, TODAY).refused


def test_a_stand_in_that_is_diverted_rings_elsewhere(land: Country) -> None:
    """A diversion holds in the chains of others too."""
    table = version(land, None, diverted("gooi-en-vechtstreek", "+31300000009")).in_force(TODAY)
    assert [route.number for route in table.routes("advice", "utrecht")] == [
        "+31300000001",
        "+31300000002",
        "+31300000009",
        "+31700000900",
    ]


def test_a_diverted_doctors_line_has_the_hours_of_the_other(land: Country) -> None:
    """Diverted to another organisation it is open when that one is; to a number, as it was."""
    edits: Edits = {"zeeland": [("mo-fr 09:00-17:00", "sa 10:00-12:00")]}
    saturday = datetime(2026, 11, 28, 11, tzinfo=AMSTERDAM)
    table = version(land, edits, diverted("utrecht", "zeeland", "doctors")).in_force(TODAY)
    assert table.doctors_line("utrecht", saturday) == "open"
    assert table.doctors_line("utrecht", TODAY) == "closed"
    assert list(table.routes("doctors", "utrecht")) == [Route("zeeland", "+31118000003", True)]
    table = version(land, edits, diverted("utrecht", "+31300000009", "doctors")).in_force(TODAY)
    assert (table.doctors_line("utrecht", saturday), table.doctors_line("utrecht", TODAY)) == ("closed", "open")


def test_the_national_desk_can_be_diverted_to_a_switchboard(land: Country) -> None:
    """The last resort of every chain then rings there."""
    of = version(land, None, diverted("landelijk", "friesland"))
    assert not check_version(of, TODAY).refused
    table = of.in_force(TODAY)
    last = Route("friesland", table.organisation("friesland").advice.numbers[-1], False)
    for name in table.organisations:
        if name != "friesland":
            assert table.routes("advice", name)[-1] == last


# Tables dealt at random, with municipalities that move from one organisation to another.

HEADS = {name: text.partition("[[municipalities]]")[0] for name, text in SHIPPED.items()}
ORGANISATIONS = sorted(HEADS.keys() - {"landelijk"})
DAYS = st.dates(date(2026, 11, 1), date(2027, 6, 30))
Move = tuple[int, date, str]  # which municipality, from which day on it is another's, and whose
MOVES = st.lists(
    st.tuples(st.integers(0, 300), DAYS, st.sampled_from(ORGANISATIONS)), max_size=5, unique_by=lambda move: move[0]
)


def dealt(names: list[str], seed: int, moves: list[Move], *, gap: bool) -> dict[str, str]:
    """Region files that deal out the municipalities at random; with `gap` the first that moves arrives nowhere."""
    chance = random.Random(seed)
    owner = {name: chance.choice(ORGANISATIONS) for name in names}
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    moving = {names[index] for index, _, _ in moves}
    for name in names:
        if name not in moving:
            blocks[owner[name], ""].append(name)
    for place, (index, day, to) in enumerate(moves):
        blocks[owner[names[index]], f"until = {day}\n"].append(names[index])
        if place or not gap:
            blocks[to, f"from = {day}\n"].append(names[index])
    texts = dict(HEADS)
    for (organisation, dates), held in blocks.items():
        texts[organisation] += f"[[municipalities]]\n{dates}names = {json.dumps(held, ensure_ascii=False)}\n\n"
    return texts


def all_lead_somewhere(of: Version, moment: datetime) -> None:
    """Each postcode leads to the organisations of its municipalities, neither fewer nor more, each of which has one."""
    table = of.in_force(moment)
    geography = table.country.geography
    assert table.region_of_municipality.keys() == geography.municipalities.keys()
    assert set(table.region_of_municipality.values()) <= set(ORGANISATIONS)
    for digits, postcode in geography.postcodes.items():
        ends = table.of_postcode(digits)
        concerned = {table.region_of_municipality[code] for code, _ in postcode.municipalities}
        if ends.startswith("doubt-"):
            choices = [choice.region for choice in table.choices(ends)]
            assert len(choices) > 1
            assert sorted(choices) == sorted(concerned)
        else:
            assert {ends} == concerned


@settings(max_examples=40, deadline=None, database=None)
@given(seed=st.integers(0, 2**32), moves=MOVES, another=DAYS, gap=st.booleans())
def test_however_they_are_dealt_every_place_leads_to_somebody(
    land: Country, seed: int, moves: list[Move], another: date, gap: bool
) -> None:
    """In a table that the check passes each municipality and each postcode leads somewhere on each day.

    A municipality that moves leaves the one on the day on which the other has it; where the other does not, the table
    is refused.
    """
    names = [town.name for town in land.geography.municipalities.values()]
    of = Version("dealt", Content(dealt(names, seed, moves, gap=gap)), land)
    report = check_version(of, TODAY)
    event(f"refused: {report.refused}")
    if report.refused:
        assert gap
        assert {problem.code for problem in report.problems if not problem.warning} == {"unclaimed-municipality"}
        return
    for day in {TODAY.date(), another, *(day for _, day, _ in moves)}:
        all_lead_somewhere(of, max(TODAY, midnight(day.year, day.month, day.day)))


def test_with_the_files_as_shipped_every_place_leads_to_somebody(land: Country) -> None:
    """The same holds of the files as shipped, before and after the merger."""
    for moment in (TODAY, MERGER):
        all_lead_somewhere(version(land), moment)
