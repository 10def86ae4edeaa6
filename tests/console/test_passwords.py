"""Passwords of operators, and the code of their second factor."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp

from helpline.console import passwords, second_factor
from tests.conftest import TODAY


def test_a_password_is_kept_so_that_nobody_gets_it_back() -> None:
    """By argon2id, another way each time; and it fits itself only."""
    kept = passwords.hashed("correct horse battery")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != passwords.hashed("correct horse battery")
    assert passwords.fits("correct horse battery", kept)
    assert not passwords.fits("correct horse batter", kept)
    assert not passwords.fits("anything", "no hash")


def test_a_letter_is_the_same_however_it_is_composed() -> None:
    """One keyboard sends é as one sign, another as e and its accent."""
    assert passwords.fits("geheim cafe\u0301 12", passwords.hashed("geheim café 12"))


def test_a_generated_password_can_be_read_aloud() -> None:
    """Four times four signs, none of which is read as another, never the same."""
    made = {passwords.generated() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}", each) for each in made)


def test_the_code_of_now_or_half_a_minute_off() -> None:
    """A telephone's clock may be a little wrong; what is no code is none."""
    secret = second_factor.new_secret()
    totp, now = pyotp.TOTP(secret), TODAY
    steps = [
        second_factor.step_of(secret, totp.at(now + timedelta(seconds=30 * off)), now) for off in (-2, -1, 0, 1, 2)
    ]
    middle = totp.timecode(now)
    assert steps == [None, middle - 1, middle, middle + 1, None]
    assert second_factor.step_of(secret, f"{totp.at(now)[:3]} {totp.at(now)[3:]}", now) == middle
    assert [second_factor.step_of(secret, code, now) for code in ("", "abcdef", "１２３４５６", "1" * 1000)] == [
        None
    ] * 4


def test_what_the_telephones_app_takes() -> None:
    """Whose code it is, and the secret."""
    parts = urlsplit(second_factor.address("JBSWY3DPEHPK3PXPJBSWY3DP", "anna de wit"))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Helpline:anna%20de%20wit")
    assert parse_qs(parts.query)["secret"] == ["JBSWY3DPEHPK3PXPJBSWY3DP"]
