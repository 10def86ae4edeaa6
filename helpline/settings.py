"""What an operator sets, from the environment or `.env`; one variable, one sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from helpline.errors import SettingsFault

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")


class Settings(BaseSettings):
    """The settings; a field's name in capitals is its variable."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

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
        description="The database with the versions of the routing table, sqlite:///… with the path of its file.",
    )
    helpline_last_good: Path = Field(
        default=Path("var/last-good.json"),
        description="Where this machine keeps the last table it took up, for a start without its database.",
    )
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on.")
    web_concurrency: int = Field(default=1, ge=1, le=64, description="How many worker processes serve.")

    @field_validator("helpline_numbers", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(number.replace(" ", "") for number in value.split(",") if number.strip())
        return value

    @field_validator("helpline_numbers")
    @classmethod
    def _e164(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_E164.match(number) for number in value):
            raise ValueError("each number must be written in E.164, such as +31300000001")
        return value

    @field_validator("twilio_auth_token", "twilio_auth_token_secondary", "twilio_shared_key_secret", mode="before")
    @classmethod
    def _secret(cls, value: object) -> object:
        """Without the blanks and line ends that copying adds; blank is not set, or an empty key would open the door."""
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        return (text.strip() or None) if isinstance(text, str) else value

    @field_validator("helpline_public_url")
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
            raise ValueError("must end after the host (and port), without a path: Twilio asks /voice below it")
        return value.rstrip("/")


NEEDED_TO_SERVE = {
    "twilio_auth_token": "It stands in the Twilio Console, under Account Info.",
    "helpline_public_url": "It is this service's https address, as entered in the Twilio Console.",
    "helpline_numbers": "They are the numbers bought from Twilio, in E.164; the first is shown as caller ID.",
}


def refuse_unset(settings: Settings) -> None:
    """Raises SettingsFault naming, at once, all that `serve` needs and does not have."""
    unset = [name for name in NEEDED_TO_SERVE if not getattr(settings, name)]
    if unset:
        raise SettingsFault(
            "The service cannot start:\n"
            + "\n".join(f"  {name.upper()} is not set. {NEEDED_TO_SERVE[name]}" for name in unset),
            help="Set them in the environment or in a file .env; `helpline demo` runs without any.",
        )
