"""Where the CPU time of this service goes under the same load, by py-spy, which looks at the process from outside."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.candidates import BIN, ours, stage
from benchmarks.comparing import WARM
from benchmarks.load import Checker, send
from benchmarks.machine import machine
from benchmarks.process import cores, on

RATE = 400  # looks in a second
MOST_LINES = 45
# Where a look belongs: to the first of these that is among what was being done.
PARTS = (
    ("writing records, in a thread of its own", "Records._write_on"),
    ("sending answers: the kernel's work for it, mostly", "InOnePiece._send"),
    ("telling of answers: log, metrics, notes for records", "Afterwards._tell"),
    ("reading the form and checking the signature", "Endpoint._genuine"),
    ("the turn and its document", "FromCarrier._answer"),
    ("what else is ours in a request", "Endpoint.__call__"),
)
OTHERS = "the server, its parser and the event loop; what runs once a second"
Stacks = Sequence[tuple[Sequence[str], int]]  # functions from the outermost in, and in how many looks they were so


def profile(job: str, seconds: int, *, native: bool, tell: Callable[[str], None]) -> str:
    """Prints in which functions the time goes, by themselves and with all they call; keeps the stacks in .bench.

    The section of the results that says which part of a request takes how much of it.
    """
    kept = Path(".bench") / f"profile-{job.replace(' ', '-')}.txt"
    kept.parent.mkdir(exist_ok=True)
    with ExitStack() as running, on(cores()[1]):
        where = stage(Path(running.enter_context(tempfile.TemporaryDirectory())))
        server = running.enter_context(where.running(ours()))
        pool, checker = where.pool(ours(), server)[job], Checker()
        send(server.port, pool, WARM, checker)
        looking = subprocess.Popen(  # noqa: S603
            [
                *(str(BIN / "py-spy"), "record", "--pid", str(server.pids()[-1]), "--rate", str(RATE), "--gil"),
                *("--duration", str(seconds), "--format", "raw", "--output", str(kept)),
                "--native" if native else "--nonblocking",
            ],
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr,
        )
        while looking.poll() is None:
            send(server.port, pool, WARM, checker)
    stacks = [*_read(kept.read_text("utf-8").splitlines())]
    _tell(stacks, tell)
    tell(f"All stacks: {kept}")
    return _parts(job, stacks)


def _read(lines: Iterable[str]) -> Iterator[tuple[Sequence[str], int]]:
    for line in lines:
        frames, _, count = line.rpartition(" ")
        yield [_short(each) for each in frames.split(";")], int(count)


def _parts(job: str, stacks: Stacks) -> str:
    looks: Counter[str] = Counter()
    for names, count in stacks:
        functions = {each.partition(" ")[0] for each in names}
        looks[next((part for part, function in PARTS if function in functions), OTHERS)] += count
    total = looks.total() or 1
    rows = [f"| {part} | {100 * count / total:.0f} % |" for part, count in looks.most_common()]
    return "\n".join(
        [
            "## Profile",
            "",
            f"Where the time of the interpreter goes in a {job}: {total:,} looks by py-spy. Machine: {machine()}.",
            "",
            "| | |",
            "|---|--:|",
            *rows,
            "",
        ]
    )


def _tell(stacks: Stacks, tell: Callable[[str], None]) -> None:
    alone: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for names, count in stacks:
        alone[names[-1]] += count
        within.update(dict.fromkeys(names, count))
    total = alone.total() or 1
    for title, counted in (("by itself", alone), ("with all it calls", within)):
        tell(f"\n  %  {title}")
        for name, looks in counted.most_common(MOST_LINES):
            tell(f"{100 * looks / total:5.1f} {name}")


def _short(frame: str) -> str:
    """Without the folders before a package, and without the line."""
    return re.sub(r"\((?:.*/)?((?:[^/]+/){0,2}[^/:]+)(?::\d+)?\)", r"(\1)", frame)
