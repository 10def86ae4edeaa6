"""The calls of the last hours: which hours, what is told, and what is withheld."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpline.reports.recent import Figures, recent
from helpline.storage.counts import Counts
from helpline.storage.database import Database
from tests.reports.made import HUNG_UP, NOON, UNREACHED, Made, keep

NOW = datetime(2026, 11, 23, 11, 23, tzinfo=UTC)


def test_this_hour_and_those_before_it(counts: Counts, database: Database) -> None:
    """From a whole hour on; what is under way does not count, nor what was before."""
    keep(database, (6, Made()), (7, Made("2026-11-23T10")), (9, Made("2026-11-23T09")), (9, Made(complete=False)))
    told = recent(counts, NOW, 1)
    assert told.since == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert told.total == Figures(13, 13, 0)
    assert told.of == {"utrecht": Figures(13, 13, 0)}
    assert recent(counts, NOW, 24).total == Figures(22, 22, 0)
    assert recent(counts, NOW + timedelta(hours=2), 1).total == Figures(0, 0, 0)


def test_whoever_was_not_reached_is_told(counts: Counts, database: Database) -> None:
    """And so is that of some calls no organisation is known; who hung up is in all calls only."""
    keep(database, (20, Made()), (6, UNREACHED), (8, HUNG_UP))
    assert recent(counts, NOW, 1).of == {"none": Figures(8, 0, 0), "utrecht": Figures(26, 20, 6)}


@pytest.mark.parametrize("calls", [1, 4])
def test_few_calls_are_not_told(counts: Counts, database: Database, calls: int) -> None:
    """Neither how many nor whose."""
    keep(database, (calls, Made()))
    told = recent(counts, NOW, 1)
    assert (told.total, told.of) == (Figures(None, None, None), {})


def test_nothing_small_is_told_or_can_be_worked_out(counts: Counts, database: Database) -> None:
    """A small count is withheld with the row or with what covers for it; the sums are told."""
    keep(database, (40, Made()), (2, UNREACHED), (30, Made(organisation="zeeland")), (3, Made(organisation="drenthe")))
    told = recent(counts, NOW, 1)
    assert told.total.calls == 75
    assert told.of["drenthe"] == Figures(None, None, None)
    assert (told.of["utrecht"].unreached, told.total.unreached) == (None, None)
    counted = [each for figures in (*told.of.values(), told.total) for each in vars(figures).values()]
    assert not any(each is not None and 0 < each < 5 for each in counted)


def test_no_group_is_named_where_nothing_is_told_of_any(counts: Counts, database: Database) -> None:
    """Else the names and the sum would be enough."""
    keep(database, *((1, Made(organisation=name)) for name in ("utrecht", "zeeland", "drenthe", "twente", "friesland")))
    told = recent(counts, NOW, 1)
    assert (told.total.calls, told.of) == (5, {})


def test_hours_of_a_day_with_a_change_of_the_clock(counts: Counts, database: Database) -> None:
    """Each counts once, and none is left out."""
    change = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    keep(database, (6, Made("2026-10-25T00")), (5, Made("2026-10-25T01")), (9, Made(NOON)))
    assert recent(counts, change, 24).total == Figures(11, 11, 0)
