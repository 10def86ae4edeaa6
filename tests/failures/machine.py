"""One machine of ours: a real `helpline serve`, in processes of its own, to be killed, stopped and started again."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.cli.test_command import BIN, free_port
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN
from tests.web.test_metrics import numbers

START_SECONDS = 60  # on a machine that is busy
STOP_SECONDS = 40  # longer than a server may take that is told to stop
SERVE = (str(BIN), "serve")


class TooLong(AssertionError):
    """What was waited for did not come."""


def until(come: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Returns as soon as it has come. Raises TooLong after so many seconds."""
    deadline = time.monotonic() + seconds
    while not come():
        if time.monotonic() > deadline:
            raise TooLong(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)


class Machine:
    """Not started yet; its log, its last good copy and its temporary files are in a folder of its own."""

    def __init__(
        self, folder: Path, regions: Path, database_url: str, *, command: Sequence[str] = SERVE, **more: str
    ) -> None:
        folder.mkdir()
        self.folder, self.port = folder, int(more.get("PORT") or free_port())
        self.log = folder / "log"
        self.workers = int(more.get("WEB_CONCURRENCY", "1"))
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "temporary").mkdir()
        self._environment = {
            **os.environ,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "HELPLINE_PUBLIC_URL": PUBLIC_URL,
            "HELPLINE_NUMBERS": OWN_NUMBER,
            "HELPLINE_REGIONS": str(regions),
            "HELPLINE_LAST_GOOD": str(folder / "last-good.json"),
            "DATABASE_URL": database_url,
            "TMPDIR": str(folder / "temporary"),
            "PORT": str(self.port),
            **more,
        }

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether it was started, and nobody has ended it since."""
        return self._process is not None and self._process.poll() is None

    def launch(self) -> None:
        """Runs it where it does not run yet, and does not wait for it."""
        if self._process is not None:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self._command, cwd=self.folder, env=self._environment, stderr=log, start_new_session=True
            )

    def start(self) -> None:
        """Runs it where it does not run yet, and returns when all its workers serve."""
        self.launch()
        until(self._serves, f"{self.workers} workers of {self.folder.name}")

    def stop(self) -> None:
        """As a platform does (SIGTERM), and what does not end by that with all its processes at once."""
        self.tell_to_stop()
        self.wait()

    def tell_to_stop(self) -> None:
        """SIGTERM, and no more."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)

    def renew_workers(self) -> None:
        """Tells it (SIGHUP) to put a new worker in the place of each, one after the other."""
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    def wait(self) -> None:
        """Until it has ended, which it must have by itself."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self.kill()

    def kill(self) -> None:
        """The whole machine at once, as when its power goes (-9 to every process of it)."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):  # all of them have ended
                os.killpg(self._process.pid, signal.SIGKILL)  # the group that it was started in, and nobody else
            self._process.wait()
        self._process = None

    def kill_worker(self) -> None:
        """One of several workers (-9)."""
        os.kill(max(self.worker_processes()), signal.SIGKILL)

    @contextlib.contextmanager
    def full_disk(self) -> Iterator[None]:
        """While the block runs nothing that it writes into a file finds room."""
        assert self._process is not None
        processes = (self._process.pid, *self.worker_processes())
        for pid in processes:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            for pid in processes:
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def metrics(self) -> dict[str, float]:
        """The page of metrics, of all its workers together."""
        return numbers(httpx.get(f"{self.address}/metrics", timeout=20).text)

    def answers(self) -> bool:
        """Whether it takes one more request, and answers it soon."""
        try:
            return httpx.get(f"{self.address}/live", timeout=0.5).is_success
        except httpx.HTTPError:
            return False

    def metric(self, name: str) -> int:
        """One number of it, without labels."""
        return int(self.metrics().get(f"helpline_{name}{{}}", 0))

    def lines(self, event: str, *, after: int = 0) -> list[dict[str, Any]]:
        """What the log has of one kind, after so many bytes of it."""
        told = self.log.read_bytes()[after:].splitlines()
        return [line for each in told if each.startswith(b"{") and (line := json.loads(each))["event"] == event]

    def worker_processes(self) -> set[int]:
        """Those that live, by their numbers, where there are several."""
        assert self._process is not None
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return {int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}

    def _serves(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"It ended with {self._process.returncode}:\n{self.log.read_text('utf-8')[-3000:]}")
        try:
            return self.metric("workers_begun_total") >= self.workers
        except (httpx.HTTPError, ValueError):
            return False
