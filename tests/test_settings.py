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


@pytest.mark.parametrize(
    "url", ["https://h.example/", "https://h.example", "http://127.0.0.1:8000", " https://h.example\n"]
)
def test_a_public_address_ends_after_the_host(url: str) -> None:
    """A slash at the end is taken off."""
    assert Settings(_env_file=None, helpline_public_url=url).helpline_public_url == url.strip().rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "h.example",
        "ftp://h.example",
        "https://h.example/voice",
        "https://h.example?x=1",
        "https://",
        "https://h:abc",
        "https://h:",
    ],
)
def test_an_address_that_could_not_be_signed_for_is_refused(url: str) -> None:
    """An address without its scheme, or with a path, would make every signature wrong."""
    with pytest.raises(ValidationError):
        Settings(_env_file=None, helpline_public_url=url)


@pytest.mark.parametrize("numbers", ["garbage", "anonymous", "+31", "0031700002000", "0700002000"])
def test_a_number_that_cannot_be_a_caller_id_is_refused(numbers: str) -> None:
    """Only E.164 can be shown as caller ID, and compared with what a table dials."""
    with pytest.raises(ValidationError, match=r"E\.164"):
        Settings(_env_file=None, helpline_numbers=(numbers,))


@pytest.mark.parametrize(("written", "taken"), [(" \n", None), ("a-token\n", "a-token")])
def test_a_blank_token_is_not_set(monkeypatch: pytest.MonkeyPatch, written: str, taken: str | None) -> None:
    """Blanks and line ends that copying adds do no harm, and nothing but blanks opens no door."""
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", written)
    token = Settings(_env_file=None).twilio_auth_token
    assert (token.get_secret_value() if token else None) == taken


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


def test_the_time_of_test_calls_has_no_zone() -> None:
    """It is Amsterdam's; another zone would be an hour that nobody meant."""
    assert Settings(_env_file=None, helpline_ring_lines_at="10:30").helpline_ring_lines_at
    with pytest.raises(ValidationError, match="without a zone"):
        Settings(_env_file=None, helpline_ring_lines_at="10:30Z")
