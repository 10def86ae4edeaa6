"""`helpline call`: a telephone in the terminal, or written-down calls played and judged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from helpline import bootstrap
from helpline.bootstrap import Clock
from helpline.cli.crowd import Wanted, ring_crowd
from helpline.cli.elsewhere import help_for
from helpline.cli.in_use import in_use
from helpline.cli.local import local_helpline, settings_for, telephone_to
from helpline.cli.rehearsing import at_the_time_of, standing_at
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from helpline.simulator.player import Call, Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.terminal import Terminal
from helpline.simulator.transcript import parse
from helpline.simulator.writing import write

MOBILE = "+31612345601"


@click.command()
@click.argument("transcripts", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "caller", default=MOBILE, show_default=True, help="The caller's number, or anonymous.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="When it is, in Amsterdam; now by default.")
@click.option("--url", help="A running service to call; by default one is started on this machine for the call.")
@click.option("--token", help="That service's auth token, to sign with; by default TWILIO_AUTH_TOKEN, as set.")
@click.option("--public-url", help="That service's HELPLINE_PUBLIC_URL, if it is reached at another address than that.")
@click.option("--update", is_flag=True, help="Write each transcript that differs again, as its call now goes.")
@click.option(
    "--calls", type=click.IntRange(1), help="Play so many callers, drawn by chance, and report; exit 0: 0 lost."
)
@click.option("--at-once", type=click.IntRange(1, 500), default=50, show_default=True, help="So many at the same time.")
@click.option("--seed", type=click.IntRange(0), help="The same --seed draws the same callers; a random one by default.")
def call(
    transcripts: tuple[Path, ...],
    caller: str,
    at: datetime | None,
    url: str | None,
    token: str | None,
    public_url: str | None,
    update: bool,
    calls: int | None,
    at_once: int,
    seed: int | None,
) -> None:
    """Ring the helpline: by hand, play TRANSCRIPTS (*.call) and say where they differ, or play a crowd with --calls."""
    settings = Settings()
    if url:
        settings = settings_for(settings, url, token, public_url)
    if url and at:
        raise click.UsageError("--at sets the clock of a helpline started here; the one at --url has its own.")
    if calls:
        if transcripts or update or caller != MOBILE:
            raise click.UsageError("--calls draws its callers itself: leave TRANSCRIPTS, --from and --update out.")
        raise click.exceptions.Exit(ring_crowd(Wanted(calls, at_once, seed), settings, url, _in_amsterdam(at)))
    if transcripts and (at or caller != MOBILE):
        raise click.UsageError("A transcript says itself who rings, and when: leave --from and --at out.")
    if not transcripts:
        moment = _in_amsterdam(at)
        clock = standing_at(moment) if moment else bootstrap.now
        with _line(settings, url, clock) as (telephone, line_of):
            played = telephone.call(_as_sent(caller), Terminal(sys.stdin, sys.stdout, line_of))
        click.echo("\nThe call as a transcript:\n\n" + write(played, line_of, at=at))
        raise click.exceptions.Exit(1 if _helped(played, telephone) else 0)
    passed = [_play(path, settings, url, update=update) for path in transcripts]
    click.echo(f"{sum(passed)} of {len(passed)} calls went as written.")
    raise click.exceptions.Exit(0 if all(passed) else 1)


def _in_amsterdam(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=AMSTERDAM) if at else None


def _as_sent(caller: str) -> str:
    """A number without the blanks that people write in it; any other caller as it is."""
    return caller.replace(" ", "") if caller.startswith("+") else caller


def _play(path: Path, settings: Settings, url: str | None, *, update: bool) -> bool:
    transcript = parse(path.read_text("utf-8"), str(path))
    with _line(settings, url, at_the_time_of(transcript)) as (telephone, line_of):
        rehearsal = rehearse(transcript, telephone, line_of)
    if url and transcript.at:
        click.echo(f"{path}: its `at` was not heeded, since the helpline at {url} goes by its own clock.")
    if not rehearsal.ok:
        click.echo(rehearsal.report())
        _helped(rehearsal.call, telephone)
    if update and not rehearsal.ok:
        path.write_text(_rewritten(path, write(rehearsal.call, line_of, at=transcript.at)), "utf-8")
    return rehearsal.ok


def _helped(played: Call, telephone: Telephone) -> bool:
    """Whether the call could not be made at all, and what to do about it was told."""
    told = help_for(played, telephone.twilio)
    if told:
        click.echo(told)
    return bool(told)


def _rewritten(path: Path, written: str) -> str:
    """The call as it now goes, under the comment that said what it is about."""
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")][:1]
    return "\n".join([*head, written])


@contextmanager
def _line(settings: Settings, url: str | None, clock: Clock) -> Iterator[tuple[Telephone, Callable[[str], str]]]:
    """A telephone to the given address, or to a helpline started for this call."""
    if url:
        table = in_use().version.in_force(bootstrap.now())
        yield telephone_to(settings, connect_to=url), table.line_of
        return
    with local_helpline(settings, clock=clock) as local:
        yield local.telephone, local.line_of
