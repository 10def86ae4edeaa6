"""`python -m benchmarks`: compare, check, growth and profile; `make bench` does all but the second."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks import comparing, results
from benchmarks.candidates import OURS, RAW, stage, told_missing
from benchmarks.comparing import Length
from benchmarks.growth import Effort, panels
from benchmarks.jobs import JOBS
from benchmarks.machine import machine
from benchmarks.picture import drawn
from benchmarks.profiling import profile as profile_ours

GROWTH = Path(__file__).parent / "growth.svg"
CHECKED = 100  # requests of each job


@click.group()
def benchmarks() -> None:
    """What a request costs this service, and what the same request costs others."""


@benchmarks.command()
@click.option("--runs", default=Length.runs, show_default=True)
@click.option("--rounds", default=Length.rounds, show_default=True, help="In each run.")
@click.option("--seconds", default=Length.seconds, show_default=True, help="Of each slice, about.")
@click.option("--only", multiple=True, help="Compare ours and the raw constant with none but these; part of a name.")
@click.option("--write/--print", default=True, help="Into RESULTS.md, or here only.")
def compare(runs: int, rounds: int, seconds: float, only: tuple[str, ...], *, write: bool) -> None:
    """Measure this service beside the limit of its server and beside others."""
    length = Length(runs, rounds, seconds)
    found = told_missing(click.echo)
    if only:
        found = [each for each in found if each.name in (OURS, RAW) or any(part in each.name for part in only)]
    measured = []
    for turn in range(runs):
        click.echo(f"run {turn + 1} of {runs}")
        with tempfile.TemporaryDirectory() as folder:
            measured.append(comparing.run(stage(Path(folder)), found, length, click.echo))
    section = results.written(measured, found, length)
    click.echo(section)
    if write:
        results.put("Compared", section)


@benchmarks.command()
@click.option("--turns", default=Effort.turns, show_default=True, help="For each point.")
@click.option("--requests", default=Effort.requests, show_default=True, help="With one worker, and with two.")
@click.option("--calls", default=Effort.calls, show_default=True, help="After which the memory is measured.")
@click.option("--write/--print", default=True, help="Into RESULTS.md and growth.svg, or here only.")
def growth(turns: int, requests: int, calls: int, *, write: bool) -> None:
    """Measure how this service grows, and draw it."""
    with tempfile.TemporaryDirectory() as folder:
        found = [*panels(stage(Path(folder)), Effort(turns, requests, calls), click.echo)]
    section = results.growth_told(found)
    click.echo(section)
    if write:
        results.put("Growth", section)
        below = f"CPU time of one turn where it says µs. {machine()}"
        GROWTH.write_text(drawn(found, "How the helpline grows", below), "utf-8")


@benchmarks.command()
def check() -> None:
    """Hold some answers of everybody against what they must be, without measuring."""
    found = told_missing(click.echo)
    with tempfile.TemporaryDirectory() as folder:
        where = stage(Path(folder))
        for each in found:
            with ExitStack() as running:
                comparing.started(where, each, running, size=CHECKED).check(CHECKED)
            click.echo(f"{each.name}: {len(JOBS) * CHECKED} answers, all right.")


@benchmarks.command()
@click.argument("job", type=click.Choice(JOBS), default="postcode turn")
@click.option("--seconds", default=10, show_default=True)
@click.option("--native", is_flag=True, help="With what is compiled, too.")
@click.option("--write/--print", default=False, help="Into RESULTS.md which part takes how much, or here only.")
def profile(job: str, seconds: int, *, native: bool, write: bool) -> None:
    """Show where the time of this service goes under JOB."""
    section = profile_ours(job, seconds, native=native, tell=click.echo)
    click.echo(section)
    if write:
        results.put("Profile", section)


if __name__ == "__main__":
    benchmarks()
