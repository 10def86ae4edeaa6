"""`helpline twilio`: what Twilio is set to, shown, checked and set; and the document for when this service fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import anyio
import click

from helpline import bootstrap
from helpline.carrier import served
from helpline.carrier.drift import Deployment, Drift, drifts, not_in_account
from helpline.carrier.rest_answers import OwnNumber
from helpline.cli.erasing import erase
from helpline.cli.in_use import clock, in_use
from helpline.cli.setting_up import Plan, plan_of, set_up
from helpline.directory.numbers import is_placeholder
from helpline.errors import SettingsFault
from helpline.flow.steps import NATIONAL
from helpline.settings import NEEDED_TO_ASK_TWILIO, NEEDED_TO_SET_UP_TWILIO, Settings, refuse_without
from helpline.upkeep.fallback import FallbackFile, document_of


@click.group()
def twilio() -> None:
    """The account at Twilio: what our numbers are set to there."""


twilio.add_command(erase)


@twilio.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def setup(yes: bool, as_json: bool) -> None:
    """Set each of our numbers to this service, after showing what changes; exit 1 when something is still not right."""
    settings = _settings(NEEDED_TO_SET_UP_TWILIO)
    ours = _deployment(settings)
    account = anyio.run(_numbers, settings)
    missing = not_in_account(account, ours)
    plans = plan_of(account, ours)
    if not as_json:
        _show(missing, plans)
    if plans and not yes:
        click.confirm("Set this at Twilio?", abort=True, err=as_json)
    outcomes = anyio.run(set_up, settings, plans, lambda outcome: click.echo(outcome, err=as_json))
    if as_json:
        told = {"changed": [outcome.as_fields() for outcome in outcomes], "drifts": [asdict(each) for each in missing]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    raise click.exceptions.Exit(1 if missing or any(outcome.left for outcome in outcomes) else 0)


@twilio.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def check(as_json: bool) -> None:
    """Compare what Twilio is set to, and the fallback document, with what calls need; exit 1 when they differ."""
    settings = _settings(NEEDED_TO_ASK_TWILIO)
    used = in_use()
    table = used.version.in_force(clock()())
    account = anyio.run(_numbers, settings)
    found = drifts(account, _deployment(settings), table.line_of)
    if settings.helpline_fallback_url:
        document = document_of(table, settings.helpline_numbers)
        found += served.drifts_of(anyio.run(served.fetched, settings.helpline_fallback_url), document)
    wrong = any(not drift.warning for drift in found)
    if as_json:
        click.echo(json.dumps({"drifts": [asdict(each) for each in found]}, ensure_ascii=False, indent=2))
    else:
        click.echo(f"Held against: {used.said}")
        for drift in found:
            click.echo(_told(drift))
        if not wrong:
            click.echo("Twilio is set as it must be.")
    raise click.exceptions.Exit(1 if wrong else 0)


@twilio.command()
@click.option("--write", "path", type=click.Path(dir_okay=False, path_type=Path), help="Into this file.")
def fallback(path: Path | None) -> None:
    """Print the document that Twilio plays when this service fails, with the national desk of the live table."""
    used, settings = in_use(), Settings()
    table = used.version.in_force(clock()())
    document = document_of(table, settings.helpline_numbers)
    desk = table.routes("advice", NATIONAL)[0].number
    if is_placeholder(desk):
        click.echo(f"warning: nobody has the national desk's number in it. Held against: {used.said}", err=True)
        click.echo("  help: Replace it in regions/landelijk.toml, publish, and write this again.", err=True)
    if path is None:
        click.echo(document)
        return
    try:
        changed = FallbackFile(path, settings.helpline_numbers).write(table)
    except OSError as fault:
        raise SettingsFault(f"{path} cannot be written: {fault.strerror}.", help="Make it writable.") from None
    click.echo(f"{path} {'is written' if changed else 'was so already'}. {used.said}")


def _settings(needed: Mapping[str, str]) -> Settings:
    settings = Settings()
    refuse_without(settings, needed, "Twilio cannot be asked")
    return settings


def _deployment(settings: Settings) -> Deployment:
    return Deployment(
        settings.helpline_numbers,
        settings.helpline_public_url or "",
        settings.helpline_fallback_url,
        settings.helpline_keywords_changed,
    )


async def _numbers(settings: Settings) -> list[OwnNumber]:
    async with bootstrap.twilio(settings) as rest:
        return await rest.numbers()


def _show(missing: list[Drift], plans: list[Plan]) -> None:
    for drift in missing:
        click.echo(_told(drift))
    for plan in plans:
        click.echo(plan)
    if not (missing or plans):
        click.echo("Everything is set already.")


def _told(drift: Drift) -> str:
    return f"{'warning: ' if drift.warning else ''}{drift.what}\n  help: {drift.help}"
