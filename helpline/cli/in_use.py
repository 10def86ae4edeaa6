"""The table that a command speaks of: the live version of the database, or that of the files."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime

import click

from helpline import bootstrap
from helpline.bootstrap import Clock
from helpline.directory.content import Diversion
from helpline.directory.folder import edition_of
from helpline.directory.hours import AMSTERDAM
from helpline.directory.version import Version
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from helpline.storage.versions import Published


@dataclass(frozen=True)
class InUse:
    """A version, and in words where it comes from."""

    version: Version
    said: str


def clock() -> Clock:
    """The clock of this run: a test hands the command its own."""
    context = click.get_current_context(silent=True)
    found: Clock | None = context.find_root().obj if context else None
    return found or bootstrap.now


def publishing(*, made: bool) -> Publishing:
    """What changes the table; `made` makes the database where there is none yet."""
    desk = bootstrap.publishing(Settings(), clock=clock())
    if made or desk.versions.database.is_there:
        desk.versions.database.upgrade()
    return desk


def live(desk: Publishing) -> Published | None:
    """The live version; None where there is no database or nothing is in it."""
    return desk.versions.live() if desk.versions.database.is_there else None


def in_use(*, files: bool = False) -> InUse:
    """The live version, or what is in the files where nothing is published or `files` asks for them.

    Raises RegionsRefused where the files have problems.
    """
    desk = publishing(made=False)
    if not files and (published := live(desk)) is not None:
        return InUse(desk.version(published), told(published))
    settings = Settings()
    edition = edition_of(settings.helpline_regions)
    version = desk.checked(edition.name, edition.content)
    why = "" if files else "; nothing is published yet"
    return InUse(version, f"The files in {settings.helpline_regions}{why}.")


def told(published: Published) -> str:
    """A published version in one line."""
    entry = published.entry
    return f"Version {published.number}, {at(entry.at)} by {entry.author}: {entry.reason}"


def at(moment: datetime) -> str:
    """A moment on the clock of Amsterdam."""
    return f"{moment.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def author() -> str:
    """Who is at the terminal, as this machine knows them."""
    return getpass.getuser()


def diversion_told(each: Diversion) -> str:
    """A diversion in one line."""
    key = " (must press 1)" if each.accept else ""
    rings = f"{each.organisation} {each.line} rings {each.to}{key} until {at(each.until)}"
    return f"{rings}: {each.reason} ({each.author})"
