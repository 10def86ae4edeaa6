"""Test calls and rounds, as they are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.storage.database import Database
from helpline.storage.rung import Rung
from helpline.storage.tables import RUNG
from helpline.storage.tested_number import TestedNumber
from tests.conftest import TODAY
from tests.storage.kept import rows_of

NUMBER = TestedNumber("utrecht", "advice", "+31300000001")


@pytest.fixture
def rung(database: Database) -> Rung:
    """Without any test call yet."""
    return Rung(database)


def test_a_number_that_was_never_rung_has_no_outcome(rung: Rung) -> None:
    """Nothing is known of it."""
    assert rung.latest(NUMBER) is None


def test_the_latest_call_to_a_number_counts(rung: Rung) -> None:
    """Of several the last, with its moment; other lines and numbers are others."""
    rung.add(NUMBER, "busy", TODAY)
    rung.add(NUMBER, "accepted", TODAY + timedelta(hours=1))
    rung.add(TestedNumber("utrecht", "doctors", NUMBER.number), "failed", TODAY + timedelta(hours=2))
    assert rung.latest(NUMBER) == (TODAY + timedelta(hours=1), "accepted")


def test_the_newest_of_each_number(rung: Rung) -> None:
    """The last call to each; a key that was pressed is no end of a call."""
    other = TestedNumber("utrecht", "doctors", NUMBER.number)
    rung.add(NUMBER, "accepted", TODAY)
    rung.add(other, "failed", TODAY)
    rung.add(NUMBER, "busy", TODAY + timedelta(hours=1))
    rung.press(other, "CA1", TODAY)
    assert rung.newest() == {NUMBER: (TODAY + timedelta(hours=1), "busy"), other: (TODAY, "failed")}


def test_a_day_is_claimed_once(rung: Rung) -> None:
    """One process of many does the round of a day."""
    assert [rung.claim("2026-11-23"), rung.claim("2026-11-23"), rung.claim("2026-11-24")] == [True, False, True]


def test_a_key_counts_for_its_call_and_number_only(rung: Rung) -> None:
    """One of another call, or of the same call elsewhere, does not."""
    rung.press(NUMBER, "CA1", TODAY)
    assert rung.was_pressed(NUMBER, "CA1")
    assert not rung.was_pressed(NUMBER, "CA2")
    assert not rung.was_pressed(TestedNumber("utrecht", "doctors", NUMBER.number), "CA1")


def test_a_key_is_no_outcome(rung: Rung) -> None:
    """It says nothing of a number until whoever placed the call says that it ended so."""
    rung.press(NUMBER, "CA1", TODAY)
    assert rung.latest(NUMBER) is None
    rung.add(NUMBER, "accepted", TODAY, "CA1")
    rung.press(NUMBER, "CA2", TODAY + timedelta(hours=1))
    assert rung.latest(NUMBER) == (TODAY, "accepted")


def test_a_key_that_is_told_of_again_is_one_row(rung: Rung, database: Database) -> None:
    """By Twilio, which asks twice where we are slow, or by somebody who sends it again a day later."""
    for days in (0, 0, 1):
        rung.press(NUMBER, "CA1", TODAY + timedelta(days=days))
    rung.press(NUMBER, "CA2", TODAY)
    assert [(row[1], row[-1]) for row in rows_of(database, RUNG)] == [
        ("2026-11-23T10:00:00+00:00", "CA1"),
        ("2026-11-23T10:00:00+00:00", "CA2"),
    ]
