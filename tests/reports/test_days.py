"""Days in Amsterdam as hours in UTC, also where the clock is changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory.hours import AMSTERDAM
from helpline.reports.days import MOST_DAYS_AT_ONCE, Days, DaysRefused, asked_for, parts
from helpline.storage.counts import Hours

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        (date(2026, 11, 23), "2026-11-22T23", "2026-11-23T23"),
        (date(2026, 7, 1), "2026-06-30T22", "2026-07-01T22"),
        (date(2026, 3, 29), "2026-03-28T23", "2026-03-29T22"),  # 23 hours
        (date(2026, 10, 25), "2026-10-24T22", "2026-10-25T23"),  # 25 hours
    ],
)
def test_a_day_begins_and_ends_at_midnight_in_amsterdam(day: date, begin: str, end: str) -> None:
    """Whatever the clock does in between."""
    assert Days(day, day).hours == Hours(begin, end)


def test_the_last_day_is_included() -> None:
    """From one day to itself is one day."""
    assert [*Days(date(2026, 11, 23), date(2026, 11, 23))] == [date(2026, 11, 23)]
    assert len([*Days(date(2026, 11, 17), date(2026, 11, 23))]) == 7


def test_days_without_calls_are_left_out_at_both_ends() -> None:
    """An hour belongs to the day that it is in Amsterdam."""
    days = Days(date(2020, 1, 1), date(2099, 1, 1))
    assert days.within("2026-11-22T23", "2026-11-24T22") == Days(date(2026, 11, 23), date(2026, 11, 24))
    assert Days(date(2026, 11, 24), date(2026, 11, 24)).within("2026-11-23T23", "2026-11-24T10").first.day == 24


def test_a_long_time_is_cut_where_the_clock_is_changed() -> None:
    """So that the hours of a part have the same hour of the day in Amsterdam; and no part is too long."""
    found = [*parts(Days(date(2026, 10, 1), date(2026, 11, 30)).hours)]
    assert [(part.hours.begin, part.ahead) for part in found] == [
        ("2026-09-30T22", 2),
        ("2026-10-25T01", 1),
        ("2026-11-25T01", 1),
    ]
    assert found[0].wall("22") == "00"
    assert found[1].wall("23") == "00"


@given(DAYS, st.integers(0, 900))
def test_the_parts_are_the_whole_and_have_one_clock_each(first: date, more: int) -> None:
    """They join without gap, and the first and last hour of each are as far ahead of UTC as it says."""
    hours = Days(first, first + timedelta(days=more)).hours
    found = [*parts(hours)]
    assert (found[0].hours.begin, found[-1].hours.end) == (hours.begin, hours.end)
    assert [part.hours.end for part in found[:-1]] == [part.hours.begin for part in found[1:]]
    for part in found:
        begin, end = (datetime.fromisoformat(f"{hour}:00+00:00") for hour in (part.hours.begin, part.hours.end))
        assert end - begin <= timedelta(days=MOST_DAYS_AT_ONCE)
        walls = [moment.astimezone(AMSTERDAM) for moment in (begin, end - timedelta(hours=1))]
        assert [wall.utcoffset() for wall in walls] == [timedelta(hours=part.ahead)] * 2


TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, Days(date(2026, 11, 17), YESTERDAY)),
        (date(2026, 11, 22), None, Days(date(2026, 11, 22), YESTERDAY)),
        (None, date(2026, 10, 7), Days(date(2026, 10, 1), date(2026, 10, 7))),
        (YESTERDAY, YESTERDAY, Days(YESTERDAY, YESTERDAY)),
    ],
)
def test_what_is_not_asked_for_is_a_week_until_yesterday(first: date | None, last: date | None, days: Days) -> None:
    """A week until the last day, where that is given; or all days from the first on."""
    assert asked_for(first, last, today=TODAY) == days


def test_today_is_told_of_and_tomorrow_is_not() -> None:
    """Whoever looks after the line asks how it does now."""
    assert asked_for(TODAY, TODAY, today=TODAY) == Days(TODAY, TODAY)
    with pytest.raises(DaysRefused, match="2026-11-25 is still to come"):
        asked_for(None, date(2026, 11, 25), today=TODAY)


def test_days_that_are_none_are_refused() -> None:
    """The first after the last."""
    with pytest.raises(DaysRefused, match="there is no day"):
        asked_for(TODAY, YESTERDAY, today=TODAY)
