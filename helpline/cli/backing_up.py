"""`helpline database backup` and `restore`: all that must not be lost as one file, and the way back."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import click

from helpline import bootstrap
from helpline.cli.in_use import author, clock
from helpline.settings import Settings
from helpline.storage import backup as backups
from helpline.storage import restore as restores
from helpline.storage.in_backup import Holdings
from helpline.storage.versions import Versions

SHOWN_EVERY_SECONDS = 0.2
ANEW = "\r\x1b[K"  # the line from its beginning, emptied
KEEP = "keep it elsewhere, and hold it against a backup before you restore it."

json_option = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


class Rows:
    """How many were copied: one line that writes itself again, where a person looks on."""

    def __init__(self) -> None:
        self._copied = 0
        self._shown = time.monotonic()

    def copied(self, rows: int) -> None:
        """So many more, not told so often that it flickers."""
        self._copied += rows
        if sys.stderr.isatty() and time.monotonic() - self._shown >= SHOWN_EVERY_SECONDS:
            self._shown = time.monotonic()
            click.echo(f"{ANEW}{self._copied:,} rows", err=True, nl=False)

    def over(self) -> None:
        """The line is gone from then on."""
        if sys.stderr.isatty():
            click.echo(ANEW, err=True, nl=False)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Write a backup into FILE, while the service runs; exit 1 where somebody altered what is in the database."""
    database, rows = bootstrap.database_to_copy(Settings()), Rows()
    try:
        holdings = backups.back_up(database, file, rows.copied)
    finally:
        rows.over()
    wrong = Versions(database).verify()
    if as_json:
        click.echo(_as_json(file, holdings, problems=wrong))
    else:
        click.echo(f"{file} is written: {_told(holdings)}.")
        click.echo(_last(holdings, KEEP))
    if wrong:
        click.echo("It cannot be restored, since the record of the database is not as it was written:", err=True)
        click.echo("\n".join(f"  {each}" for each in wrong), err=True)
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only look whether it could be restored; no database is touched.")
@click.option("--by", default=author, show_default="your name on this machine", help="Who, for the record.")
@json_option
def restore(file: Path, check: bool, by: str, as_json: bool) -> None:
    """Put the backup in FILE into an empty database, all of it or nothing; exit 1 where that cannot be."""
    rows = Rows()
    try:
        holdings = restores.look(file) if check else _restored(file, by, rows)
    finally:
        rows.over()
    if as_json:
        click.echo(_as_json(file, holdings, restored=not check))
        return
    click.echo(f"{file} {'can be' if check else 'is'} restored: {_told(holdings)}.")
    click.echo(_last(holdings, "is it the one that you kept?"))
    if not check:
        click.echo("Nobody may sign in at the console yet: helpline operators add NAME --role operator")


def _restored(file: Path, by: str, rows: Rows) -> Holdings:
    database = bootstrap.database_to_copy(Settings())
    return restores.restore(database, file, at=clock()(), by=by, copied=rows.copied)


def _told(holdings: Holdings) -> str:
    counts = {
        "version": holdings.versions,
        "entry": holdings.entries,
        "call": holdings.calls,
        "text": holdings.texts,
    }
    several = {thing: f"{thing}s" for thing in counts} | {"entry": "entries"}
    return ", ".join(f"{count:,} {thing if count == 1 else several[thing]}" for thing, count in counts.items())


def _last(holdings: Holdings, what: str) -> str:
    if holdings.last_hash is None:
        return "There is nothing in its record."
    return f"The last entry of its record is {holdings.last_hash[:16]}: {what}"


def _as_json(file: Path, holdings: Holdings, **more: object) -> str:
    return json.dumps({"file": str(file), **asdict(holdings), **more}, ensure_ascii=False, indent=2)
