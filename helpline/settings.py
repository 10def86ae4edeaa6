"""What an operator sets, from the environment or `.env`; one variable, one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from helpline.errors import SettingsFault

LEAST_SIGNS = 32  # of a secret of our own: 128 bits, also where it is hexadecimal

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}\Z")
_FROM_TO = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d\Z")


class Settings(BaseSettings):
    """The settings; a field's name in capitals is its variable."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    twilio_account_sid: str | None = Field(
        default=None, description="The account's SID, AC and 32 signs; needed to ask or tell Twilio anything."
    )
    twilio_auth_token: SecretStr | None = Field(
        default=None, description="The account's primary auth token, with which Twilio signs each request."
    )
    twilio_auth_token_secondary: SecretStr | None = Field(
        default=None, description="The other auth token, accepted too while tokens are being rotated."
    )
    twilio_shared_key_secret: SecretStr | None = Field(
        default=None,
        description="The shared key's secret, for accounts whose requests are signed with HMAC_SHA256.",
    )
    helpline_numbers: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="The helpline's own numbers, E.164, comma-separated; the first is the caller ID.",
    )
    helpline_public_url: str | None = Field(
        default=None,
        description="Our address as Twilio has it, https://… without a path; signatures cover it.",
    )
    helpline_regions: Path = Field(
        default=Path("regions"), description="The folder with the region files and geography/."
    )
    database_url: str = Field(
        default="sqlite:///var/helpline.db",
        description=(
            "The database: sqlite:///… with the path of its file, or postgresql://…, which several machines share."
        ),
        repr=False,  # it can hold a password
    )
    helpline_last_good: Path = Field(
        default=Path("var/last-good.json"),
        description="Where this machine keeps the last table it took up, for a start without its database.",
    )
    helpline_fallback_url: str | None = Field(
        default=None,
        description="Where another host serves the fallback document, https://…; Twilio asks it when we fail.",
    )
    helpline_fallback_file: Path | None = Field(
        default=None,
        description="The file into which the fallback document is written whenever it changes, for that other host.",
    )
    helpline_erase_at_twilio: bool = Field(
        default=False, description="Whether calls and texts are deleted at Twilio once they are over."
    )
    helpline_keywords_changed: bool = Field(
        default=False,
        description="Whether Twilio has said that it leaves HELP, END and QUIT to us; until then the check warns.",
    )
    helpline_alert_url: SecretStr | None = Field(
        default=None,
        description="The operators' webhook, which gets each alert as JSON; whoever knows it can post there.",
    )
    helpline_alert_numbers: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Operators' telephones that get each alert as a text, E.164, comma-separated."
    )
    helpline_alert_failed_dials: int = Field(
        default=3, ge=1, le=100, description="How many dials of a line in a row must go unanswered to raise an alert."
    )
    helpline_alert_minutes: int = Field(
        default=10, ge=1, le=1440, description="Within how many minutes those dials must be."
    )
    helpline_ring_lines_at: time | None = Field(
        default=None,
        description="When each day every number gets a test call, such as 10:30 in Amsterdam; never by default.",
    )
    helpline_metrics_token: SecretStr | None = Field(
        default=None,
        description="What must be sent to read /metrics, as Authorization: Bearer …; else only this machine may.",
    )
    helpline_quiet_hours: str = Field(
        default="21:00-08:00",
        description="The hours, in Amsterdam, in which no test call is placed unless asked twice.",
    )
    helpline_secret_key: SecretStr | None = Field(
        default=None,
        description="A secret of 32 signs or more, with which hashes are keyed; by default one made of the auth token.",
    )
    helpline_record_days: int = Field(
        default=365, ge=1, le=36500, description="After how many days what is kept of calls and texts is deleted."
    )
    helpline_console: bool = Field(default=True, description="Whether the operators' console is served, at /console.")
    helpline_console_port: int | None = Field(
        default=None, ge=1, le=65535, description="A port of the console's own; it is then on that one only."
    )
    helpline_console_url: str | None = Field(
        default=None,
        description="The console's address for operators, https://… without a path, where it is not the public one.",
    )
    helpline_console_idle_minutes: int = Field(
        default=30, ge=1, le=720, description="After how many minutes without a request an operator is signed out."
    )
    helpline_console_session_hours: int = Field(
        default=12, ge=1, le=24, description="After how many hours an operator is signed out in any case."
    )
    helpline_trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=9,
        description="How many proxies of yours stand before us, each adding to X-Forwarded-For; for sign-in only.",
    )
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on.")
    web_concurrency: int = Field(default=1, ge=1, le=64, description="How many worker processes serve.")

    @field_validator("helpline_numbers", "helpline_alert_numbers", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(number.replace(" ", "") for number in value.split(",") if number.strip())
        return value

    @field_validator("helpline_numbers", "helpline_alert_numbers")
    @classmethod
    def _e164(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_E164.match(number) for number in value):
            raise ValueError("each number must be written in E.164, such as +31300000001")
        return value

    @field_validator("twilio_account_sid")
    @classmethod
    def _sid(cls, value: str | None) -> str | None:
        if value is not None and not _ACCOUNT_SID.match(value.strip()):
            raise ValueError("must be AC and 32 signs of 0-9 and a-f, as the Twilio Console shows it")
        return value.strip() if value else None

    @field_validator("helpline_quiet_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        if not _FROM_TO.match(value.strip()):
            raise ValueError("must be two times of day, such as 21:00-08:00")
        return value.strip()

    @field_validator("helpline_ring_lines_at")
    @classmethod
    def _in_amsterdam(cls, value: time | None) -> time | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError("must be a time of day in Amsterdam, without a zone, such as 10:30")
        return value

    @field_validator("helpline_fallback_url")
    @classmethod
    def _on_another_host(cls, value: str | None) -> str | None:
        if value is not None and not (urlsplit(value.strip()).scheme == "https" and urlsplit(value.strip()).hostname):
            raise ValueError("must be a whole address, such as https://static.example.nl/fallback.xml")
        return value.strip() if value else None

    @field_validator(
        "twilio_auth_token",
        "twilio_auth_token_secondary",
        "twilio_shared_key_secret",
        "helpline_alert_url",
        "helpline_metrics_token",
        mode="before",
    )
    @classmethod
    def _secret(cls, value: object) -> object:
        """Without the blanks and line ends that copying adds; blank is not set, or an empty key would open the door."""
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        return (text.strip() or None) if isinstance(text, str) else value

    @field_validator("helpline_secret_key")
    @classmethod
    def _long(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < LEAST_SIGNS:
            raise ValueError(f"must have {LEAST_SIGNS} signs or more; `openssl rand -hex 32` makes one")
        return value

    @field_validator("helpline_public_url", "helpline_console_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        value = value.strip()
        parts = urlsplit(value)
        port = parts.port  # raises ValueError, saying so, where it is no port
        if parts.scheme not in ("https", "http") or not parts.hostname or (port is None and parts.netloc[-1] == ":"):
            raise ValueError("must be a whole address, such as https://helpline.example.nl")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("must end after the host (and port), without a path: ours begin there")
        return value.rstrip("/")


NEEDED_TO_SERVE = {
    "twilio_auth_token": "It stands in the Twilio Console, under Account Info.",
    "helpline_public_url": "It is this service's https address, as entered in the Twilio Console.",
    "helpline_numbers": "They are the numbers bought from Twilio, in E.164; the first is shown as caller ID.",
}

NEEDED_TO_ERASE = {
    "twilio_account_sid": "HELPLINE_ERASE_AT_TWILIO needs it; it stands in the Twilio Console, under Account Info."
}

NEEDED_TO_ASK_TWILIO = {"twilio_account_sid": "It stands in the Twilio Console, under Account Info."} | NEEDED_TO_SERVE

NEEDED_TO_SET_UP_TWILIO = NEEDED_TO_ASK_TWILIO | {
    "helpline_fallback_url": "It is where another host serves the document of `helpline twilio fallback`."
}


def refuse_unset(settings: Settings) -> None:
    """Raises SettingsFault naming, at once, all that `serve` needs and does not have."""
    needed = NEEDED_TO_SERVE | (NEEDED_TO_ERASE if settings.helpline_erase_at_twilio else {})
    refuse_without(settings, needed, "The service cannot start", "; `helpline demo` runs without any")


def refuse_without(settings: Settings, needed: Mapping[str, str], cannot: str, otherwise: str = "") -> None:
    """Raises SettingsFault naming, at once, each setting that is `needed` and not set, with where it is to be found."""
    unset = [name for name in needed if not getattr(settings, name)]
    if unset:
        raise SettingsFault(
            f"{cannot}:\n" + "\n".join(f"  {name.upper()} is not set. {needed[name]}" for name in unset),
            help=f"Set them in the environment or in a file .env{otherwise}.",
        )
