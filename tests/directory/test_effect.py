"""What a change of the routing table does to callers, each change made in the files as shipped."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory import files, hours
from helpline.directory.content import Announcement, Content, Diversion
from helpline.directory.country import Country
from helpline.directory.effect import Change, Effect, changes, effects
from helpline.directory.effect_told import as_json, told
from helpline.directory.geography import Postcode
from helpline.directory.hours import AMSTERDAM, DAYS, HOLIDAY, Hours, Span
from helpline.directory.table import Table
from helpline.directory.version import Version

SHIPPED = files.read(Path(__file__).parents[2] / "regions").texts
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=AMSTERDAM)
TONIGHT = datetime(2026, 11, 25, 6, 0, tzinfo=AMSTERDAM)
ADVICE = 'numbers = ["+31 30 000 0001", "+31 30 000 0002"]'
EEMNES = '    "Eemnes",  # doubtful: perhaps Gooi en Vechtstreek; ask both organisations\n'
NEWCOMER = """name = "Veilig Thuis Nieuw"
[advice]
numbers = ["+31 35 000 0009"]
answers = "accept"
checked = 2026-11-01
"""
Edits = dict[str, tuple[str, str]]
EEMNES_MOVES: Edits = {
    "utrecht": (EEMNES, ""),
    "gooi-en-vechtstreek": ('    "Hilversum",\n', '    "Eemnes",\n    "Hilversum",\n'),
}


SPANS = st.builds(
    Span,
    st.lists(st.sampled_from((*DAYS, HOLIDAY)), min_size=1, unique=True).map(tuple),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 24 * 60),
).filter(lambda span: span.opens != span.closes)


def edited(edits: Edits) -> Content:
    """The shipped files, with a piece of each of these replaced by another."""
    texts = dict(SHIPPED)
    for organisation, (old, new) in edits.items():
        assert old in texts[organisation]
        texts[organisation] = texts[organisation].replace(old, new, 1)
    return Content(texts)


def compared(land: Country, after: Content, before: Content | None = None) -> tuple[Effect, ...]:
    """The effects of `after`, by default on the files as shipped."""
    return effects(Version("before", before or Content(SHIPPED), land), Version("after", after, land), NOW)


def at_once(land: Country, edits: Edits) -> tuple[Change, ...]:
    """The changes of these edits, all of them at once."""
    (effect,) = compared(land, edited(edits))
    assert effect.begins is None
    return effect.changes


def diverted(to: str, until: datetime = TONIGHT, *, accept: bool = False) -> Diversion:
    """A diversion of Utrecht's advice line."""
    return Diversion("utrecht", "advice", to, accept, until, "an author", "a reason")


def table_at(land: Country, content: Content) -> Table:
    """The table of some content, now."""
    return Version("one", content, land).in_force(NOW)


def regions_of(table: Table, digits: str) -> list[str]:
    """The organisations that a postcode may mean."""
    return [choice.region for choice in table.of_postcode_choices(digits)]


def test_the_same_twice_changes_nothing(land: Country) -> None:
    """Nor does a comment, a day of checking, the order of the municipalities, or a merger that both know of."""
    assert compared(land, Content(SHIPPED)) == ()
    assert compared(land, edited({"utrecht": (EEMNES, '    "Eemnes",\n')})) == ()
    moved = edited({"utrecht": ('    "Amersfoort",\n    "Baarn",\n', '    "Baarn",\n    "Amersfoort",\n')})
    assert compared(land, moved) == ()
    assert told(()) == "Nothing changes for callers."
    assert [merger.day.isoformat() for merger in land.geography.mergers] == ["2027-01-01"]


def test_a_municipality_moves_with_its_postcodes(land: Country) -> None:
    """Eemnes goes to its neighbour: its postcodes go with it, together, with their inhabitants."""
    found = at_once(land, EEMNES_MOVES)
    postcodes = [change for change in found if change.kind == "postcodes"]
    assert found == (*postcodes, Change("municipality", "Eemnes", "utrecht", "gooi-en-vechtstreek"))
    whole = next(change for change in postcodes if "3755" in change.postcodes)
    assert (whole.before, whole.after) == ("utrecht", "gooi-en-vechtstreek")
    assert whole.inhabitants == sum(land.geography.postcodes[digits].inhabitants for digits in whole.postcodes) > 9000


