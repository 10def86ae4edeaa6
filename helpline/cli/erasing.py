"""`helpline twilio erase`: what is still to be deleted at Twilio, tried now."""

from __future__ import annotations

import anyio
import click

from helpline import bootstrap
from helpline.cli.in_use import clock
from helpline.errors import CarrierAway, CarrierRefused
from helpline.settings import Settings
from helpline.upkeep.at_once import delete_all


@click.command()
def erase() -> None:
    """Delete at Twilio, now, all calls and texts that wait for it or were given up."""
    settings = Settings()
    bootstrap.versions_of(settings).database.upgrade()
    erasures = bootstrap.erasures(settings)
    before = erasures.waiting(), erasures.given_up()
    click.echo(f"Waiting: {before[0]}. Given up: {before[1]}.")
    if not any(before):
        return
    fault = anyio.run(_tried, settings)
    left = erasures.waiting()
    click.echo(f"Gone: {max(sum(before) - left, 0)}. Left: {left}.")
    if left:
        click.echo(f"{fault} {fault.help}" if fault else "They came meanwhile.", err=True)
        click.echo("What is left waits for the service. A call can be deleted only when it is over.", err=True)
        raise click.exceptions.Exit(1)


async def _tried(settings: Settings) -> CarrierAway | CarrierRefused | None:
    async with bootstrap.twilio(settings) as twilio:
        return await delete_all(bootstrap.erasures(settings), twilio, clock()())
