"""Lines of which nobody answered the last dials, by what is kept of calls: the same for every process and machine.

1. Dials are told apart by the order in which their calls were first written down: that of the calls, or nearly.
2. A caller who went first tells nothing of the line. The reasons are in docs/decisions/029-which-lines-fail.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from helpline.flow.steps import RING_ENDINGS
from helpline.storage.counts import Hours
from helpline.storage.database import Database
from helpline.storage.tables import CALLS, DIALS

_UNANSWERED = [word for word, told in RING_ENDINGS.items() if told == "unanswered"]
_TELLING = [*_UNANSWERED, "answered", "dropped"]


@dataclass(frozen=True)
class UnansweredLine:
    """A line whose last dials all went unanswered; `since` is the whole hour in UTC of the first of them."""

    organisation: str
    line: str
    since: str


class LastDials:
    """The last dials in a database. Everything here raises DatabaseAway where that is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unanswered(self, hours: Hours, dials: int) -> tuple[UnansweredLine, ...]:
        """The lines that were dialled so often in these hours and not answered at the last so many, by name."""
        line = (DIALS.c.organisation, DIALS.c.line)
        newest_first = (DIALS.c.call.desc(), DIALS.c.position.desc())
        place = func.row_number().over(partition_by=line, order_by=newest_first).label("place")
        told = (
            select(*line, CALLS.c.hour, DIALS.c.ending, place)
            .join_from(CALLS, DIALS)
            .where(CALLS.c.hour >= hours.begin, CALLS.c.hour < hours.end, DIALS.c.ending.in_(_TELLING))
            .subquery()
        )
        unanswered = func.sum(case((told.c.ending.in_(_UNANSWERED), 1), else_=0))
        by = (told.c.organisation, told.c.line)
        lines = (
            select(*by, func.min(told.c.hour))
            .where(told.c.place <= dials)
            .group_by(*by)
            .having(unanswered == dials)
            .order_by(*by)
        )
        with self._database.reading() as connection:
            return tuple(UnansweredLine(*row) for row in connection.execute(lines))
