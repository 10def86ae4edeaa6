"""Faults whose words hold all that is private of a request, in themselves, in their cause and in what they carry."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Sequence

from sqlalchemy.exc import DataError, IntegrityError, StatementError

STATEMENT = "INSERT INTO calls (organisation) VALUES (:organisation)"

Make = Callable[[str], BaseException]


def _noted(told: str) -> BaseException:
    fault = ValueError(told)
    fault.add_note(told)
    return fault


MAKE: Sequence[Make] = (
    RuntimeError,
    KeyError,
    _noted,
    lambda told: UnicodeDecodeError("utf-8", told.encode("utf-16"), 0, 2, told),
    lambda told: OSError(errno.EIO, told, told),
    lambda told: StatementError(told, STATEMENT, {"organisation": told}, TypeError(told)),
    lambda told: IntegrityError(STATEMENT, {"organisation": told}, sqlite3.IntegrityError(told)),
    lambda told: DataError(STATEMENT, [{"organisation": told}], sqlite3.DataError(told)),
    lambda told: ExceptionGroup(told, [LookupError(told), TypeError(told, told.encode())]),
    lambda told: AssertionError({told: [told]}),
)


def made(number: int, told: str) -> BaseException:
    """One fault after another; each was caused by another one."""
    fault = MAKE[number % len(MAKE)](told)
    fault.__cause__ = KeyError(told)
    return fault
