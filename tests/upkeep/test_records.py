"""Calls and texts are written down beside the calls: nothing waits, and nothing but records is lost."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from helpline import log
from helpline.bootstrap import Helpline
from helpline.errors import DatabaseAway
from helpline.storage.batch import Batch
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.switchboard.text_story import FAULT
from helpline.upkeep import records as recording
from helpline.upkeep.notes import Notes
from helpline.upkeep.records import HASH_BYTES, Records
from tests.clock import Clock
from tests.conftest import TODAY

SID = "CA" + "7" * 32
KEY = b"k" * 32


class InMemory(Calls):
    """A database that keeps batches, and is away, hangs, or has something against one, as it is told."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.away = 0  # so many times
        self.broken = 0
        self.hated = ""  # the hash of a call that it never takes
        self.asked = 0
        self.lets_go = threading.Event()
        self.lets_go.set()
        self.begun = threading.Event()

    def write(self, batch: Batch) -> None:
        """Keeps it."""
        self.asked += 1
        self.begun.set()
        self.lets_go.wait()
        if self.away:
            self.away -= 1
            raise DatabaseAway("it is away")
        if self.broken:
            self.broken -= 1
            raise ValueError(f"a row does not fit: {SID}")
        if self.hated in batch.calls:
            raise ValueError(f"a row does not fit: {SID}")
        self.batches.append(batch)

    @property
    def hashes(self) -> list[str]:
        """Of all calls and texts, in the order in which they were written."""
        return [hashed for batch in self.batches for hashed in (*batch.calls, *batch.texts)]


@pytest.fixture
def kept() -> InMemory:
    """What was written."""
    log.configure()
    return InMemory()


@pytest.fixture
def told() -> list[int]:
    """How many were lost, as operators hear of it."""
    return []


@pytest.fixture
def records(kept: InMemory, told: list[int]) -> Records:
    """What writes there."""
    return Records(kept, KEY, Clock(TODAY), told.append)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for half a second."""
    monkeypatch.setattr(recording, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(recording, "LONGEST_PAUSE_SECONDS", 0.02)


def events(capfd: pytest.CaptureFixture[str]) -> list[tuple[str, int | None]]:
    """What was logged, with how many where it says so."""
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    return [(line["event"], line.get("count")) for line in lines]


async def until(holds: Callable[[], bool]) -> None:
    """Waits for it, some seconds at most."""
    with anyio.fail_after(10):
        while not holds():
            await anyio.sleep(0.005)


def running(records: Records, meanwhile: Callable[[], bool]) -> None:
    """It runs until this holds, and then ends as a service does."""

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(records.run)
            await until(meanwhile)
            tasks.cancel_scope.cancel()

    anyio.run(run)


def test_a_note_has_no_sid(records: Records, kept: InMemory, helpline: Helpline) -> None:
    """From the first moment there is only a hash, which every process with the same key makes of the same SID."""
    turn = helpline.switchboard.incoming("+31612345601")
    records.turned(SID, turn, begun=True, spoken=False)
    records.over(SID, 5)
    records.faulted(SID)
    records.texted("SM" + "7" * 32, FAULT)
    assert "77777777" not in repr(vars(records)["_notes"].take(10))
    vars(records)["_notes"].give_back()
    assert records.write()
    other = Records(InMemory(), KEY, Clock(TODAY), print)
    assert kept.hashes[0] == other._hashed(SID)
    assert Records(kept, b"another", Clock(TODAY), print)._hashed(SID) != kept.hashes[0]
    assert [len(hashed) for hashed in kept.hashes] == [2 * HASH_BYTES] * 2


def test_what_has_no_sid_is_not_noted(records: Records, helpline: Helpline) -> None:
    """It could not be told from any other."""
    records.turned("", helpline.switchboard.incoming(""), begun=True, spoken=False)
    records.over("", 5)
    records.faulted("")
    records.texted("", FAULT)
    assert records.waiting == 0


def test_any_sid_can_be_hashed(records: Records) -> None:
    """Whatever a carrier calls a call."""
    for sid in ("\udcff", "\0", "x" * 100_000):
        records.faulted(sid)
    assert records.waiting == 3


def test_notes_of_one_call_are_written_as_one(records: Records, kept: InMemory, helpline: Helpline) -> None:
    """The counts say how many notes there were."""
    records.turned(SID, helpline.switchboard.incoming("+31612345601"), begun=True, spoken=False)
    records.over(SID, 5)
    assert records.waiting == 2
    running(records, lambda: records.waiting == 0)
    [batch] = kept.batches
    assert len(batch.calls) == 1
    assert (records.written, records.dropped) == (2, 0)


def test_a_database_that_is_away_loses_nothing(
    records: Records, kept: InMemory, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is tried again with growing waits; each note is written once, in order, and it is told once."""
    kept.away = 5
    for number in range(recording.AT_ONCE + 10):
        records.faulted(str(number))
    running(records, lambda: records.waiting == 0)
    assert kept.hashes == [records._hashed(str(number)) for number in range(recording.AT_ONCE + 10)]
    assert kept.asked == 7
    assert events(capfd) == [("records_database_away", None), ("records_database_back", None)]


