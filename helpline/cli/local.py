"""A helpline of one's own, on this machine only, to demonstrate and to rehearse with."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from pydantic import SecretStr

from helpline import bootstrap
from helpline.bootstrap import Clock, Helpline
from helpline.bootstrap.office import office
from helpline.console.console import Console
from helpline.errors import SettingsFault
from helpline.pages.own_pages import OwnPages
from helpline.settings import Settings
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal_line import RehearsalLine
from helpline.simulator.texting import Messenger
from helpline.web.phone import Phone
from helpline.web.rehearsing import rehearsal_line
from helpline.web.serving import serving

HERE = "127.0.0.1"
PLACEHOLDER_NUMBER = "+31700002000"


@dataclass(frozen=True)
class Local:
    """A running service, the telephone that calls it, and how it names the numbers it dials."""

    helpline: Helpline
    telephone: Telephone
    address: str

    @property
    def messenger(self) -> Messenger:
        """Texts it, at the same number."""
        return Messenger(self.telephone.twilio, self.telephone.number)

    @property
    def line_of(self) -> Callable[[str], str]:
        """Names a dialled number, as in "utrecht advice 1"."""
        return self.helpline.directory.current.line_of


@contextmanager
def local_helpline(
    settings: Settings,
    *,
    port: int = 0,
    published: bool = False,
    picture: str | None = None,
    clock: Clock = bootstrap.now,
) -> Iterator[Local]:
    """Serves while the block runs: the files, or the live version of the database where `published` says so.

    What is not set gets a made-up value; port 0 is any free one. With a picture of the conversation it can also be rung
    from a browser, at /phone, and operators can sign in at /console.
    """
    with _listener(port) as listener:
        address = f"http://{HERE}:{listener.getsockname()[1]}"
        filled = settings.model_copy(
            update={
                "twilio_auth_token": settings.twilio_auth_token or SecretStr(secrets.token_hex(16)),
                "helpline_public_url": settings.helpline_public_url or address,
                "helpline_numbers": settings.helpline_numbers or (PLACEHOLDER_NUMBER,),
            }
        )
        if published:
            bootstrap.begin(filled, placeholders_allowed=True, clock=clock)
        helpline = bootstrap.helpline(
            filled, published=published, placeholders_allowed=True, unread_languages=True, clock=clock
        )
        local = Local(helpline, telephone_to(filled, connect_to=address), address)
        origins = [address, f"http://localhost:{listener.getsockname()[1]}"]
        phone = _phone(local, origins, picture) if picture else None
        has_console = picture is not None and settings.helpline_console
        line_to = rehearsal_line(filled, unread_languages=True)
        console = Console(office(helpline), origins, line_to=line_to) if has_console else None
        with serving(helpline, listener, phone, console):
            yield local


def _phone(local: Local, origins: list[str], picture: str) -> Phone:
    """A telephone in the browser that rings the service itself, and no draft."""
    line = RehearsalLine(local.telephone, lambda number: local.line_of(number))
    return Phone(lambda draft: None if draft else line, OwnPages(origins).only, lambda: picture)


def settings_for(settings: Settings, url: str, token: str | None, public_url: str | None = None) -> Settings:
    """What is needed to sign for a service elsewhere: its public address is the one given or set, else `url`."""
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"--url {url}: an address begins with http:// or https://.")
    secret = SecretStr(token) if token else settings.twilio_auth_token
    if secret is None:
        raise click.UsageError("--url needs --token, the auth token with which that service checks signatures.")
    return Settings(
        twilio_auth_token=secret,
        helpline_public_url=public_url or settings.helpline_public_url or url,
        helpline_numbers=settings.helpline_numbers or (PLACEHOLDER_NUMBER,),
    )


def telephone_to(settings: Settings, *, connect_to: str) -> Telephone:
    """A telephone that signs as Twilio signs for the public address, and connects where it is told."""
    assert settings.helpline_public_url and settings.twilio_auth_token
    twilio = Twilio(
        public_url=settings.helpline_public_url,
        connect_to=connect_to,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        owned=settings.helpline_numbers,
    )
    return Telephone(twilio, TwilioNumber(settings.helpline_numbers[0], status_callback="/voice/status"))


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((HERE, port))
    except OSError as fault:
        raise SettingsFault(
            f"Port {port} on {HERE} cannot be used: {fault.strerror}.", help="Set PORT to a free one, or to 0 for any."
        ) from None