def test_every_postcode_that_moves_is_named(land: Country) -> None:
    """Looked up one by one, exactly the postcodes that are told lead to somebody else."""
    was, now = table_at(land, Content(SHIPPED)), table_at(land, edited(EEMNES_MOVES))
    moved = {digits for change in changes(was, now) for digits in change.postcodes}
    assert moved == {
        digits for digits in land.geography.postcodes if regions_of(was, digits) != regions_of(now, digits)
    }


def test_a_postcode_can_come_to_be_asked_about(land: Country) -> None:
    """Where a municipality moves away, whoever lives in the half of a postcode that stays is asked."""
    found = at_once(
        land, {"utrecht": ('    "Rhenen",\n', ""), "zeeland": ("names = [\n", 'names = [\n    "Rhenen",\n')}
    )
    assert {change.after for change in found if change.kind == "postcodes"} == {"zeeland", "asked: zeeland or utrecht"}


def test_postcodes_that_only_one_geography_has(land: Country) -> None:
    """A postcode that is new leads from nowhere, one that is gone to nowhere; so does a municipality."""
    fewer = {digits: each for digits, each in land.geography.postcodes.items() if digits != "3511"}
    code = land.geography.postcodes["3511"].municipalities[0][0]
    other = Country(replace(land.geography, postcodes={**fewer, "5955": Postcode("address", 1, ((code, 100.0),))}), "x")
    found = changes(table_at(land, Content(SHIPPED)), table_at(other, Content(SHIPPED)))
    ways = {(change.before, change.after, change.postcodes) for change in found}
    assert ("utrecht", "-", ("3511",)) in ways
    assert ("-", "utrecht", ("5955",)) in ways


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"0346", ', "", Change("area code", "0346", "utrecht", "asked")),
        ('"0347"]', '"0347", "035"]', Change("area code", "035", "asked", "utrecht")),
        (
            'hours = ["mo-fr 09:00-17:00"]',
            'hours = ["mo-th 09:00-17:00", "fr,ph 20:00-24:00"]',
            Change("hours", "utrecht doctors", "mo-fr 09:00-17:00", "mo-th 09:00-17:00, fr,ph 20:00-24:00"),
        ),
        (
            'answers = "accept"',
            'answers = "switchboard"',
            Change("answers", "utrecht doctors", "must press 1", "switchboard"),
        ),
        ('"gooi-en-vechtstreek"', '"flevoland"', Change("stand-in", "utrecht", "gooi-en-vechtstreek", "flevoland")),
        ('stand_in = "gooi-en-vechtstreek"', "", Change("stand-in", "utrecht", "gooi-en-vechtstreek", "-")),
        (
            'name = "Veilig Thuis Utrecht"',
            'name = "Veilig Thuis Stad"',
            Change("name", "utrecht", "Veilig Thuis Utrecht", "Veilig Thuis Stad"),
        ),
        (
            'name = "Veilig Thuis Utrecht"',
            'name = "Veilig Thuis Utrecht"\nsay = "Utrecht"',
            Change("name", "utrecht", "Veilig Thuis Utrecht", 'Veilig Thuis Utrecht, said "Utrecht"'),
        ),
        (
            'numbers = ["+31 30 000 0003"]',
            'numbers = ["+31 30 000 0004"]',
            Change("numbers", "utrecht doctors", "+31300000003", "+31300000004"),
        ),
    ],
)
def test_one_line_of_a_file(land: Country, old: str, new: str, expected: Change) -> None:
    """Each row is an edit in utrecht.toml and the one thing it changes."""
    assert at_once(land, {"utrecht": (old, new)}) == (expected,)


def test_numbers_change_in_the_chains_of_others_too(land: Country) -> None:
    """Whoever has Utrecht as a stand-in rings one number fewer; the order in which numbers ring counts."""
    own, chains = at_once(land, {"utrecht": (ADVICE, 'numbers = ["+31 30 000 0002", "+31 30 000 0001"]')})
    assert own == Change("numbers", "utrecht advice", "+31300000001, +31300000002", "+31300000002, +31300000001")
    leaning = [name for name, text in SHIPPED.items() if 'stand_in = "utrecht"' in text]
    assert chains == Change("chain", "also in the chains of", "", ", ".join(sorted(leaning)))


def test_what_an_organisation_changed_itself_is_told_once(land: Country) -> None:
    """Another number at the national desk is in every chain but that of the one who has a new stand-in as well."""
    edits = {
        "landelijk": ("+31 70 000 0900", "+31 70 000 0901"),
        "utrecht": ('"gooi-en-vechtstreek"', '"flevoland"'),
    }
    chain = at_once(land, edits)[-1]
    assert chain.after.split(", ") == sorted(SHIPPED.keys() - {"utrecht", "landelijk"})


