"""Opening hours on the days that are easily got wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory import hours
from helpline.directory.hours import ALWAYS, AMSTERDAM, UnreadableHours


def at(text: str) -> datetime:
    """A wall-clock time in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("lines", "moment", "is_open"),
    [
        (["mo-fr 09:00-17:00"], "2026-11-23 09:00", True),
        (["mo-fr 09:00-17:00"], "2026-11-23 08:59", False),
        (["mo-fr 09:00-17:00"], "2026-11-23 16:59", True),
        (["mo-fr 09:00-17:00"], "2026-11-23 17:00", False),
        (["mo-fr 09:00-17:00"], "2026-11-22 12:00", False),  # a Sunday
        (["mo,we 09:00-12:00", "th 13:00-24:00"], "2026-11-26 23:59", True),
        (["fr-mo 09:00-12:00"], "2026-11-22 09:30", True),  # a range across the end of the week
        (["fr 22:00-06:00"], "2026-11-28 05:59", True),  # Friday's night is still open on Saturday morning
        (["fr 22:00-06:00"], "2026-11-28 06:00", False),
        (["fr 22:00-06:00"], "2026-11-27 05:00", False),
        (["mo-su 18:00-00:00"], "2026-11-23 23:30", True),
        (["mo-su 18:00-00:00"], "2026-11-24 00:00", False),
    ],
)
def test_open_or_closed(lines: list[str], moment: str, is_open: bool) -> None:
    """Each row is a line's hours, a moment, and whether somebody is there."""
    assert hours.read(lines).open_at(at(moment)) is is_open


@pytest.mark.parametrize(
    "day",
    ["2026-12-25", "2026-12-26", "2027-01-01", "2026-04-27", "2026-05-14", "2026-05-25", "2025-05-05", "2025-04-26"],
)
def test_public_holidays_are_closed(day: str) -> None:
    """Christmas, New Year, King's Day (also when moved to the 26th), Ascension, Whit Monday, 5 May in a fifth year."""
    assert not hours.read(["mo-su 00:00-24:00"]).open_at(at(f"{day} 12:00"))


def test_a_holiday_can_be_open() -> None:
    """Hours for "ph" say when a line is staffed on public holidays."""
    assert hours.read(["mo-fr 09:00-17:00", "ph 10:00-12:00"]).open_at(at("2026-12-25 11:00"))


def test_the_night_before_a_holiday_runs_into_it() -> None:
    """A span belongs to the day on which it begins, so a night shift is not cut at midnight."""
    assert hours.read(["th 22:00-06:00"]).open_at(at("2026-12-25 05:00"))


@pytest.mark.parametrize(
    ("utc", "is_open"),
    [
        ("2026-03-29 00:59", True),  # 01:59, the hour before the clock goes forward
        ("2026-03-29 01:00", False),  # 03:00: the hour from two to three does not exist
        ("2026-10-25 00:30", True),  # 02:30 in summer time
        ("2026-10-25 01:30", True),  # 02:30 again, in winter time
        ("2026-10-25 02:00", False),  # 03:00
    ],
)
def test_the_nights_of_the_clock_change(utc: str, is_open: bool) -> None:
    """The clock on the wall counts, on the day of 23 hours and the day of 25."""
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert hours.read(["su 01:00-03:00"]).open_at(moment) is is_open


def test_a_moment_without_a_zone_is_refused() -> None:
    """A time without its zone would be an hour wrong half of the year."""
    with pytest.raises(ValueError, match="time zone"):
        ALWAYS.open_at(datetime(2026, 11, 23, 9, 0))


@given(st.integers(0, 366 * 24 * 60))
def test_always_is_always(minutes: int) -> None:
    """A line without hours is open at every minute of the year, holidays included."""
    assert ALWAYS.open_at(at("2026-01-01 00:00") + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "line",
    ["", "mo-fr", "mo-fr 9:00-17:00", "ma-vr 09:00-17:00", "mo-fr 09:00-25:00", "mo 10:00-10:00", "mo 24:00-06:00",
     "mo-fr 09:60-17:00", "ph-mo 09:00-10:00", "mo-fr 09:00-17:00 "],
)  # fmt: skip
def test_unreadable_hours_are_refused(line: str) -> None:
    """Hours that could be misread are refused, with the line in the message."""
    with pytest.raises(UnreadableHours):
        hours.read([line])


def test_no_hours_are_refused() -> None:
    """A line without any hours would never open."""
    with pytest.raises(UnreadableHours, match="never"):
        hours.read([])
