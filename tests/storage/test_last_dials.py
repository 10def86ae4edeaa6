"""Which lines nobody answered of late, in a database of each kind."""

from __future__ import annotations

import pytest

from helpline.storage.counts import Hours
from helpline.storage.database import Database
from helpline.storage.last_dials import LastDials, UnansweredLine
from tests.reports.made import NOON, Made, keep

HOURS = Hours("2026-11-22T11", "2026-11-23T12")
BEFORE = "2026-11-22T10"


def unanswered(database: Database) -> list[str]:
    """The lines, as they are called, with a line failing from three dials on."""
    return [f"{each.organisation} {each.line}" for each in LastDials(database).unanswered(HOURS, 3)]


def call(*endings: str, organisation: str = "utrecht", line: str = "advice", hour: str = NOON) -> tuple[int, Made]:
    """One call, of which each dial ended so."""
    return 1, Made(hour, organisation, line, endings=endings)


@pytest.mark.parametrize(
    "calls",
    [
        [("busy",), ("no-answer",), ("failed",)],
        [("answered",), ("busy", "unaccepted", "canceled")],
        [("answered",), ("no-answer",), ("gone",), ("no-answer",), ("gone",), ("busy",)],
    ],
)
def test_a_line_fails_after_three_dials(database: Database, calls: list[tuple[str, ...]]) -> None:
    """In one call or several, whatever was before; a caller who went first tells nothing."""
    keep(database, *(call(*endings) for endings in calls))
    assert unanswered(database) == ["utrecht advice"]


@pytest.mark.parametrize(
    "calls",
    [
        [("busy",), ("no-answer",)],
        [("busy",), ("busy",), ("busy",), ("answered",)],
        [("busy", "busy", "dropped"), ("busy",)],
        [("gone",), ("gone",), ("gone",)],
    ],
)
def test_a_line_that_was_answered_does_not_fail(database: Database, calls: list[tuple[str, ...]]) -> None:
    """Somebody was there at one of the last three dials, or there were not as many."""
    keep(database, *(call(*endings) for endings in calls))
    assert unanswered(database) == []


def test_each_line_by_itself(database: Database) -> None:
    """An organisation's doctors' line is another than its advice line; the first hour is told."""
    keep(database, call("busy", hour="2026-11-22T23", line="doctors"))
    keep(database, *[call("busy", line="doctors"), call("answered"), call("busy", organisation="zeeland")] * 3)
    assert LastDials(database).unanswered(HOURS, 3) == (
        UnansweredLine("utrecht", "doctors", NOON),
        UnansweredLine("zeeland", "advice", NOON),
    )


def test_what_was_long_ago_tells_nothing(database: Database) -> None:
    """A line that nobody rang since is not known to fail."""
    keep(database, *[call("busy", hour=BEFORE)] * 3)
    assert unanswered(database) == []
