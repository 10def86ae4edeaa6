"""The fallback document, written again when an operator makes another version live."""

from __future__ import annotations

import click

from helpline import bootstrap
from helpline.cli.in_use import clock
from helpline.directory.version import Version
from helpline.errors import SettingsFault
from helpline.settings import Settings


def rewrite_fallback(version: Version) -> None:
    """Writes the document of a version that is live; where that fails, it is told, and the version stays live."""
    file = bootstrap.fallback_file(Settings())
    if file is None:
        return
    try:
        if file.write(version.in_force(clock()())):
            click.echo(f"The fallback document has changed: {file.path}")
    except OSError as fault:
        click.echo(f"The fallback document is the old one: {file.path} cannot be written: {fault.strerror}.", err=True)
    except SettingsFault as fault:
        click.echo(f"The fallback document is the old one. {fault}", err=True)
