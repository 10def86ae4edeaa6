"""Test calls and rounds, as they are kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from helpline.storage.database import Database
from helpline.storage.rung import Rung, TestedNumber
from tests.conftest import TODAY

NUMBER = TestedNumber("utrecht", "advice", "+31300000001")


@pytest.fixture
def rung(tmp_path: Path) -> Rung:
    """In a database of its own."""
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    database.upgrade()
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


def test_a_day_is_claimed_once(rung: Rung) -> None:
    """One process of many does the round of a day."""
    assert [rung.claim("2026-11-23"), rung.claim("2026-11-23"), rung.claim("2026-11-24")] == [True, False, True]
