"""`helpline calls`: what is kept of calls, told as counts in which nobody can be found."""

from __future__ import annotations

import csv
import re
import sys
from datetime import date
from typing import get_args

import click

from helpline import bootstrap
from helpline.cli.in_use import clock
from helpline.cli.purging import purge
from helpline.cli.report_told import told
from helpline.directory.version import day_of
from helpline.reports.days import Days, DaysRefused, asked_for
from helpline.reports.export import Kind, exported
from helpline.reports.report import report as report_of
from helpline.reports.written import as_csv, as_json
from helpline.settings import Settings
from helpline.storage.counts import By, Counts

_DAY = re.compile(r"20\d\d-\d\d-\d\d")


class Day(click.ParamType[date]):
    """A day of this century, written such as 2026-11-24."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> date:
        """The day. Raises BadParameter for anything else."""
        try:
            return date.fromisoformat(str(value) if _DAY.fullmatch(str(value)) else "")
        except ValueError:
            self.fail(f'"{value}" is not a day. Write it such as 2026-11-24.', param, context)


first_day = click.option("--from", "first", type=Day(), help="The first day; a week before the last unless you say.")
last_day = click.option("--to", "last", type=Day(), help="The last day, included; yesterday unless you say.")
with_small_counts = click.option(
    "--small-counts", is_flag=True, help="Withhold nothing: a small count can point at a person."
)


@click.group()
def calls() -> None:
    """What is kept of calls and texts, told as counts in which nobody can be found."""


calls.add_command(purge)


@calls.command()
@first_day
@last_day
@click.option("--by", type=click.Choice(get_args(By)), default="region", show_default=True, help="What it counts by.")
@click.option("--csv", "as_table", is_flag=True, help="The calls by group as CSV, for spreadsheets.")
@click.option("--json", "as_fields", is_flag=True, help="All of it as JSON, for programs.")
@with_small_counts
def report(first: date | None, last: date | None, by: By, as_table: bool, as_fields: bool, small_counts: bool) -> None:
    """How the line is doing: calls of some days, where they were answered, how long it took, what failed."""
    if as_table and as_fields:
        raise click.UsageError("Write --csv or --json, not both.")
    days = _days(first, last)
    made = report_of(_counts(small_counts=small_counts), days, by, small_counts=small_counts)
    if as_table or as_fields:
        click.echo(as_csv(made) if as_table else as_json(made), nl=False)
    else:
        click.echo(told(made))


@calls.command()
@first_day
@last_day
@with_small_counts
def export(first: date | None, last: date | None, small_counts: bool) -> None:
    """Counts by day and kind of call as CSV, for researchers; kinds that are too rare are told together."""
    days = _days(first, last)
    rows = exported(_counts(small_counts=small_counts), days, small_counts=small_counts)
    writing = csv.writer(sys.stdout, lineterminator="\r\n")
    writing.writerow((*Kind._fields, "calls"))
    writing.writerows((*kind, number) for kind, number in rows)


def _days(first: date | None, last: date | None) -> Days:
    """The days asked for. Raises UsageError where nothing can be told of them."""
    today = day_of(clock()())
    try:
        return asked_for(first, last, today=today)
    except DaysRefused as refused:
        raise click.UsageError(
            f"{refused} Write --from and --to with the earlier day first, {today} at the latest."
        ) from None


def _counts(*, small_counts: bool) -> Counts:
    """What is counted in the database, which is brought up to date where there is one."""
    settings = Settings()
    database = bootstrap.versions_of(settings).database
    if database.is_there:
        database.upgrade()
    if small_counts:
        click.echo("Nothing is withheld: a small count can point at a person. Keep this among yourselves.", err=True)
    return bootstrap.counts(settings)
