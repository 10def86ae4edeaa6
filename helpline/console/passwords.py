"""Passwords of operators: kept as argon2id makes them, from which nobody gets them back."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_SIGNS = 12
MOST_SIGNS = 200  # more would only make the machine work

# The least that OWASP's Password Storage Cheat Sheet advises: 19 MiB, twice, on one core, since calls need the others.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def hashed(password: str) -> str:
    """What is kept of it; another each time."""
    return _HASHER.hash(_alike(password))


def fits(password: str, kept: str) -> bool:
    """True where `kept` was made of it; either way it takes equally long."""
    try:
        return _HASHER.verify(kept, _alike(password)[:MOST_SIGNS])
    except (VerificationError, InvalidHashError):
        return False


def generated() -> str:
    """A new one that can be read aloud and typed: 16 signs, some 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def _alike(password: str) -> str:
    """Keyboards compose é in two ways."""
    return unicodedata.normalize("NFKC", password)
