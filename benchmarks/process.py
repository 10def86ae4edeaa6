"""A server under test: a process on a core of its own, and what the operating system has counted of it.

The load comes from another core, so that what is counted of the server is its own work.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds in which the system counts: a hundredth
START_SECONDS = 60.0
STOP_SECONDS = 20.0
REST_SECONDS = 0.2  # a server that has used next to nothing for so long has done all it had put off
MOST_RESTS = 50


class NotStarted(AssertionError):
    """A server that does not serve."""


def cores() -> tuple[set[int], set[int]]:
    """Those for servers, and the one for the load; where there is only one core both share it."""
    mine = sorted(os.sched_getaffinity(0))
    return ({mine[0]}, {mine[-1]})


@contextlib.contextmanager
def on(chosen: set[int]) -> Iterator[None]:
    """What runs or is started in the block runs on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, chosen)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Server:
    """A running server and all processes that it has started."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.port = port
        self._process = process
        self._log = log

    def cpu_seconds(self) -> float:
        """What its processes have used, of user and of system time."""
        return sum(_used(pid) for pid in self.pids()) * TICK

    def rested_cpu_seconds(self) -> float:
        """The same once all is done that was put off, such as what is written into a database behind the answers."""
        used = self.cpu_seconds()
        for _ in range(MOST_RESTS):
            time.sleep(REST_SECONDS)
            now = self.cpu_seconds()
            if now - used <= 2 * TICK:
                return now
            used = now
        return used

    def rss_bytes(self) -> Sequence[int]:
        """What each process that serves holds in memory; a parent, which only watches, is left out."""
        pids = self.pids()
        return [_rss(pid) for pid in pids[1:] or pids]

    def pids(self) -> list[int]:
        """The process that was started, then all below it."""
        found = [self._process.pid]
        for pid in found:
            found += _children(pid)
        return found

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Returns when it takes connections. Raises NotStarted."""
        deadline = time.monotonic() + seconds
        while True:
            if self._process.poll() is not None:
                raise NotStarted(self._log.read_text("utf-8", "replace")[-3000:])
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if time.monotonic() > deadline:
                raise NotStarted(f"Nothing listens on port {self.port}.")
            time.sleep(0.002)

    def stop(self) -> None:
        """As a platform does; what does not end by that is ended with its group, which is its own."""
        self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextlib.contextmanager
def server(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], *, allowed: set[int] | None = None
) -> Iterator[Server]:
    """Starts it and hands it over once it listens on the port that it is given as PORT; it ends with the block."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    with on(cores()[0] if allowed is None else allowed), log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603
            [each.replace("{port}", str(port)) for each in command],
            cwd=folder,
            env={**_inherited(), **environment, "PORT": str(port)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    running = Server(process, port, log)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _inherited() -> dict[str, str]:
    """Nothing of whoever measures changes what is measured, but where programs are found."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):  # it has ended
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _used(pid: int) -> int:
    """In ticks: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, fields 14 and 15."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def _rss(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
