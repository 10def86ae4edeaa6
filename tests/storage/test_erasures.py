"""The queue of what is to be deleted at Twilio."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpline.errors import DatabaseAway
from helpline.storage.database import Database
from helpline.storage.erasures import Erasure, Erasures
from tests.storage.published import BEGIN
from tests.upkeep.at_twilio import call, text

MINUTE = timedelta(minutes=1)


@pytest.fixture
def erasures(database: Database) -> Erasures:
    """An empty queue."""
    return Erasures(database)


def test_what_is_due_comes_out_the_longest_due_first(erasures: Erasures) -> None:
    """What is due later stays in, and no more comes out than was asked for."""
    erasures.add({call(1): BEGIN + 2 * MINUTE, call(2): BEGIN + MINUTE, text(3): BEGIN + 3 * MINUTE})
    assert erasures.due(BEGIN, None) == []
    assert erasures.due(BEGIN + 2 * MINUTE, None) == [Erasure(call(2), 0), Erasure(call(1), 0)]
    assert erasures.due(BEGIN + 3 * MINUTE, 1) == [Erasure(call(2), 0)]
    assert erasures.waiting() == 3


def test_the_zone_of_a_moment_does_not_count(erasures: Erasures) -> None:
    """Moments are compared as moments, however they were written."""
    erasures.add({call(1): datetime(2026, 11, 23, 11, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))})
    assert erasures.due(BEGIN + 29 * MINUTE, None) == []
    assert erasures.due(BEGIN + 30 * MINUTE, None) == [Erasure(call(1), 0)]


def test_one_that_waits_comes_forward_and_is_never_put_off(erasures: Erasures) -> None:
    """A call that is over is due at once, though it was to wait for five hours; and not the other way round."""
    erasures.add({call(1): BEGIN + 300 * MINUTE})
    erasures.add({call(1): BEGIN + MINUTE})
    erasures.add({call(1): BEGIN + 300 * MINUTE})
    assert erasures.due(BEGIN + MINUTE, None) == [Erasure(call(1), 0)]
    assert erasures.waiting() == 1


def test_one_that_was_tried_keeps_its_pace(erasures: Erasures) -> None:
    """Found again by a sweep, it is not tried sooner, and its tries are not forgotten."""
    erasures.add({call(1): BEGIN})
    erasures.later(call(1), BEGIN + 60 * MINUTE, 3)
    erasures.add({call(1): BEGIN})
    assert erasures.due(BEGIN + 59 * MINUTE, None) == []
    assert erasures.due(BEGIN + 60 * MINUTE, None) == [Erasure(call(1), 3)]


def test_one_that_is_done_leaves_nothing(erasures: Erasures, database: Database) -> None:
    """Its row goes; a try of another process that fails after that does not bring it back."""
    erasures.add({call(1): BEGIN})
    erasures.done(call(1))
    erasures.later(call(1), BEGIN, 1)
    erasures.give_up(call(1))
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM erasures").scalar() == 0


def test_one_given_up_is_counted_and_stays_so(erasures: Erasures) -> None:
    """It is not due, and being queued once more does not make it so."""
    erasures.add({call(1): BEGIN, call(2): BEGIN})
    erasures.give_up(call(1))
    erasures.add({call(1): BEGIN})
    assert erasures.due(BEGIN, None) == [Erasure(call(2), 0)]
    assert (erasures.waiting(), erasures.given_up()) == (1, 1)


def test_those_given_up_can_be_tried_again(erasures: Erasures) -> None:
    """With all their tries before them; the others keep theirs."""
    erasures.add({call(1): BEGIN, call(2): BEGIN})
    erasures.later(call(1), BEGIN, 11)
    erasures.later(call(2), BEGIN, 5)
    erasures.give_up(call(1))
    erasures.again(BEGIN + MINUTE)
    assert erasures.due(BEGIN + MINUTE, None) == [Erasure(call(2), 5), Erasure(call(1), 0)]
    assert erasures.given_up() == 0


def test_the_queue_survives_a_restart(erasures: Erasures, url: str) -> None:
    """Another process finds it as it was."""
    erasures.add({call(1): BEGIN})
    erasures.later(call(1), BEGIN, 2)
    assert Erasures(Database(url)).due(BEGIN, None) == [Erasure(call(1), 2)]


def test_nothing_to_add_asks_nothing(file: Path) -> None:
    """An empty batch does not need the database."""
    Erasures(Database(f"sqlite:///{file}")).add({})


def test_a_database_that_is_away_is_told(file: Path) -> None:
    """For reading and for writing."""
    away = Erasures(Database(f"sqlite:///{file}"))
    with pytest.raises(DatabaseAway):
        away.add({call(1): BEGIN})
    with pytest.raises(DatabaseAway):
        away.due(BEGIN, None)
