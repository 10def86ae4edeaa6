"""The public holidays of the Netherlands, by their rules; a test holds them equal to what the library `holidays` says.

The library itself takes 16 MB and a tenth of a second, at the first doctor's call or before it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_SUNDAY = 6
# From Easter: Good Friday, both days of Easter, Ascension Day, both days of Pentecost.
_DAYS_FROM_EASTER = (-2, 0, 1, 39, 49, 50)


@lru_cache(maxsize=8)
def public_holidays(year: int) -> frozenset[date]:
    """Those of a year from 2014 on: Good Friday is among them, and 5 May every five years."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    fixed = [
        date(year, 1, 1),
        kings_day - timedelta(days=1) if kings_day.weekday() == _SUNDAY else kings_day,
        *([date(year, 5, 5)] if year % 5 == 0 else []),
        date(year, 12, 25),
        date(year, 12, 26),
    ]
    return frozenset((*fixed, *(easter + timedelta(days=days) for days in _DAYS_FROM_EASTER)))


def _easter(year: int) -> date:
    """Easter Sunday: https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm, as of 1961."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 19 * sunday) // 433
    month = (moon + sunday - 7 * late + 90) // 25
    return date(year, month, (moon + sunday - 7 * late + 33 * month + 19) % 32)
