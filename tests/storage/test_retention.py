"""How what is kept of calls and texts grows older, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpline.errors import DatabaseAway
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from helpline.storage.retention import AT_ONCE, Counted, Retention
from helpline.storage.tables import DIALS, TEXTS, UNDER_WAY
from helpline.switchboard.story import Story
from tests.storage.kept import calls_in, rows_of, texts_in
from tests.storage.test_calls import BUSY, PIECES, WHOLE, one

HOUR = datetime(2026, 11, 23, 10, tzinfo=UTC)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
OPEN = Progress(HOUR, 7, Story("utrecht", found="keyed", dials=(BUSY,)), HOUR, HOUR + timedelta(seconds=9))


@pytest.fixture
def retention(database: Database) -> Retention:
    """The passing of time there."""
    return Retention(database)


@pytest.fixture
def calls(database: Database) -> Calls:
    """What is kept there."""
    return Calls(database)


@pytest.mark.parametrize(
    ("progress", "outcome"),
    [
        (Progress(HOUR, 3), "hung up"),
        (OPEN, "unknown"),
        (Progress(HOUR), "unknown"),
        (Progress(HOUR, 3, faulted=True), "fault"),
    ],
)
def test_a_call_without_an_end_is_over_after_five_hours(
    calls: Calls, database: Database, retention: Retention, progress: Progress, outcome: str
) -> None:
    """Not before; what is known of it decides how it ended, and how long it took stays open."""
    calls.write(one(progress))
    assert retention.close(HOUR + 6 * AN_HOUR - timedelta(seconds=1)) == 0
    assert not calls_in(database)[0].complete
    assert retention.close(HOUR + 6 * AN_HOUR) == 1
    assert retention.close(HOUR + 6 * AN_HOUR) == 0
    [row] = calls_in(database)
    assert (row.complete, row.outcome, row.seconds) == (True, outcome, None)


def test_moments_are_forgotten_when_a_call_is_closed(calls: Calls, database: Database, retention: Retention) -> None:
    """What they told stays; the way from the call to its row stays for a day, so that late news finds it."""
    calls.write(one(OPEN))
    retention.close(HOUR + 6 * AN_HOUR)
    [(_, _, steps, began, rang)] = rows_of(database, UNDER_WAY)
    assert (steps, began, rang) == (7, None, None)
    calls.write(one(OPEN._replace(began=None, rang=None, seconds=40, over=True)))
    assert (calls_in(database)[0].seconds_to_ring, calls_in(database)[0].seconds) == (9, 40)
    for piece in PIECES:
        calls.write(one(piece))
    assert calls_in(database) == [WHOLE]


def test_after_a_day_nothing_leads_to_the_rows(calls: Calls, database: Database, retention: Retention) -> None:
    """The hashes go; the rows stay."""
    calls.write(Batch({"c" * 64: OPEN}, {"a": TextRecord(HOUR, "utrecht", "nl", "place")}))
    retention.close(HOUR + A_DAY)
    retention.forget(HOUR + A_DAY + AN_HOUR - timedelta(seconds=1))
    assert len(rows_of(database, UNDER_WAY)) == 1
    retention.forget(HOUR + A_DAY + AN_HOUR)
    assert rows_of(database, UNDER_WAY) == []
    assert [row[-1] for row in rows_of(database, TEXTS)] == [None]
    assert (len(calls_in(database)), len(texts_in(database))) == (1, 1)


def test_what_is_open_is_not_forgotten(calls: Calls, database: Database, retention: Retention) -> None:
    """A call that was not closed yet keeps its hash, so that it can be."""
    calls.write(one(OPEN))
    retention.forget(HOUR + 3 * A_DAY)
    assert retention.close(HOUR + 3 * A_DAY) == 1


def test_what_is_older_is_deleted_with_all_that_belongs_to_it(
    calls: Calls, database: Database, retention: Retention
) -> None:
    """Calls with their dials and texts from before an hour; what came in within it stays."""
    for number in range(3):
        hour, hashed = HOUR + number * AN_HOUR, f"{number:064x}"
        call = Progress(hour, 7, Story("utrecht", dials=(BUSY,)))
        calls.write(Batch({hashed: call}, {hashed: TextRecord(hour, "utrecht", "nl", "place")}))
    assert retention.count(HOUR + AN_HOUR) == Counted(1, 1)
    assert retention.delete(HOUR + AN_HOUR) == Counted(1, 1)
    assert retention.delete(HOUR + AN_HOUR) == Counted(0, 0)
    left = [HOUR + AN_HOUR, HOUR + 2 * AN_HOUR]
    assert [call.hour for call in calls_in(database)] == [text.hour for text in texts_in(database)] == left
    assert len(rows_of(database, DIALS)) == len(rows_of(database, UNDER_WAY)) == 2


def test_many_are_closed_and_deleted_in_parts(calls: Calls, database: Database, retention: Retention) -> None:
    """More than go into one transaction, and all of them."""
    many = AT_ONCE * 2 + 1
    calls.write(Batch({f"{number:064x}": Progress(HOUR, 3, Story("utrecht", dials=(BUSY,))) for number in range(many)}))
    assert retention.close(HOUR + A_DAY) == many
    assert retention.delete(HOUR + A_DAY) == Counted(many, 0)
    assert (rows_of(database, DIALS), rows_of(database, UNDER_WAY)) == ([], [])


def test_a_database_that_is_away_is_told(url: str) -> None:
    """Whatever is asked of it."""
    away = Retention(Database(url))
    for act in (away.close, away.forget, away.count, away.delete):
        with pytest.raises(DatabaseAway):
            act(HOUR)
