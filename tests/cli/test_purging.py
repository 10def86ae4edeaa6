"""An operator deletes what is kept of calls and texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpline.cli.command import main
from helpline.cli.purging import purge
from helpline.settings import Settings
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from tests.clock import Clock
from tests.storage.kept import calls_in, texts_in

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)  # in Amsterdam the 23rd begins


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A call and a text in each of the hours around a midnight in Amsterdam."""
    monkeypatch.chdir(tmp_path)
    database = Database(Settings(_env_file=None).database_url)
    database.upgrade()
    for number in range(-2, 2):
        hour, hashed = MIDNIGHT + timedelta(hours=number), f"{number + 2:064x}"
        Calls(database).write(Batch({hashed: Progress(hour, 3)}, {hashed: TextRecord(hour, "", "", "stopped")}))
    return database


def run(*arguments: str, typed: str = "") -> Result:
    """The command as it is typed."""
    return CliRunner().invoke(purge, arguments, obj=Clock(NOW), input=typed)


def test_it_shows_asks_and_deletes(database: Database) -> None:
    """What came in before the day in Amsterdam, and nothing after it."""
    done = run("--before", "2026-11-23", typed="y\n")
    assert done.stdout == (
        "From before 2026-11-23 00:00: 2 calls, 2 texts.\nDelete them for good? [y/N]: y\nDeleted: 2 calls, 2 texts.\n"
    )
    assert done.exit_code == 0
    assert [row.hour for row in calls_in(database)] == [MIDNIGHT, MIDNIGHT + timedelta(hours=1)]
    assert len(texts_in(database)) == 2


def test_a_no_deletes_nothing(database: Database) -> None:
    """All stays."""
    assert run("--before", "2026-11-23", typed="n\n").exit_code == 1
    assert len(calls_in(database)) == 4


def test_without_a_day_it_deletes_what_the_service_would(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is older than the days that are set."""
    assert run("--yes").stdout == "Nothing is kept from before 2025-11-24 16:00.\n"
    monkeypatch.setenv("HELPLINE_RECORD_DAYS", "1")
    assert run("--yes").stdout.endswith("Deleted: 4 calls, 4 texts.\n")


def test_one_is_told_as_one(database: Database) -> None:
    """In English."""
    Calls(database).write(Batch({"f" * 64: Progress(MIDNIGHT - timedelta(days=9), 3)}))
    assert "1 call, 0 texts" in run("--before", "2026-11-20", "--yes").stdout


def test_without_a_database_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And none is made."""
    monkeypatch.chdir(tmp_path)
    assert run("--yes").stdout == "Nothing is kept yet.\n"
    assert not (tmp_path / "var").exists()


def test_days_are_one_or_more(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """None would delete calls that are under way."""
    monkeypatch.setenv("HELPLINE_RECORD_DAYS", "0")
    monkeypatch.setattr("sys.argv", ["helpline", "calls", "report"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "HELPLINE_RECORD_DAYS" in capsys.readouterr().err
