"""Sign-ins that failed: each further one waits longer, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from helpline.storage.database import Database
from helpline.storage.failures import Counter, Failures
from helpline.storage.tables import FAILURES
from tests.storage.published import BEGIN

SECOND, NOTHING = timedelta(seconds=1), timedelta()
NAME, ADDRESS = Counter("name", 300 * SECOND), Counter("address", 900 * SECOND)


@pytest.fixture
def failures(database: Database) -> Failures:
    """None yet."""
    return Failures(database)


def fail(failures: Failures, times: int, counters: Sequence[Counter] = (NAME,), begin: datetime = BEGIN) -> datetime:
    """So many tries, each as soon as it is let; when the last was."""
    now = begin
    for _ in range(times):
        if wait := failures.try_at(now, counters):
            now += wait
            assert failures.try_at(now, counters) == NOTHING
    return now


def test_the_first_three_are_free_and_then_it_doubles(failures: Failures) -> None:
    """Nothing, nothing, nothing, one second, two, four."""
    assert [fail(failures, 1) - BEGIN for _ in range(3)] == [NOTHING] * 3
    fourth, fifth = fail(failures, 1), fail(failures, 1, begin=BEGIN + SECOND)
    sixth = fail(failures, 1, begin=fifth)
    assert [fourth - BEGIN, fifth - fourth, sixth - fifth] == [1 * SECOND, 2 * SECOND, 4 * SECOND]


def test_the_wait_has_a_ceiling(failures: Failures) -> None:
    """However many failed, it is five minutes for a name and a quarter of an hour for an address."""
    last = fail(failures, 30, [NAME])
    assert failures.try_at(last, [NAME]) == NAME.most
    last = fail(failures, 30, [ADDRESS])
    assert failures.try_at(last, [ADDRESS]) == ADDRESS.most


def test_tries_that_come_too_early_make_nobody_wait_longer(failures: Failures) -> None:
    """A hundred in vain change nothing."""
    last = fail(failures, 4)
    assert {failures.try_at(last + SECOND, [NAME]) for _ in range(100)} == {SECOND}
    assert failures.try_at(last + 2 * SECOND, [NAME]) == NOTHING


def test_the_longest_wait_counts(failures: Failures) -> None:
    """A fresh name does not help an address that must wait, and is not counted meanwhile."""
    last = fail(failures, 5, [ADDRESS])
    assert failures.try_at(last, [NAME, ADDRESS]) == 4 * SECOND
    assert failures.try_at(last, [NAME]) == NOTHING


def test_what_is_written_again_is_the_same(failures: Failures) -> None:
    """It changes no wait."""
    last = fail(failures, 5)
    failures.write_again([NAME, ADDRESS])
    assert failures.try_at(last, [NAME]) == 4 * SECOND
    assert failures.try_at(last, [ADDRESS]) == NOTHING


def test_a_success_wipes_the_slate(failures: Failures) -> None:
    """The next three are free again."""
    last = fail(failures, 6, [NAME, ADDRESS])
    failures.forgive([NAME, ADDRESS])
    assert fail(failures, 3, [NAME, ADDRESS], last) == last


def test_a_day_wipes_the_slate(failures: Failures, database: Database) -> None:
    """What failed more than a day ago is not even kept."""
    last = fail(failures, 6)
    assert failures.try_at(last + timedelta(days=1, seconds=1), [ADDRESS]) == NOTHING
    with database.reading() as connection:
        assert [row.hash for row in connection.execute(select(FAILURES))] == ["address"]


def test_tries_at_once_are_counted_one_by_one(failures: Failures) -> None:
    """Of twenty at the same moment three are let, whichever process or thread they come to."""
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: failures.try_at(BEGIN, [NAME]), range(20)))
    assert waits.count(NOTHING) == 3
