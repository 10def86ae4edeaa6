"""Of which days a report is asked for, and by which groups: what stands in the page's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from starlette.datastructures import QueryParams

from helpline.console.rendering import address
from helpline.reports.days import DAY, Days, DaysRefused, asked_for
from helpline.storage.counts import By

Span = Literal["today", "day", "week", "month", "year"]
GROUPS: tuple[By, ...] = get_args(By)
SPANS: tuple[Span, ...] = get_args(Span)
PATH = "/console/reports"
CSV_PATH = "/console/reports/calls.csv"

_DAYS: dict[Span, int] = {"day": 1, "week": 7, "month": 30, "year": 365}  # until yesterday


@dataclass(frozen=True)
class Asked:
    """These days, by these groups; `span` where the days were asked for as one, such as the last week."""

    days: Days
    by: By
    span: Span | None

    def address(self, path: str = PATH, *, by: By | None = None, span: Span | None = None) -> str:
        """The same report at a path, by other groups or of another span."""
        span = span or self.span
        days = {"span": span} if span else {"from": str(self.days.first), "to": str(self.days.last)}
        return address(path, QueryParams({**days, "by": by or self.by}))


def asked(query: QueryParams, today: date) -> Asked:
    """What this query asks for; the last week by organisation unless it says otherwise. Raises DaysRefused."""
    by = next((each for each in GROUPS if each == query.get("by")), GROUPS[0])
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    if first or last:
        return Asked(asked_for(first, last, today=today), by, None)
    span: Span = next((each for each in SPANS if each == query.get("span")), "week")
    return Asked(_days_of(span, today), by, span)


def _days_of(span: Span, today: date) -> Days:
    if span == "today":
        return Days(today, today)
    return Days(today - _DAYS[span] * DAY, today - DAY)


def _day(written: str) -> date | None:
    """A day as a browser writes it; None where there is none. Raises DaysRefused."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise DaysRefused(f"{written} is not a day.") from None
