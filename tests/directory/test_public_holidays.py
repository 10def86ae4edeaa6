"""Public holidays."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from helpline.directory.public_holidays import public_holidays


@pytest.mark.parametrize("year", range(2014, 2101))
def test_they_are_those_of_the_library(year: int) -> None:
    """Each year has the days that the library has, until the end of the century."""
    assert public_holidays(year) == frozenset(holidays.country_holidays("NL", years=year))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday
        date(2027, 3, 29),  # Easter Monday
        date(2025, 4, 26),  # the 27th is a Sunday
        date(2025, 5, 5),
        date(2028, 5, 25),  # Ascension Day
    ],
)
def test_these_days_are(day: date) -> None:
    """Days that move, as printed in a calendar."""
    assert day in public_holidays(day.year)


@pytest.mark.parametrize("day", [date(2025, 4, 27), date(2026, 5, 5), date(2026, 12, 31)])
def test_these_days_are_not(day: date) -> None:
    """A Sunday from which King's Day moves, Liberation Day in between, New Year's Eve."""
    assert day not in public_holidays(day.year)
