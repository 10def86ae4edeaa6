"""A report of made-up calls, as the command and the console have it."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import get_args

import pytest

from helpline.reports.covering import Place
from helpline.reports.days import Days
from helpline.reports.folding import ENDINGS, NONE
from helpline.reports.report import Report, report
from helpline.reports.rows import FEWEST_FOR_SECONDS, Row
from helpline.reports.small_counts import FEWEST, is_small
from helpline.storage.counts import By, Counts
from helpline.storage.database import Database
from tests.reports.attacker import Printed
from tests.reports.made import HUNG_UP, UNDER_WAY, UNREACHED, Made, keep, keep_texts

DAY = Days(date(2026, 11, 23), date(2026, 11, 23))
CLOCK_GOES_BACK, CLOCK_GOES_FORWARD = (Days(day, day) for day in (date(2026, 10, 25), date(2026, 3, 29)))
GONE = Made(outcome="gone", endings=("gone",))
ALL_BY: tuple[By, ...] = get_args(By)


def calls_of(made: Report) -> dict[str, int | None]:
    """How many calls each group has."""
    return {row.name: row.calls for row in made.rows}


def test_a_row_tells_how_calls_ended_and_how_long_it_took(database: Database, counts: Counts) -> None:
    """Of all calls that are over, by what operators call each ending."""
    second = Made(endings=("busy", "answered"), seconds_to_ring=16)
    third = Made(endings=("busy", "no-answer", "answered"), seconds_to_ring=30)
    dropped = Made(outcome="dropped", endings=("dropped", "busy"))
    keep(database, (40, Made()), (20, second), (6, third), (5, UNREACHED), (5, GONE), (5, dropped), (6, UNDER_WAY))
    made = report(counts, DAY, "region")
    answered = {"answered first": 40, "answered second": 20, "answered later": 6}
    endings = answered | {"unreached": 5, "gone": 5, "hung up": 0, "dropped": 5, "fault": 0, "unknown": 0}
    assert made.rows == (Row("utrecht", 81, endings, 15, 30),)
    assert made.total == Row("total", 81, endings, 15, 30)
    assert made.under_way == 6


def test_who_hung_up_before_a_place_was_found_is_of_no_group(database: Database, counts: Counts) -> None:
    """They are told as none."""
    keep(database, (6, HUNG_UP), (7, Made()))
    assert calls_of(report(counts, DAY, "region")) == {NONE: 6, "utrecht": 7}


def test_hours_are_those_of_amsterdam_and_all_of_them_are_there(database: Database, counts: Counts) -> None:
    """On an ordinary day in winter one ahead of UTC; an hour without calls has 0."""
    keep(database, (8, Made()), (5, Made(hour="2026-11-22T23")))
    assert calls_of(report(counts, DAY, "hour")) == {f"{hour:02}": {12: 8, 0: 5}.get(hour, 0) for hour in range(24)}


def test_the_hour_that_comes_twice_is_counted_twice(database: Database, counts: Counts) -> None:
    """On the day of 25 hours: both are from two to three."""
    hours = ("2026-10-24T22", "2026-10-25T00", "2026-10-25T01", "2026-10-25T22", "2026-10-25T23")
    keep(database, *((number, Made(hour=hour)) for number, hour in enumerate(hours, 5)))
    told = calls_of(report(counts, CLOCK_GOES_BACK, "hour"))
    assert {hour: calls for hour, calls in told.items() if calls} == {"00": 5, "02": 6 + 7, "23": 8}


def test_the_hour_that_is_left_out_has_no_calls(database: Database, counts: Counts) -> None:
    """On the day of 23 hours: after one comes three."""
    hours = ("2026-03-28T23", "2026-03-29T00", "2026-03-29T01", "2026-03-29T21", "2026-03-29T22")
    keep(database, *((number, Made(hour=hour)) for number, hour in enumerate(hours, 5)))
    told = calls_of(report(counts, CLOCK_GOES_FORWARD, "hour"))
    assert {hour: calls for hour, calls in told.items() if calls} == {"00": 5, "01": 6, "03": 7, "23": 8}


def test_by_outcome_each_ending_is_a_group(database: Database, counts: Counts) -> None:
    """What is small is withheld, with what would give it away; a word of a newer program is not known."""
    new = Made(outcome="new", endings=())
    keep(database, (30, Made()), (9, GONE), (2, HUNG_UP), (6, new))
    made = report(counts, DAY, "outcome")
    assert calls_of(made) == {
        "answered first": 30,
        "answered second": 0,
        "answered later": 0,
        "unreached": 0,
        "gone": 9,
        "hung up": None,
        "dropped": 0,
        "fault": 0,
        "unknown": None,
    }
    assert made.total.endings == calls_of(made)
    assert {len(row.endings) for row in made.rows} == {0}


def test_what_is_withheld_of_all_calls_is_the_same_in_every_report(database: Database, counts: Counts) -> None:
    """So that none has what another withholds."""
    keep(database, (30, Made()), (9, GONE), (3, UNREACHED), (8, Made(language="tr", line="doctors")), (6, HUNG_UP))
    totals = [report(counts, DAY, by).total for by in ALL_BY]
    assert [totals[0]] * len(ALL_BY) == totals
    assert calls_of(report(counts, DAY, "outcome")) == totals[0].endings
    assert {ending for ending, count in totals[0].endings.items() if count is None} == {"unreached", "hung up"}


def test_numbers_of_an_organisation_that_is_withheld_are_not_told(database: Database, counts: Counts) -> None:
    """Whatever the report is by: how often they rang would say how many called there, and so in the other."""
    twice = Made(endings=("busy", "answered"))
    keep(database, (3, Made(organisation="drenthe")), (30, twice), (40, twice._replace(organisation="zeeland")))
    told = {by: [each.organisation for each in report(counts, DAY, by).failing] for by in ALL_BY}
    assert list(told.values()) == [["zeeland"]] * len(ALL_BY)
    shown = report(counts, DAY, "region", small_counts=True).failing
    assert [(each.organisation, each.dials) for each in shown] == [("zeeland", 40), ("utrecht", 30)]


@pytest.mark.parametrize("by", ALL_BY)
def test_of_fewer_than_five_calls_nothing_is_told(database: Database, counts: Counts, by: By) -> None:
    """Neither rows nor numbers that failed; with small counts everything."""
    keep(database, (4, UNREACHED), (2, UNDER_WAY))
    keep_texts(database, place=3)
    made = report(counts, DAY, by)
    assert (made.total.calls, made.rows, made.failing) == (None, (), ())
    assert (made.texts, made.text_outcomes, made.under_way) == (None, {}, None)
    shown = report(counts, DAY, by, small_counts=True)
    assert (shown.total.calls, shown.texts, shown.text_outcomes, shown.under_way) == (4, 3, {"place": 3}, 2)
    assert {row.name: row.calls for row in shown.rows if row.calls} and shown.failing
    assert not made.is_empty


def test_groups_that_all_have_few_calls_are_not_told_of(database: Database, counts: Counts) -> None:
    """Their sum would give them away."""
    keep(database, *((1, Made(organisation=name)) for name in "abcde"))
    made = report(counts, DAY, "region")
    assert (made.total.calls, made.rows) == (5, ())


def test_seconds_are_told_of_enough_calls(database: Database, counts: Counts) -> None:
    """Of fewer, 95 % of them are the wait of one caller; without a ring there are none."""
    few, enough = FEWEST_FOR_SECONDS - 1, FEWEST_FOR_SECONDS
    keep(database, (few, Made(organisation="drenthe")), (enough, Made(seconds_to_ring=9)), (50, HUNG_UP))
    told = {row.name: (row.median_seconds, row.most_seconds) for row in report(counts, DAY, "region").rows}
    assert told == {"drenthe": (None, None), "utrecht": (9, 9), NONE: (None, None)}
    shown = report(counts, DAY, "region", small_counts=True)
    assert shown.rows[0].median_seconds == 15


def test_texts_are_told_by_outcome(database: Database, counts: Counts) -> None:
    """With small ones withheld, and the next smallest with them."""
    keep_texts(database, place=30, help=2, doctor=9, meldcode=12)
    made = report(counts, DAY, "region")
    assert (made.texts, made.text_outcomes) == (53, {"doctor": None, "help": None, "meldcode": 12, "place": 30})


def test_where_nothing_was_there_is_nothing_to_tell(counts: Counts) -> None:
    """Zeros and no rows."""
    made = report(counts, DAY, "region")
    assert made.is_empty
    assert (made.total.calls, made.rows, made.texts, made.under_way) == (0, (), 0, 0)


def printed(made: Report) -> Printed:
    """A report as whoever wants to know more has it."""
    assert made.total.calls is not None
    return Printed(
        made.total.calls,
        {row.name: row.calls for row in made.rows},
        made.total.endings,
        {Place(row.name, ending): count for row in made.rows for ending, count in row.endings.items()},
    )


def somebodys(random: Random) -> Made:
    """A call to one of many regions, at any hour."""
    kind = random.choices([Made(), Made(endings=("busy", "answered")), UNREACHED, GONE, HUNG_UP], [60, 9, 4, 9, 9])[0]
    return kind._replace(
        organisation=f"region {random.choices(range(26), range(1, 27))[0]:02}",
        hour=f"2026-11-23T{random.choices(range(23), range(1, 24))[0]:02}",
        language=random.choices(["nl", "en", "tr", "pl"], [90, 6, 3, 1])[0],
        line=random.choices(["advice", "doctors"], [95, 5])[0],
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("by", ["region", "hour", "line", "language"])
def test_no_small_count_can_be_worked_out_of_a_report(database: Database, counts: Counts, by: By, seed: int) -> None:
    """In a table as it is printed every small count can still be any of 1 to 4."""
    random = Random(seed)
    keep(database, *((1, somebodys(random)) for _ in range(400)))
    seen, shown = printed(report(counts, DAY, by)), report(counts, DAY, by, small_counts=True)
    small: list[str | Place] = [row.name for row in shown.rows if is_small(row.calls or 0)]
    small += [Place(row.name, ending) for row in shown.rows for ending in ENDINGS if is_small(row.endings[ending] or 0)]
    assert len(small) > 1
    given_away = [what for what in small if not all(seen.can_be(what, count) for count in range(1, FEWEST))]
    assert given_away == []
