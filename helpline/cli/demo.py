"""`helpline demo` shows what the service does, on this machine only."""

from __future__ import annotations

import threading
from importlib import resources
from importlib.resources.abc import Traversable

import click

from helpline import log
from helpline.cli.local import Local, local_helpline
from helpline.cli.made_up import MADE_UP, made_up_operator
from helpline.cli.picturing import drawn_with
from helpline.cli.rehearsing import at_the_time_of
from helpline.flow.drawing_svg import svg
from helpline.settings import Settings
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from helpline.simulator.writing import write


@click.command()
@click.option("--calls-only", is_flag=True, help="Print the calls and stop, without serving on.")
def demo(calls_only: bool) -> None:
    """Print a few simulated calls, then serve for the simulator."""
    settings = Settings()
    log.configure()
    transcripts = [parse(file.read_text("utf-8"), file.name) for file in _calls()]
    for transcript, file in zip(transcripts, _calls(), strict=True):
        with local_helpline(settings, clock=at_the_time_of(transcript)) as local:
            rehearsal = rehearse(transcript, local.telephone, local.line_of)
        if not rehearsal.ok:
            click.echo(rehearsal.report())
            raise click.exceptions.Exit(1)
        comment = file.read_text("utf-8").partition("\n")[0].lstrip("# ")
        click.echo(write(rehearsal.call, local.line_of, comment=comment, at=transcript.at))
    if calls_only:
        return
    with (
        local_helpline(settings, port=settings.port, published=True, picture=svg(*drawn_with())) as local,
        made_up_operator(settings) as password,
    ):
        _serve_on(local, password, secret=settings.twilio_auth_token is not None)


def _calls() -> list[Traversable]:
    folder = resources.files("helpline.cli") / "demonstration"
    return sorted((file for file in folder.iterdir() if file.name.endswith(".call")), key=lambda file: file.name)


def _serve_on(local: Local, password: str | None, *, secret: bool) -> None:
    token = "" if secret else f" --token {local.telephone.twilio.auth_token}"
    click.echo(f"Serving at {local.address} with placeholder numbers; only the simulator can call it.")
    click.echo(f"Ring it yourself:  .venv/bin/helpline call --url {local.address}{token}")
    click.echo(f"Or in the browser: {local.address}/phone")
    if password and local.helpline.settings.helpline_console:
        click.echo(f"What operators see: {local.address}/console, as {MADE_UP} with the password {password}")
    click.echo("Change who answers: edit regions/*.toml, then  .venv/bin/helpline regions publish")
    click.echo("Stop with Ctrl-C.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("Stopped.")
