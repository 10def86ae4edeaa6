"""RESULTS.md: ratios with their ranges, and of each target whether it holds; absolute figures only beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.candidates import OURS, RAW, Candidate
from benchmarks.comparing import Length, Run
from benchmarks.growth import MOST_START_MB, Panel
from benchmarks.jobs import JOBS
from benchmarks.machine import machine, versions

SECTIONS = ("## Compared", "## Profile", "## Growth")
RESULTS = Path(__file__).parent / "RESULTS.md"
HEADING = "# Results\n\nWritten by `make bench`; what it means is in [README.md](README.md).\n"
JUDGED = "postcode turn"


@dataclass(frozen=True)
class Target:
    """How many times the CPU time of ours somebody else must at least need for a postcode turn."""

    name: str
    least: float


TARGETS = (
    Target(RAW, 0.30),
    Target("FastAPI + twilio", 5),
    Target("Flask + twilio", 6),
    Target("Fastify + twilio", 1),
)


def ratios(run: Run, job: str, name: str) -> list[float]:
    """In each round, the CPU time of a request to somebody, in that of the same request to ours."""
    return [each[job][name].cpu_seconds / each[job][OURS].cpu_seconds for each in run]


def written(runs: Sequence[Run], candidates: Sequence[Candidate], length: Length) -> str:
    """The whole section."""
    told = ["## Compared", f"Machine: {machine()}.", f"Versions: {versions(candidates)}.", f"{length.told()}."]
    told += ["\n".join(_judged(runs))]
    for job in JOBS:
        told += [f"### {job.capitalize()}", "\n".join(_table(runs, job))]
    return "\n\n".join(told) + "\n"


def growth_told(panels: Sequence[Panel]) -> str:
    """The section on growth: the same figures that the picture draws."""
    told = ["## Growth", f"Machine: {machine()}.", "![How the helpline grows](growth.svg)"]
    rows = ["| | | from | to |", "|---|---|--:|--:|"]
    for panel in panels:
        for name, line in panel.lines.items():
            first, last = line[0], line[-1]
            ends = [f"{y:,.0f} {panel.up} at {x:,.0f}" for x, y in (first, last)]
            rows.append(f"| {panel.title} | {name} by {panel.across} | {ends[0]} | {ends[1]} |")
    told += ["\n".join(rows), *_limits(panels)]
    return "\n\n".join(told) + "\n"


def _limits(panels: Sequence[Panel]) -> Iterator[str]:
    for panel in panels:
        if panel.most is not None:
            found = median(y for line in panel.lines.values() for _, y in line)
            verdict = "holds" if found <= panel.most else "**does not hold**"
            yield f"{panel.title}: {found:.0f} {panel.up}, at most {panel.most:g}: {verdict}."
        if panel.size is not None:
            verdict = "holds" if panel.size <= MOST_START_MB else "**does not hold**"
            yield f"Memory of a worker after its start: {panel.size:.0f} MB, at most {MOST_START_MB}: {verdict}."


def put(section: str, text: str) -> None:
    """Puts a section, which begins with its heading, in the place of the one there was."""
    old = RESULTS.read_text("utf-8") if RESULTS.exists() else HEADING
    rest = [each for each in re.split(r"(?m)^(?=## )", old) if not each.startswith(f"## {section}\n")]
    sections = sorted([*rest[1:], text], key=lambda each: SECTIONS.index(each.partition("\n")[0]))
    RESULTS.write_text("\n".join(each.strip("\n") + "\n" for each in (rest[0], *sections)), "utf-8")


def _judged(runs: Sequence[Run]) -> Iterator[str]:
    yield f"| {JUDGED}: CPU time in that of ours | at least | in each run | |"
    yield "|---|--:|--:|---|"
    for target in TARGETS:
        if target.name not in runs[0][0][JUDGED]:
            yield f"| {target.name} | {target.least:g} | not measured | not judged |"
            continue
        found = [median(ratios(run, JUDGED, target.name)) for run in runs]
        verdict = "holds" if min(found) >= target.least else "**does not hold**"
        yield f"| {target.name} | {target.least:g} | {', '.join(f'{each:.2f}' for each in found)} | {verdict} |"


def _table(runs: Sequence[Run], job: str) -> Iterator[str]:
    yield "| | CPU time in that of ours | requests per second in those of ours | CPU time, µs | requests per second |"
    yield "|---|--:|--:|--:|--:|"
    rounds = [each[job] for run in runs for each in run]
    for name in rounds[0]:
        cpu = [each[name].cpu_seconds / each[OURS].cpu_seconds for each in rounds]
        rate = [each[name].per_second / each[OURS].per_second for each in rounds]
        absolute = [each[name].cpu_seconds * 1e6 for each in rounds]
        speed = [each[name].per_second for each in rounds]
        yield f"| {name} | {_ranged(cpu)} | {_ranged(rate)} | {median(absolute):.0f} | {median(speed):,.0f} |"


def _ranged(values: Iterable[float]) -> str:
    values = list(values)
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"
