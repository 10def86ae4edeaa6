"""What is kept of calls grows older by itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from helpline import log
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from helpline.storage.retention import Retention
from helpline.upkeep import forgetting as forgets
from helpline.upkeep.forgetting import Forgetting
from tests.clock import Clock
from tests.storage.kept import calls_in, texts_in

HOUR = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAYS = 30


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """With a call and a text."""
    log.configure()
    database = Database(f"sqlite:///{tmp_path}/helpline.db", wait_ms=10)
    database.upgrade()
    Calls(database).write(Batch({"a": Progress(HOUR, 3)}, {"b": TextRecord(HOUR, "", "", "stopped")}))
    return database


def look(database: Database, after: timedelta) -> None:
    """One look, so long after the call."""
    anyio.run(Forgetting(Retention(database), DAYS, Clock(HOUR + after)).look)


def events(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What was logged."""
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    return [{name: line[name] for name in line if name not in ("level", "timestamp")} for line in lines]


def test_a_call_is_closed_and_later_deleted(database: Database, capfd: pytest.CaptureFixture[str]) -> None:
    """It is told when something was done."""
    look(database, timedelta(hours=6))
    assert [call.outcome for call in calls_in(database)] == ["hung up"]
    look(database, timedelta(days=DAYS))
    assert len(calls_in(database)) == 1
    look(database, timedelta(days=DAYS, hours=1))
    assert (calls_in(database), texts_in(database)) == ([], [])
    look(database, timedelta(days=DAYS, hours=2))
    assert events(capfd) == [
        {"event": "calls_closed", "count": 1},
        {"event": "records_deleted", "calls": 1, "texts": 1},
    ]


def test_a_service_that_was_away_for_long_catches_up(database: Database) -> None:
    """All at once: closed, forgotten, deleted."""
    look(database, timedelta(days=DAYS * 3))
    assert calls_in(database) == []


def test_a_database_that_is_away_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The next look is an hour later."""
    log.configure()
    look(Database(f"sqlite:///{tmp_path}/none.db"), timedelta())
    [told] = events(capfd)
    assert told["event"] == "records_not_looked_through"


def test_a_fault_of_ours_does_not_end_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is told by its kind."""

    def broken(*_: object) -> None:
        raise ValueError("words")

    monkeypatch.setattr(Retention, "close", broken)
    look(database, timedelta())
    [told] = events(capfd)
    assert (told["event"], told["kind"]) == ("records_not_looked_through", "ValueError")


def test_it_runs_by_itself(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some time after the start, and again and again."""
    monkeypatch.setattr(forgets, "FIRST_SECONDS", 0.001)
    monkeypatch.setattr(forgets, "EVERY_SECONDS", 0.001)
    clock = Clock(HOUR)

    async def run() -> None:
        with anyio.fail_after(10):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(Forgetting(Retention(database), DAYS, clock).run)
                await anyio.sleep(0.05)
                clock.moment += timedelta(days=DAYS + 1)
                while calls_in(database):
                    await anyio.sleep(0.01)
                tasks.cancel_scope.cancel()

    anyio.run(run)