def test_an_organisation_comes_or_goes(land: Country) -> None:
    """It is told by name, with the numbers that come or go with it."""
    more = Content({**SHIPPED, "nieuw": NEWCOMER})
    (came,), (went,) = compared(land, more), compared(land, Content(SHIPPED), more)
    assert came.changes == (
        Change("numbers", "nieuw advice", "-", "+31350000009"),
        Change("answers", "nieuw advice", "-", "must press 1"),
        Change("organisation", "nieuw", "-", "Veilig Thuis Nieuw"),
    )
    assert went.changes == tuple(replace(each, before=each.after, after=each.before) for each in came.changes)


def test_a_doctors_line_goes(land: Country) -> None:
    """An organisation without a vertrouwensarts has none of the numbers, answers and hours of one."""
    text = SHIPPED["utrecht"]
    doctors = text[text.index("[doctors]") : text.index("[[municipalities]]")]
    found = at_once(land, {"utrecht": (doctors, "")})
    assert [(change.kind, change.of, change.after) for change in found] == [
        (kind, "utrecht doctors", "-") for kind in ("numbers", "answers", "hours")
    ]


@pytest.mark.parametrize(
    ("diversion", "after"),
    [
        (diverted("west-brabant"), "rings west-brabant until 2026-11-25 06:00"),
        (diverted("+31300000009"), "rings +31300000009 until 2026-11-25 06:00"),
        (diverted("+31300000009", accept=True), "rings +31300000009 (must press 1) until 2026-11-25 06:00"),
    ],
)
def test_a_diversion(land: Country, diversion: Diversion, after: str) -> None:
    """It is told with what rings and until when, and whose chains it is in besides."""
    own, chains = compared(land, Content(SHIPPED, (diversion,)))[0].changes
    assert own == Change("diversion", "utrecht advice", "-", after)
    assert chains.kind == "chain"
    assert "utrecht" not in chains.after.split(", ")


def test_a_diversion_ends_early_or_later(land: Country) -> None:
    """Ended before its time it is told at once; a longer one is told again when the shorter one would have ended."""
    short = Content(SHIPPED, (diverted("west-brabant"),))
    (early,) = compared(land, Content(SHIPPED), short)
    assert early.begins is None
    assert early.changes[0] == Change("diversion", "utrecht advice", "rings west-brabant until 2026-11-25 06:00", "-")
    until = datetime(2026, 11, 26, 6, 0, tzinfo=AMSTERDAM)
    first, then = compared(land, Content(SHIPPED, (diverted("west-brabant", until),)), short)
    assert (first.begins, then.begins) == (None, TONIGHT)
    assert [change.kind for change in first.changes] == ["diversion"]
    assert [change.kind for change in then.changes] == ["diversion", "chain"]


def test_why_and_by_whom_is_nothing_to_callers(land: Country) -> None:
    """The same diversion of another author and for another reason changes nothing."""
    first = diverted("west-brabant")
    other = replace(first, author="another", reason="another")
    assert compared(land, Content(SHIPPED, (other,)), Content(SHIPPED, (first,))) == ()


def test_an_announcement(land: Country) -> None:
    """It is told with its words in each language, by whom it is heard."""
    announcement = Announcement("all", {"nl": "Het is druk.", "en": "We are busy."}, TONIGHT, "an author", "a reason")
    (effect,) = compared(land, Content(SHIPPED, (), (announcement,)))
    after = 'nl "Het is druk.", en "We are busy." until 2026-11-25 06:00'
    assert effect.changes == (Change("announcement", "all", "-", after),)
    assert told((effect,)) == f"At once:\n  announcement of all: - → {after}"


def test_what_is_planned_is_told_with_its_day(land: Country) -> None:
    """A number from a day on changes nothing until then, and from then on also the chains of others."""
    later = 'numbers = ["+31 30 000 0001", "+31 30 000 0002", { number = "+31 30 000 0009", from = 2027-03-01 }]'
    (effect,) = compared(land, edited({"utrecht": (ADVICE, later)}))
    assert effect.begins == datetime(2027, 3, 1, tzinfo=AMSTERDAM)
    assert [change.kind for change in effect.changes] == ["numbers", "chain"]
    assert told((effect,)).startswith("From 2027-03-01 00:00:\n  utrecht advice numbers: +31300000001, +31300000002 → ")
    assert compared(land, edited({"utrecht": (ADVICE, later)}), edited({"utrecht": (ADVICE, later)})) == ()


