"""`helpline calls purge`: what is kept of calls and texts, deleted by hand before its days are over."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from helpline import bootstrap
from helpline.cli.in_use import at, clock
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from helpline.storage.retention import Counted


@click.command()
@click.option(
    "--before",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day that stays; by default what the service itself would keep.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(before: datetime | None, yes: bool) -> None:
    """Delete what is kept of calls and texts from before a day, for good."""
    settings = Settings()
    moment = before.replace(tzinfo=AMSTERDAM) if before else clock()() - timedelta(days=settings.helpline_record_days)
    database = bootstrap.versions_of(settings).database
    if not database.is_there:
        click.echo("Nothing is kept yet.")
        return
    database.upgrade()
    kept = bootstrap.retention(settings)
    found = kept.count(moment)
    if found == Counted(0, 0):
        click.echo(f"Nothing is kept from before {at(moment)}.")
        return
    click.echo(f"From before {at(moment)}: {_told(found)}.")
    if not yes:
        click.confirm("Delete them for good?", abort=True)
    click.echo(f"Deleted: {_told(kept.delete(moment))}.")


def _told(counted: Counted) -> str:
    return ", ".join(
        f"{count} {thing}" if count == 1 else f"{count} {thing}s"
        for count, thing in ((counted.calls, "call"), (counted.texts, "text"))
    )
