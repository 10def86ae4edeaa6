"""The second factor: a code of six digits that an operator's telephone shows, another every half minute (RFC 6238)."""

from __future__ import annotations

from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError

CLOCKS_APART = 1  # steps of half a minute by which the telephone's clock may be off


def new_secret() -> str:
    """What the telephone and we shall share."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What a telephone's app takes, as a link or as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Helpline")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; None where it is none of about now."""
    plain = "".join(code.split())
    if not (plain.isascii() and plain.isdigit()):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(plain, for_time=now, valid_window=CLOCKS_APART)
    except OTPVerificationError:
        return None
