"""Where the CPU time of this service goes under the same load, by py-spy, which looks at the process from outside."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.candidates import BIN, ours, stage
from benchmarks.comparing import WARM
from benchmarks.load import Checker, send
from benchmarks.process import cores, on

RATE = 400  # looks in a second
MOST_LINES = 45


def profile(job: str, seconds: int, *, native: bool, tell: Callable[[str], None]) -> None:
    """Prints in which functions the time goes, by themselves and with all they call; keeps the stacks in .bench."""
    kept = Path(".bench") / f"profile-{job.replace(' ', '-')}.txt"
    kept.parent.mkdir(exist_ok=True)
    with ExitStack() as running, on(cores()[1]):
        where = stage(Path(running.enter_context(tempfile.TemporaryDirectory())))
        server = running.enter_context(where.running(ours()))
        pool, checker = where.pool(ours(), server)[job], Checker()
        send(server.port, pool, WARM, checker)
        looking = subprocess.Popen(  # noqa: S603
            [
                *(str(BIN / "py-spy"), "record", "--pid", str(server.pids()[-1]), "--rate", str(RATE), "--nonblocking"),
                *("--duration", str(seconds), "--format", "raw", "--output", str(kept), *(["--native"] * native)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr,
        )
        while looking.poll() is None:
            send(server.port, pool, WARM, checker)
    _tell(kept.read_text("utf-8").splitlines(), tell)
    tell(f"All stacks: {kept}")


def _tell(stacks: Iterable[str], tell: Callable[[str], None]) -> None:
    alone: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for line in stacks:
        frames, _, count = line.rpartition(" ")
        names = [_short(each) for each in frames.split(";")]
        alone[names[-1]] += int(count)
        within.update(dict.fromkeys(names, int(count)))
    total = alone.total() or 1
    for title, counted in (("by itself", alone), ("with all it calls", within)):
        tell(f"\n  %  {title}")
        for name, looks in counted.most_common(MOST_LINES):
            tell(f"{100 * looks / total:5.1f} {name}")


def _short(frame: str) -> str:
    """Without the folders before a package, and without the line."""
    return re.sub(r"\((?:.*/)?((?:[^/]+/){0,2}[^/:]+)(?::\d+)?\)", r"(\1)", frame)
