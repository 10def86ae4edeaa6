"""`helpline serve` in processes of its own, with all that it can write switched on, each into a place that is known."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.cli.test_command import ROOT, free_port
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN
from tests.no_trace import now
from tests.no_trace.webhook import Webhook
from tests.no_trace.wire import Asked, Wire
from tests.web.test_metrics import numbers

FALLBACK = "fallback.xml"
MOST_SECONDS = 150  # to start or to come to rest, on a machine that is busy


@dataclass
class Service:
    """A running service, and where it writes."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    webhook: Webhook
    workers: set[int] = field(default_factory=set)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What its processes told of themselves: which functions broke, which files they opened, whom they asked."""
        return [(kind, what) for kind, what in map(json.loads, (self.folder / "told").read_text().splitlines())]

    def page(self, path: str) -> bytes:
        """A page that is not the carrier's, whatever breaks meanwhile."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=MOST_SECONDS).content

    def until_there(self, workers: int) -> None:
        """Until so many processes answer, and the fallback document is written."""
        until = time.monotonic() + MOST_SECONDS
        while len(self.workers) < workers or not (self.folder / "files" / FALLBACK).exists():
            assert time.monotonic() < until, (self.folder / "output" / "stderr").read_text()
            with closing(Wire(self.port)) as wire:
                if worker := wire.send(Asked("/live", None), signed=False).worker:
                    self.workers.add(worker)
                else:
                    time.sleep(0.1)

    def until_written(self) -> None:
        """Until nothing is on its way to the database any more."""
        until = time.monotonic() + MOST_SECONDS
        while True:
            page = numbers(self.page("/metrics").decode())
            if not page["helpline_records_waiting{}"] and not page["helpline_erasures_waiting{}"]:
                return
            assert time.monotonic() < until, page
            time.sleep(0.2)

    def stop(self) -> None:
        """As the platform does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(MOST_SECONDS)


@contextmanager
def serving(folder: Path, database_url: str, *, wanted: str, workers: int) -> Iterator[Service]:
    """A service in a folder in which the region files are; `wanted` names what is to happen in it, faults or leaks."""
    for name in ("temporary", "files", "output"):
        (folder / name).mkdir()
    (folder / "told").touch()
    with Webhook() as webhook:
        environment = {
            "PATH": os.environ["PATH"],
            **{name: value for name, value in os.environ.items() if name.startswith("COV")},
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            now.TOLD: str(folder / "told"),
            wanted: "yes",
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "HELPLINE_PUBLIC_URL": PUBLIC_URL,
            "HELPLINE_NUMBERS": OWN_NUMBER,
            "HELPLINE_REGIONS": str(folder / "regions"),
            "DATABASE_URL": database_url,
            "HELPLINE_LAST_GOOD": str(folder / "files" / "last-good.json"),
            "HELPLINE_FALLBACK_FILE": str(folder / "files" / FALLBACK),
            "HELPLINE_ERASE_AT_TWILIO": "true",
            "HELPLINE_ALERT_URL": webhook.url,
            "TMPDIR": str(folder / "temporary"),
            "PORT": str(free_port()),
            "WEB_CONCURRENCY": str(workers),
        }
        out, err = (folder / "output" / name for name in ("stdout", "stderr"))
        command = [sys.executable, "-m", "tests.no_trace.process", "serve"]
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=stdout, stderr=stderr)  # noqa: S603
        service = Service(process, folder, int(environment["PORT"]), webhook)
        try:
            service.until_there(workers)
            yield service
        finally:
            if process.poll() is None:
                service.stop()