@pytest.mark.parametrize("failed", [0, 1, 4, 60])
def test_the_waits_grow_and_end(failed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as long each time, half a minute at most; and never at the same moment as another process."""
    monkeypatch.undo()
    longest = min(0.5 * 2**failed, 30.0)
    waits = {recording._pause(failed) for _ in range(50)}
    assert longest * 0.8 <= min(waits) < max(waits) <= longest * 1.2


def test_no_request_waits_for_a_database_that_hangs(records: Records, kept: InMemory) -> None:
    """While one batch is being written, notes are taken; no second thread is begun, and all are written afterwards."""
    order: list[str] = []

    def hanging() -> bool:
        if not kept.begun.is_set():
            return False
        for number in range(1, 4):
            records.faulted(str(number))
            order.append(f"noted {number}")
        assert [each.name for each in threading.enumerate()].count("records") == 1
        order.append("lets go")
        kept.lets_go.set()
        return True

    kept.lets_go.clear()
    records.faulted("0")
    running(records, hanging)
    assert order == ["noted 1", "noted 2", "noted 3", "lets go"]
    assert kept.asked == 2
    assert len(kept.hashes) == 4


def test_at_the_end_everything_is_written(records: Records, kept: InMemory) -> None:
    """Also what came in the last moment, and what the database did not take at first."""
    kept.away = 2
    running(records, lambda: records.faulted("a") is None)  # type: ignore[func-returns-value]
    assert len(kept.hashes) == 1
    assert records.waiting == 0


def test_the_end_does_not_wait_for_ever(
    records: Records, kept: InMemory, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A database that hangs costs what was not written, with how many there were."""
    monkeypatch.setattr(recording, "LAST_WRITE_SECONDS", 0.1)
    kept.lets_go.clear()
    records.faulted("a")
    running(records, kept.begun.is_set)
    assert kept.batches == []
    assert events(capfd) == [("records_lost", 1)]
    kept.lets_go.set()


def test_what_the_database_does_not_take_is_in_nobodys_way(
    records: Records, kept: InMemory, capfd: pytest.CaptureFixture[str]
) -> None:
    """Three times, then it is lost; nothing of what was wrong is logged but its kind and places."""
    kept.broken = recording.MOST_TRIES
    records.faulted("bad")
    assert [records.write() for _ in range(recording.MOST_TRIES)] == [False] * recording.MOST_TRIES
    records.faulted("good")
    assert records.write()
    assert kept.hashes == [records._hashed("good")]
    assert (records.dropped, records.written) == (1, 1)
    told = capfd.readouterr().err
    assert told.count("records_not_written") == recording.MOST_TRIES
    assert SID not in told


def test_what_comes_in_while_it_writes_waits_for_the_next_time(
    records: Records, kept: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However fast calls come in, a transaction has all of half a second, not one note."""
    write = kept.write

    def meanwhile(batch: Batch) -> None:
        write(batch)
        records.faulted(f"meanwhile {kept.asked}")

    monkeypatch.setattr(kept, "write", meanwhile)
    records.faulted("first")
    records.faulted("second")
    assert records.write()
    assert (kept.asked, records.written, records.waiting) == (1, 2, 1)


@pytest.mark.parametrize("at", [0, 57, 122])
def test_of_a_batch_only_the_note_at_fault_is_lost(records: Records, kept: InMemory, at: int) -> None:
    """The batch is tried again in ever smaller ones, and all others of it are written, in order."""
    for number in range(123):
        records.faulted(str(number))
    kept.hated = records._hashed(str(at))
    tries = 0
    while not records.write():
        tries += 1
    assert tries < 10
    assert kept.hashes == [records._hashed(str(number)) for number in range(123) if number != at]
    assert (records.dropped, records.written) == (1, 122)


def test_what_is_lost_is_told_once_a_minute(
    records: Records, told: list[int], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With how many more there were, in the log and to operators."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(records, "_notes", Notes(2))
    for second in range(121):
        now[0] = float(second)
        records.faulted("a")
        records._tell_of_lost()
    assert told == [1, 60]
    assert records.dropped == 119
    assert events(capfd) == [("records_lost", 1), ("records_lost", 60)]


def test_what_was_lost_last_is_told_at_the_end(
    records: Records, kept: InMemory, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the minute is not over since it was last told."""
    monkeypatch.setattr(records, "_notes", Notes(1))
    kept.away = 1000
    records.faulted("a")
    records.faulted("b")

    def more_are_lost() -> bool:
        if told != [1]:
            return False
        records.faulted("c")
        kept.away = 0
        return True

    running(records, more_are_lost)
    assert sum(told) == records.dropped == 2


def test_it_is_told_while_the_database_hangs(
    records: Records, kept: InMemory, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever tells does not wait for whoever writes."""
    monkeypatch.setattr(records, "_notes", Notes(1))
    kept.lets_go.clear()
    for number in range(3):
        records.faulted(str(number))

    def heard() -> bool:
        if not told:
            return False
        kept.lets_go.set()
        return True

    running(records, heard)
    assert told == [2]


def test_what_is_written_is_in_the_database(tmp_path: Path) -> None:
    """The real one takes what it is given."""
    database = Database(f"sqlite:///{tmp_path}/helpline.db")
    database.upgrade()
    real = Records(Calls(database), KEY, Clock(TODAY + timedelta(days=1)), print)
    real.over(SID, 5)
    assert real.write()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT hour, outcome, seconds FROM calls").all() == [
            ("2026-11-24T10", "unknown", 5)
        ]
