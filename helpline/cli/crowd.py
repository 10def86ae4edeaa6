"""`helpline call --calls N`: a day's callers at once against a helpline, and a report of what became of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import click

from helpline import bootstrap
from helpline.cli.beside import helpline_beside
from helpline.cli.crowd_atlas import atlas_of
from helpline.cli.crowd_progress import Progress
from helpline.cli.crowd_shifts import Shift, day_and_night
from helpline.cli.elsewhere import help_for
from helpline.cli.in_use import in_use
from helpline.cli.local import telephone_to
from helpline.settings import Settings
from helpline.simulator.crowd import Crowd
from helpline.simulator.crowd_judging import LOST, Judged
from helpline.simulator.crowd_report import one_call, report
from helpline.simulator.crowd_tally import Tally
from helpline.simulator.player import Telephone

PASSED, FAILED, STOPPED = 0, 1, 2
HIGHEST_SEED = 1_000_000_000
SHOWN_ENOUGH = 20  # calls, when every one of them was lost


@dataclass(frozen=True)
class Wanted:
    """So many calls, so many of them under way at once; the first has this seed, each next one a seed one higher."""

    calls: int
    at_once: int
    seed: int | None = None

    def seeds(self) -> Sequence[int]:
        """Of each call; without a seed the first is drawn."""
        first = secrets.randbelow(HIGHEST_SEED) if self.seed is None else self.seed
        return range(first, first + self.calls)


@dataclass(frozen=True)
class Ringing:
    """Whom the crowd rings, in which shifts, and the crowd of each: the clock there is set when it is asked for."""

    where: str
    telephone: Telephone
    line_of: Callable[[str], str]
    shifts: Sequence[Shift]
    crowd: Callable[[Shift], Crowd]

    def calls(self) -> Generator[Judged, None, None]:
        """Each call as it is over."""
        for shift in self.shifts:
            yield from self.crowd(shift).play(shift.seeds)


def ring_crowd(wanted: Wanted, settings: Settings, url: str | None, at: datetime | None) -> int:
    """Plays the crowd and prints the report; how the command ends. Ctrl-C ends it, and what was played is told."""
    seeds = wanted.seeds()
    with _elsewhere(seeds, wanted, settings, url) if url else _here(seeds, wanted, settings, at) as ringing:
        shifts = " and ".join(shift.said for shift in ringing.shifts)
        click.echo(f"Seed {seeds[0]}, {wanted.at_once} at once; {ringing.where}: {shifts}.")
        tally, progress = Tally(), Progress(len(seeds))
        _played(ringing, tally, progress)
        click.echo(progress.speed(tally) + "\n")
        if len(seeds) == 1 and tally.latest and tally.latest.is_well:
            click.echo(one_call(tally.latest, ringing.line_of) + "\n")
        click.echo(report(tally, ringing.line_of))
        if tally.kept and (told := help_for(tally.kept[0].call, ringing.telephone.twilio)):
            click.echo(told)
    if not tally.is_pass:
        return FAILED
    return PASSED if tally.all.calls == len(seeds) else STOPPED


def _played(ringing: Ringing, tally: Tally, progress: Progress) -> None:
    """Until Ctrl-C; or until a service that loses each of its first callers has shown enough."""
    with closing(ringing.calls()) as calls:
        try:
            for judged in calls:
                tally.add(judged)
                progress.show(tally)
                if tally.all.calls == tally.all.outcomes[LOST] == SHOWN_ENOUGH:
                    break
        except KeyboardInterrupt:
            pass  # what was played is told


@contextmanager
def _here(seeds: Sequence[int], wanted: Wanted, settings: Settings, at: datetime | None) -> Iterator[Ringing]:
    """The files, in a helpline of one's own; by day and at night, or at one moment."""
    version = in_use(files=True).version
    shifts = [Shift(seeds, at)] if at else day_and_night(seeds, version, bootstrap.now())
    with helpline_beside(settings, shifts[0].moment) as beside:

        def crowd(shift: Shift) -> Crowd:
            beside.set_clock(shift.moment)
            return Crowd(beside.telephone, atlas_of(version.in_force(shift.moment), shift.moment), wanted.at_once)

        line_of = version.in_force(shifts[0].moment).line_of
        yield Ringing(f"the files in {settings.helpline_regions}", beside.telephone, line_of, shifts, crowd)


@contextmanager
def _elsewhere(seeds: Sequence[int], wanted: Wanted, settings: Settings, url: str) -> Iterator[Ringing]:
    """A running service, at whatever its clock says; judged by the table that is live here."""
    now = bootstrap.now()
    table = in_use().version.in_force(now)
    crowd = Crowd(telephone_to(settings, connect_to=url), atlas_of(table, None), wanted.at_once)
    yield Ringing(url, crowd.telephone, table.line_of, [Shift(seeds, now)], lambda _: crowd)