def test_a_municipality_moves_on_a_day(land: Country) -> None:
    """With blocks that end and begin on one day it moves at midnight of that day, and nothing is told twice."""
    block = '\n[[municipalities]]\nnames = ["Eemnes"]\n'
    texts = dict(edited({"utrecht": (EEMNES, ""), "twente": ('0003"]', '0004"]')}).files)
    texts["utrecht"] += f"{block}until = 2027-01-01\n"
    texts["gooi-en-vechtstreek"] += f"{block}from = 2027-01-01\n"
    first, then = compared(land, Content(texts))
    assert [change.kind for change in first.changes] == ["numbers"]
    assert then.begins == datetime(2027, 1, 1, tzinfo=AMSTERDAM)
    assert {change.kind for change in then.changes} == {"postcodes", "municipality"}
    assert then.changes[-1] == Change("municipality", "Eemnes", "utrecht", "gooi-en-vechtstreek")


def test_the_first_version_of_all(land: Country) -> None:
    """Where nothing was in force before, only how many organisations there are is told, once."""
    found = effects(None, Version("first", Content(SHIPPED), land), NOW)
    assert found == (Effect(None, (Change("organisation", "all", "-", "26 organisations"),)),)
    assert told(found) == "At once:\n  organisation all: - → 26 organisations"


def test_told_to_a_person() -> None:
    """One and many are told apart, thousands are parted, and of many postcodes three are shown."""
    many = tuple(str(digits) for digits in range(3755, 3769))
    found = (
        Effect(
            None,
            (
                Change("postcodes", "14 postcodes", "utrecht", "zeeland", many, 23_410),
                Change("postcodes", "1 postcode", "utrecht", "asked: utrecht or zeeland", ("4000",), 1),
                Change("municipality", "Eemnes", "utrecht", "zeeland"),
                Change("area code", "0346", "utrecht", "asked"),
                Change("chain", "also in the chains of", "", "drenthe, flevoland"),
            ),
        ),
        Effect(datetime(2026, 12, 31, 23, 0, tzinfo=UTC), (Change("stand-in", "utrecht", "drenthe", "-"),)),
    )
    assert told(found).split("\n") == [
        "At once:",
        "  14 postcodes with 23,410 inhabitants: utrecht → zeeland (3755, 3756, 3757 and 11 more)",
        "  1 postcode with 1 inhabitant: utrecht → asked: utrecht or zeeland (4000)",
        "  Eemnes: utrecht → zeeland",
        "  area code 0346: utrecht → asked",
        "  also in the chains of: drenthe, flevoland",
        "From 2027-01-01 00:00:",
        "  utrecht stand-in: drenthe → -",
    ]


def test_told_to_a_program() -> None:
    """JSON has every field, all postcodes, and null for what begins at once."""
    change = Change("postcodes", "1 postcode", "a", "b", ("4000",), 5)
    at = datetime(2027, 1, 1, tzinfo=AMSTERDAM)
    told_so = {
        "kind": "postcodes",
        "of": "1 postcode",
        "before": "a",
        "after": "b",
        "postcodes": ["4000"],
        "inhabitants": 5,
    }
    assert json.loads(as_json((Effect(None, (change,)), Effect(at, (change,))))) == [
        {"begins": None, "changes": [told_so]},
        {"begins": "2026-12-31T23:00:00+00:00", "changes": [told_so]},
    ]


@given(st.builds(Hours, st.lists(SPANS, min_size=1).map(tuple)))
def test_hours_are_written_as_they_are_read(generated: Hours) -> None:
    """Whatever the hours, the lines they are written as mean the same hours."""
    assert hours.read(str(generated).split(", ")) == generated


@pytest.mark.parametrize(
    "line",
    ["mo-fr 09:00-17:00", "fr-mo 18:00-24:00", "mo-su,ph 00:00-24:00", "mo,we-th 22:30-06:00", "th-we 01:00-00:00"],
)
def test_hours_are_written_short(line: str) -> None:
    """Days that follow each other are one range, across the end of the week too; 24:00 stays."""
    assert str(hours.read([line, "ph 10:00-16:00"])) == f"{line}, ph 10:00-16:00"
