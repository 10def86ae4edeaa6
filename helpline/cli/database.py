"""`helpline database`: where versions and the record are kept."""

from __future__ import annotations

import click

from helpline import bootstrap
from helpline.cli.backing_up import backup, restore
from helpline.settings import Settings


@click.group()
def database() -> None:
    """The database with the versions of the routing table and the record of changes."""


for command in (backup, restore):
    database.add_command(command)


@database.command()
def upgrade() -> None:
    """Make it, or bring it up to date with this program; forward only, and never twice."""
    bootstrap.versions_of(Settings()).database.upgrade()
    click.echo("The database is up to date.")
