"""What is counted of calls, dials and texts, in a database of each kind."""

from __future__ import annotations

from typing import get_args

import pytest

from helpline.storage.counts import By, CountedCalls, CountedDials, CountedKinds, Counts, Hours
from helpline.storage.database import Database
from tests.reports.made import HUNG_UP, UNDER_WAY, UNREACHED, Made, keep, keep_texts

DAY = Hours("2026-11-22T23", "2026-11-23T23")  # in Amsterdam
LATE = Made(hour="2026-11-23T22")
FOURTH = Made(endings=("busy", "no-answer", "failed", "answered"), seconds_to_ring=40)


@pytest.fixture
def counts(database: Database) -> Counts:
    """What is counted in a database of either kind."""
    return Counts(database)


def test_where_there_is_nothing_all_is_none(counts: Counts) -> None:
    """An empty database has no extent and no rows."""
    assert counts.extent(DAY) is None
    assert [counts.calls("region", DAY), counts.kinds(DAY), counts.dials(DAY)] == [[], [], []]
    assert (counts.texts(DAY), counts.under_way(DAY)) == ({}, 0)


def test_calls_are_counted_by_what_a_report_tells_of_them(database: Database, counts: Counts) -> None:
    """Which number answered counts up to the third; a later one counts as that."""
    second = Made(endings=("busy", "answered"))
    third = Made(endings=("busy", "busy", "answered"))
    keep(database, (3, Made()), (2, second), (1, third), (1, FOURTH), (1, UNREACHED), (2, HUNG_UP), (4, UNDER_WAY))
    assert set(counts.calls("region", DAY)) == {
        CountedCalls("utrecht", "answered", 1, 15, 3),
        CountedCalls("utrecht", "answered", 2, 15, 2),
        CountedCalls("utrecht", "answered", 3, 15, 1),
        CountedCalls("utrecht", "answered", 3, 40, 1),
        CountedCalls("utrecht", "unreached", None, 15, 1),
        CountedCalls("", "hung up", None, None, 2),
    }
    assert counts.under_way(DAY) == 4


def test_a_call_has_a_group_by_each_thing(database: Database, counts: Counts) -> None:
    """Its organisation, the hour in UTC, the line, the language, the outcome."""
    keep(database, (1, Made(language="tr", line="doctors")))
    groups = {by: [row.group for row in counts.calls(by, DAY)] for by in get_args(By)}
    assert groups == {
        "region": ["utrecht"],
        "hour": ["11"],
        "line": ["doctors"],
        "language": ["tr"],
        "outcome": ["answered"],
    }


def test_only_the_hours_that_are_asked_for_are_counted(database: Database, counts: Counts) -> None:
    """The first hour is in, the last is not."""
    hours = ("2026-11-22T22", "2026-11-22T23", "2026-11-23T22", "2026-11-23T23")
    keep(database, *((1, Made(hour=hour, organisation=hour)) for hour in hours))
    assert sorted(row.group for row in counts.calls("region", DAY)) == [*hours[1:3]]
    assert sorted(row.organisation for row in counts.dials(DAY)) == [*hours[1:3]]
    assert sorted(row.organisation for row in counts.kinds(DAY)) == [*hours[1:3]]
    assert counts.extent(DAY) == (hours[1], hours[2])


def test_kinds_tell_apart_all_that_is_exported(database: Database, counts: Counts) -> None:
    """Two calls that differ in nothing but hour and seconds are of one kind."""
    keep(database, (1, Made()), (1, LATE), (1, Made(seconds_to_ring=3)), (2, Made(found="spoken")))
    assert set(counts.kinds(DAY)) == {
        CountedKinds("utrecht", "advice", "nl", "answered", "keyed", 3),
        CountedKinds("utrecht", "advice", "nl", "answered", "spoken", 2),
    }


def test_dials_are_counted_by_number_and_ending(database: Database, counts: Counts) -> None:
    """Each dial of each call that is over."""
    under_way = UNREACHED._replace(complete=False)
    keep(database, (2, UNREACHED), (1, Made()), (1, under_way))
    assert set(counts.dials(DAY)) == {
        CountedDials("utrecht", "advice", 1, "no-answer", 2),
        CountedDials("utrecht", "advice", 2, "busy", 2),
        CountedDials("utrecht", "advice", 1, "answered", 1),
    }


def test_texts_are_counted_by_outcome(database: Database, counts: Counts) -> None:
    """As they are kept."""
    keep_texts(database, place=3, help=1)
    assert counts.texts(DAY) == {"place": 3, "help": 1}
