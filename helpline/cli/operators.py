"""`helpline operators`: who may sign in at the console."""

from __future__ import annotations

import re

import click

from helpline import bootstrap
from helpline.cli.in_use import author, clock
from helpline.cli.made_up import MADE_UP
from helpline.console import passwords, second_factor
from helpline.console.passwords import LEAST_SIGNS, MOST_SIGNS
from helpline.console.signing_in import plain_name
from helpline.errors import OperatorRefused
from helpline.settings import Settings
from helpline.storage.operators import Operator, Operators, Role

_NAME = re.compile(r"\w[\w .'-]{0,59}\Z")

by_option = click.option("--by", default=author, show_default="your name on this machine", help="Who, for the record.")
generate_option = click.option("--generate", is_flag=True, help="Make a password and show it once, instead of asking.")


@click.group()
def operators() -> None:
    """Who may sign in at the console, at /console."""


@operators.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "operator"]), required=True, help="A reader changes nothing.")
@click.option("--totp", is_flag=True, help="Also ask for a code of their telephone at each sign-in.")
@generate_option
@by_option
def add(name: str, role: Role, totp: bool, generate: bool, by: str) -> None:
    """Let NAME sign in."""
    found, name = _kept(), _sound(name)
    if found.get(name):  # before a password is thought of
        raise OperatorRefused(
            f"There is an operator called {name} already.", help=f"helpline operators password {name}"
        )
    password = passwords.generated() if generate else _asked()
    secret = second_factor.new_secret() if totp else None
    found.add(Operator(name, role, passwords.hashed(password), secret), at=clock()(), by=by)
    click.echo(f"{name} may sign in, as {role}.")
    _show(name, password if generate else None, secret)


@operators.command("list")
def list_all() -> None:
    """Who may sign in, and how."""
    everybody = _kept().all()
    width = max((len(each.name) for each in everybody), default=0)
    for each in everybody:
        factor = "with a second factor" if each.second_factor else "by password alone"
        click.echo(f"{each.name:{width}}  {each.role:8}  {factor}")
    if not everybody:
        click.echo("Nobody may sign in yet: helpline operators add NAME --role operator")


@operators.command()
@click.argument("name")
@click.option("--totp/--no-totp", default=None, help="A new second factor, or none; else it stays as it is.")
@generate_option
@by_option
def password(name: str, totp: bool | None, generate: bool, by: str) -> None:
    """Give NAME another password; whoever is signed in by that name is signed out."""
    found, name = _kept(), plain_name(name)
    if not found.get(name):
        raise OperatorRefused(f"There is no operator called {name}.", help="See all: helpline operators list")
    new = passwords.generated() if generate else _asked()
    secret = second_factor.new_secret() if totp else None
    factor = {} if totp is None else {"second_factor": secret}
    found.change(name, {"password": passwords.hashed(new), **factor}, at=clock()(), by=by)
    click.echo(f"{name} has a new password.")
    _show(name, new if generate else None, secret)


@operators.command()
@click.argument("name")
@by_option
def remove(name: str, by: str) -> None:
    """Let NAME sign in no more, and sign them out."""
    name = plain_name(name)
    _kept().remove(name, at=clock()(), by=by)
    click.echo(f"{name} may not sign in any more.")


def _kept() -> Operators:
    settings = Settings()
    bootstrap.versions_of(settings).database.upgrade()
    return bootstrap.operators(settings)


def _sound(name: str) -> str:
    plain = plain_name(name)
    if not _NAME.match(plain) or plain == MADE_UP:
        raise OperatorRefused(
            f"{name!r} cannot be an operator's name.",
            help=f"At most 60 letters, digits, blanks and . - '; {MADE_UP} is that of the demonstration.",
        )
    return plain


def _asked() -> str:
    """Asked twice, and not shown."""

    def sound(typed: str) -> str:
        if not LEAST_SIGNS <= len(typed) <= MOST_SIGNS:
            raise click.BadParameter(f"{LEAST_SIGNS} signs at least, {MOST_SIGNS} at most.")
        return typed

    asked: str = click.prompt(
        f"Password, {LEAST_SIGNS} signs or more", hide_input=True, confirmation_prompt=True, value_proc=sound
    )
    return asked


def _show(name: str, generated: str | None, secret: str | None) -> None:
    """What is shown this once."""
    if generated:
        click.echo(f"Password: {generated}")
    if secret:
        click.echo(f"For the app on their telephone: {second_factor.address(secret, name)}")
        click.echo(f"Or typed by hand: {secret}")
    if generated or secret:
        click.echo("It is shown this once.")
