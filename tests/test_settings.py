"""Settings as operators write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from helpline.errors import SettingsFault
from helpline.settings import Settings, refuse_unset


def test_numbers_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several numbers of our own, with blanks as people write them."""
    monkeypatch.setenv("HELPLINE_NUMBERS", "+31 70 000 2000, +31700002001,")
    assert Settings(_env_file=None).helpline_numbers == ("+31700002000", "+31700002001")


def test_a_file_of_settings_is_read(tmp_path: Path) -> None:
    """What stands in .env counts as if it were in the environment."""
    (tmp_path / ".env").write_text("TWILIO_AUTH_TOKEN=x\nPORT=9000\nSOMETHING_ELSE=1\n")
    settings = Settings(_env_file=tmp_path / ".env")
    assert (settings.twilio_auth_token, settings.port) == (SecretStr("x"), 9000)


@pytest.mark.parametrize("url", ["https://h.example/", "https://h.example", "http://127.0.0.1:8000"])
def test_a_public_address_ends_after_the_host(url: str) -> None:
    """A slash at the end is taken off."""
    assert Settings(_env_file=None, helpline_public_url=url).helpline_public_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url", ["h.example", "ftp://h.example", "https://h.example/voice", "https://h.example?x=1", "https://"]
)
def test_an_address_that_could_not_be_signed_for_is_refused(url: str) -> None:
    """An address without its scheme, or with a path, would make every signature wrong."""
    with pytest.raises(ValidationError):
        Settings(_env_file=None, helpline_public_url=url)


def test_all_that_is_missing_is_told_at_once() -> None:
    """Whoever starts the service bare hears everything it needs, and where to find it."""
    with pytest.raises(SettingsFault) as refused:
        refuse_unset(Settings(_env_file=None))
    for name in ("TWILIO_AUTH_TOKEN", "HELPLINE_PUBLIC_URL", "HELPLINE_NUMBERS"):
        assert f"{name} is not set." in str(refused.value)


def test_nothing_missing_is_no_fault() -> None:
    """With all three set, nothing is refused."""
    refuse_unset(
        Settings(
            _env_file=None,
            twilio_auth_token=SecretStr("x"),
            helpline_public_url="https://h.example",
            helpline_numbers=("+31700002000",),
        )
    )


def test_secrets_are_not_shown() -> None:
    """A printed setting never holds its secret."""
    assert "hush" not in repr(Settings(_env_file=None, twilio_auth_token=SecretStr("hush")))
