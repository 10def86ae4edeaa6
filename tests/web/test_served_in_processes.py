"""`helpline serve` with two workers: one port, one page of metrics, one log; a worker that is killed is replaced."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from helpline.web import gauges
from tests.cli.test_command import BIN, free_port, made_up, wait_for
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN
from tests.web.carrier import Carrier, action
from tests.web.test_metrics import numbers

CALLS = 50


@dataclass(frozen=True)
class Served:
    """A running `helpline serve`, and its folder for temporary files."""

    process: subprocess.Popen[bytes]
    address: str
    temporary: Path

    def workers(self) -> set[int]:
        """The workers that live, by their numbers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid) for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()}

    def call(self) -> None:
        """One call of two turns, each on a connection of its own, so that any worker may take it."""
        with httpx.Client(base_url=self.address, headers={"Connection": "close"}) as client:
            carrier = Carrier(client)
            carrier.post(action(carrier.post("/voice").text), Digits="3511")

    def metrics(self) -> dict[str, float]:
        """The page of metrics, from whichever worker takes the request."""
        return numbers(httpx.get(f"{self.address}/metrics").text)

    def until_begun(self, workers: int) -> None:
        """Waits until so many workers have begun to serve, those that died included."""
        for _ in range(300):
            if self.metrics()["helpline_workers_begun_total{}"] == workers:
                return
            time.sleep(0.1)
        raise AssertionError(self.metrics())


@contextmanager
def served(folder: Path, regions: Path, stderr: int, **more: str) -> Iterator[Served]:
    """`helpline serve` in processes of their own, with numbers that are nobody's and no placeholders."""
    for path in regions.glob("*.toml"):
        path.write_text(made_up(path.read_text("utf-8")), "utf-8")
    temporary = folder / "temporary"
    temporary.mkdir()
    environment = {
        **os.environ,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "HELPLINE_PUBLIC_URL": PUBLIC_URL,
        "HELPLINE_NUMBERS": OWN_NUMBER,
        "HELPLINE_REGIONS": str(regions),
        "TMPDIR": str(temporary),
        "PORT": str(free_port()),
        **more,
    }
    with subprocess.Popen([BIN, "serve"], cwd=folder, env=environment, stderr=stderr) as process:  # noqa: S603
        service = Served(process, f"http://127.0.0.1:{environment['PORT']}", temporary)
        try:
            assert wait_for(service.address)
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.mark.proof
def test_two_workers_are_one_service(regions: Path, tmp_path: Path) -> None:
    """Either tells the sum of both; one that is killed with -9 is replaced, and what it counted stays counted."""
    log = tmp_path / "log"
    with log.open("wb") as stderr, served(tmp_path, regions, stderr.fileno(), WEB_CONCURRENCY="2") as service:
        service.until_begun(2)
        for _ in range(CALLS):
            service.call()
        time.sleep(1.5 * gauges.EVERY_SECONDS)  # either has taken over how things stand now that the calls are over
        pages = [service.metrics() for _ in range(10)]
        before = service.workers()
        killed = max(before)
        os.kill(killed, signal.SIGKILL)
        service.until_begun(3)
        for _ in range(CALLS):
            service.call()
        time.sleep(1.5 * gauges.EVERY_SECONDS)
        after = service.metrics()
        files = [path.name for folder in service.temporary.glob("helpline-metrics-*") for path in folder.iterdir()]
        assert len(before) == 2
        assert len(service.workers() - before) == 1
    for page, calls in [*((page, CALLS) for page in pages), (after, 2 * CALLS)]:
        assert page["helpline_turns_total{step=incoming}"] == calls
        assert page["helpline_turns_total{step=place}"] == calls
        assert page["helpline_turn_seconds_count{}"] == 2 * calls
        assert page["helpline_table_version{}"] == 1
        assert page["helpline_requests_in_flight{}"] == 0
    assert f"counter_{killed}.db" in files
    assert f"gauge_livemin_{killed}.db" not in files
    assert list(service.temporary.glob("helpline-metrics-*")) == []
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines].count("turn") == 4 * CALLS
    assert len({line["pid"] for line in lines if line["event"] == "worker_begun"}) == 3


@pytest.mark.proof
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_log_that_nobody_reads_holds_no_call_up(regions: Path, tmp_path: Path, workers: str) -> None:
    """The pipe is full after some three hundred turns; later calls are answered all the same, their lines are lost."""
    reading, writing = os.pipe()
    try:
        with served(tmp_path, regions, writing, WEB_CONCURRENCY=workers) as service:
            for _ in range(250):
                service.call()
            began = time.monotonic()
            service.call()
            took = time.monotonic() - began
            os.read(reading, 1 << 20)
            service.call()
            time.sleep(0.5)
            told = os.read(reading, 1 << 20).decode()
    finally:
        os.close(reading)
        os.close(writing)
    assert took < 5
    assert '"event":"lines_lost"' in told


@pytest.mark.proof
def test_one_worker_writes_no_file(regions: Path, tmp_path: Path) -> None:
    """A single process counts in memory; with a token only who sends it may read, this machine too."""
    token = "a-token-for-metrics"
    with served(tmp_path, regions, subprocess.DEVNULL, HELPLINE_METRICS_TOKEN=token) as service:
        service.call()
        assert httpx.get(f"{service.address}/metrics").status_code == 401
        page = httpx.get(f"{service.address}/metrics", headers={"Authorization": f"Bearer {token}"}).text
        assert numbers(page)["helpline_turns_total{step=incoming}"] == 1
        assert list(service.temporary.iterdir()) == []
