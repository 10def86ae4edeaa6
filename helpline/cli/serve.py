"""`helpline serve` answers the real line."""

from __future__ import annotations

import click

from helpline import bootstrap, log
from helpline.cli.made_up import remove_made_up
from helpline.settings import Settings, refuse_unset
from helpline.web.serving import serve as serve_until_stopped


@click.command()
def serve() -> None:
    """Answer the real line."""
    settings = Settings()
    refuse_unset(settings)
    log.configure()
    bootstrap.begin(settings)
    remove_made_up(settings)
    helpline = bootstrap.helpline(settings, published=True)  # refuses here, once, rather than in every worker process
    serve_until_stopped(settings, helpline)
