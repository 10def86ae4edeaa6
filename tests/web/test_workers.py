"""Several processes count as one, whichever of them is asked, and whichever of them dies."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from helpline.web import workers
from tests.web.test_metrics import numbers

# A process that is told to begin, counts so many turns, holds one request and says so; then it is told to end.
COUNTING = """
import sys
from helpline.web.workers import own_metrics
input()
metrics = own_metrics()
for _ in range(int(sys.argv[1])):
    metrics.turn("place", 0.001)
metrics.in_flight += 1
metrics.take_in_flight()
metrics.table(version=int(sys.argv[1]), since=0, problem=False, diversions=0, announcements=0)
print("counted", flush=True)
input()
"""
Counting = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where they count."""
    monkeypatch.setenv(workers.FOLDER, str(tmp_path))
    return tmp_path


@pytest.fixture
def counting(folder: Path) -> Iterator[Counting]:
    """Starts a process that counts so many turns, and returns when it has."""
    started = []

    def start(turns: int, before: Callable[[int], None] = lambda _: None) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", COUNTING, str(turns)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        before(process.pid)
        assert process.stdin
        assert process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "counted\n"
        return process

    yield start
    for process in started:
        process.communicate("\n", timeout=20)


def together(folder: Path) -> dict[str, float]:
    """What all of them count."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    return numbers(generate_latest(registry).decode())


def test_processes_count_as_one(folder: Path, counting: Counting) -> None:
    """Turns are added up, and the version is that of the process that is behind."""
    counting(3)
    counting(4)
    now = together(folder)
    assert now["helpline_turns_total{step=place}"] == 7
    assert now["helpline_turn_seconds_count{}"] == 7
    assert now["helpline_requests_in_flight{}"] == 2
    assert now["helpline_table_version{}"] == 3


def test_of_the_dead_only_counts_remain(folder: Path, counting: Counting) -> None:
    """A process that is killed leaves its turns, and neither its request nor its version."""
    killed = counting(3)
    counting(4)
    workers.forget_the_dead(folder)
    assert together(folder)["helpline_requests_in_flight{}"] == 2
    killed.kill()
    killed.wait()
    workers.forget_the_dead(folder)
    now = together(folder)
    assert now["helpline_turns_total{step=place}"] == 7
    assert now["helpline_requests_in_flight{}"] == 1
    assert now["helpline_table_version{}"] == 4


def test_nothing_is_counted_where_there_is_no_room_on_the_disk_for_it(folder: Path, counting: Counting) -> None:
    """Each file of a process has all its room when it begins: one that got it later could kill it."""
    counting(3)
    files = list(folder.glob("*.db"))
    assert len(files) == len(workers.BYTES)
    for file in files:
        status = file.stat()
        assert status.st_size == workers.BYTES[file.name.rpartition("_")[0]]
        assert status.st_blocks * 512 >= status.st_size


def test_a_number_of_a_process_that_comes_again_is_counted_on(folder: Path, counting: Counting) -> None:
    """The system gives the number of a dead process to a new one: the turns of both count, the requests of one."""
    dead = counting(3)
    dead.kill()
    dead.wait()

    def have_its_number(pid: int) -> None:
        for file in folder.iterdir():
            file.rename(folder / file.name.replace(str(dead.pid), str(pid)))

    counting(4, before=have_its_number)
    workers.forget_the_dead(folder)
    now = together(folder)
    assert now["helpline_turns_total{step=place}"] == 7
    assert now["helpline_requests_in_flight{}"] == 1


def test_a_worker_without_room_counts_by_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A disk that is full costs numbers, not the worker."""
    monkeypatch.setenv(workers.FOLDER, str(folder / "gone"))
    metrics = workers.own_metrics()
    metrics.turn("place", 0.001)
    assert metrics.folder is None
    assert b'helpline_turns_total{step="place"} 1.0' in metrics.exposition()
    assert "metrics_apart" in "".join(capfd.readouterr())


def test_one_worker_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single process counts in memory, whatever its environment says."""
    monkeypatch.setenv(workers.FOLDER, str(tmp_path / "somebody-elses"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with workers.counting_together(1):
        assert workers.own_metrics().folder is None
        assert list(tmp_path.iterdir()) == []


def test_several_workers_have_a_folder_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, closed to everybody else, named to those that are started, and gone afterwards."""
    monkeypatch.setenv(workers.FOLDER, "/somebody-elses")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with workers.counting_together(2):
        [folder] = tmp_path.iterdir()
        assert os.environ[workers.FOLDER] == str(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "counter_1.db").write_bytes(b"")
    assert list(tmp_path.iterdir()) == []
    assert workers.FOLDER not in os.environ


def test_without_a_folder_each_counts_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A disk that is full at the start keeps no service from starting."""
    monkeypatch.delenv(workers.FOLDER, raising=False)
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "tempdir", str(tmp_path / "gone"))  # pytest needs its own again
        with workers.counting_together(2):
            assert workers.own_metrics().folder is None
    assert "metrics_apart" in "".join(capfd.readouterr())
