"""`helpline lines ring`: a test call to each number, so that a dead one is found before a caller comes past it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import anyio
import click

from helpline import bootstrap
from helpline.cli.changing import write_whole
from helpline.cli.in_use import at, clock, publishing
from helpline.directory import files
from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Table
from helpline.settings import NEEDED_TO_ASK_TWILIO, Settings, refuse_without
from helpline.upkeep.checked_days import AcceptedLines, with_checked_days
from helpline.upkeep.quiet_hours import is_quiet
from helpline.upkeep.ringing import Result, Target, accepted_lines, targets

SECONDS_A_CALL = 30  # to ring, to hear the words, to press the key


@click.group()
def lines() -> None:
    """The organisations' own lines."""


@lines.command()
@click.argument("organisation", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--even-now", is_flag=True, help="In the quiet hours too.")
def ring(organisation: str | None, yes: bool, even_now: bool) -> None:
    """Ring each number of ORGANISATION, or of all, with a test call; who answers must press 1. The service must run."""
    settings, now = Settings(), clock()()
    refuse_without(settings, NEEDED_TO_ASK_TWILIO, "No line can be rung")
    bootstrap.twilio(settings)
    if not even_now and is_quiet(settings.helpline_quiet_hours, now.astimezone(AMSTERDAM).time()):
        raise click.UsageError(
            f"It is {at(now)}: no test calls from {settings.helpline_quiet_hours}. In spite of that: --even-now"
        )
    desk = publishing(made=True)
    table = desk.version(desk.live()).in_force(now)
    numbers = [*targets(table, organisation, now)]
    _ask(numbers, asks=not yes)
    results = anyio.run(_ring_all, settings, table, numbers, even_now)
    click.echo(_told(results))
    _write_days(settings, accepted_lines(results))
    if not all(result.is_well for result in results):
        raise click.exceptions.Exit(1)


async def _ring_all(settings: Settings, table: Table, numbers: Sequence[Target], even_now: bool) -> list[Result]:
    def told(result: Result) -> None:
        click.echo(f"{result.target.name}: {result.outcome} {result.problem}".strip(), err=True)

    async with bootstrap.ringer(settings, table, clock=clock(), even_now=even_now) as ringer:
        return await ringer.ring_all(numbers, told)


def _ask(numbers: Sequence[Target], *, asks: bool) -> None:
    """Says what will be rung; those who are closed now will not."""
    ringing = [target for target in numbers if not target.closed]
    organisations = {target.number.organisation for target in ringing}
    minutes = max(1, round(len(ringing) * SECONDS_A_CALL / 60))
    counted = [_counted(len(organisations), "organisation"), _counted(len(ringing), "number")]
    said = f"{', '.join(counted)}; about {_counted(minutes, 'minute')}."
    if asks:
        click.confirm(f"{said} Ring them now?", abort=True)
    else:
        click.echo(said)


def _told(results: Sequence[Result]) -> str:
    """The table of results, and how many need looking after."""
    width = max((len(result.target.name) for result in results), default=0)
    rows = [f"{result.target.name:{width}}  {_outcome(result)}" for result in results]
    wrong = sum(not result.is_well for result in results)
    last = f"{_counted(wrong, 'number')} of {len(results)} not accepted." if wrong else "All accepted that were rung."
    return "\n".join([*rows, last])


def _outcome(result: Result) -> str:
    words = {"closed": "skipped, closed now", "quiet": "not rung, the quiet hours began", "not-rung": "not rung"}
    return words.get(result.outcome, result.outcome)


def _write_days(settings: Settings, accepted: AcceptedLines) -> None:
    """The day of today, in the files of the lines that are here as they are live."""
    folder, today = settings.helpline_regions, clock()().astimezone(AMSTERDAM).date()
    changed = with_checked_days(files.read(folder).texts, accepted, today)
    for organisation, text in changed.items():
        write_whole(folder / f"{organisation}.toml", text)
    if changed:
        click.echo(f"checked = {today} written: {_listed(changed)}")
        click.echo("then: helpline regions publish")


def _listed(organisations: Iterable[str]) -> str:
    return ", ".join(f"{organisation}.toml" for organisation in sorted(organisations))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
