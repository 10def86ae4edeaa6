"""Several worker processes count as one: each into files of its own, in a folder that all of them know.

1. The folder is new, nobody else's, and gone at the end. A single process has none, and writes nothing.
2. A worker takes room on the disk before it counts. To count into a file without room would kill it (SIGBUS), and a
   full disk must not cost a call: a worker that gets no room counts in memory, and only its numbers are missing.
3. What a dead worker counted stays counted. What it was in the middle of is gone with it.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import structlog
from prometheus_client.multiprocess import mark_process_dead

from helpline.metrics import Metrics

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the name by which prometheus_client knows it
# The files of a process as prometheus_client calls them, with room for several times what there is to count.
BYTES = {
    "counter": 512 * 1024,
    "histogram": 64 * 1024,
    "gauge_livesum": 64 * 1024,
    "gauge_livemin": 64 * 1024,
    "gauge_livemax": 64 * 1024,
}

log = structlog.get_logger()


@contextmanager
def counting_together(workers: int) -> Iterator[None]:
    """While the block runs, so many workers that it starts count as one."""
    os.environ.pop(FOLDER, None)  # whatever it was, it is not ours
    with ExitStack() as until_the_end:
        if workers > 1:
            try:
                made = tempfile.TemporaryDirectory(prefix="helpline-metrics-", ignore_cleanup_errors=True)
            except OSError as full:
                _tell(full)
            else:
                os.environ[FOLDER] = until_the_end.enter_context(made)
                until_the_end.callback(os.environ.pop, FOLDER)
                _hold(os.open(made.name, os.O_RDONLY))  # systemd-tmpfiles leaves a folder alone that somebody holds
        yield


def own_metrics() -> Metrics:
    """The metrics of this process, which count with those of the other workers where there are any."""
    if FOLDER not in os.environ:
        return Metrics()
    folder = Path(os.environ[FOLDER])
    try:
        _take_room(folder)
    except OSError as full:
        _tell(full)
        return Metrics()
    return Metrics(folder)


def forget_the_dead(folder: Path) -> None:
    """What workers that are dead by now were in the middle of does not count any more."""
    for path in folder.glob("*.alive"):
        with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as alive:  # done by another; it lives
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mark_process_dead(int(path.stem), str(folder))  # type: ignore[no-untyped-call]
            path.unlink()


def _take_room(folder: Path) -> None:
    """Files of this process with room on the disk, and one that is held as long as the process lives."""
    me = os.getpid()
    for name, size in BYTES.items():
        path, new = folder / f"{name}_{me}.db", folder / f"{name}_{me}.new"
        if name.startswith("gauge") or not path.exists():  # a dead worker may have had our number: we count on from it
            new.write_bytes(bytes(size))
            new.rename(path)
    _hold(os.open(folder / f"{me}.alive", os.O_CREAT | os.O_RDONLY, 0o600))


def _hold(descriptor: int) -> None:
    """Until this process ends, in whatever way: the system lets go of it then."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _tell(full: OSError) -> None:
    log.error("metrics_apart", kind=type(full).__name__, help="See that the folder for temporary files has room.")
