"""Signing in: a name, a password and, where there is one, a code; held off the longer the more often it failed.

1. A name that nobody has, a wrong password and a wrong code are answered alike, in words and in time: passwords are
   held against something either way, as much is written, and a failure is told at the end of a whole beat
   (`BEAT_SECONDS`).
2. Tries are counted by name and by address; a browser in which the operator signed in before is counted by itself
   (OWASP, Slow Down Online Guessing Attacks with Device Cookies). So whoever tries a name over and over does not keep
   out the one it belongs to.
3. Neither names, as they were typed, nor addresses are kept: only keyed hashes. A password is typed as a name, too.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from helpline.console import passwords, second_factor
from helpline.console.attendance import Attendance
from helpline.storage.failures import Counter, Failures
from helpline.storage.operators import Operator, Operators
from helpline.storage.versions import Versions

BEAT_SECONDS = 0.5  # a password takes some 40 milliseconds, what is written with it as many
LONGEST_BY_NAME = timedelta(minutes=5)
LONGEST_BY_ADDRESS = timedelta(minutes=15)
LONGEST_BY_BROWSER = timedelta(minutes=15)


@dataclass(frozen=True)
class Attempt:
    """What was typed, from which address, and the token of the browser, empty where it has none."""

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str
    browser: str


@dataclass(frozen=True)
class SignedIn:
    """Signed in: the session's token, and one by which the browser is known next time."""

    name: str
    token: str
    browser: str


@dataclass(frozen=True)
class Refused:
    """Not signed in; `wait` is how long the next try must wait, nothing where this one was looked at."""

    wait: timedelta = timedelta()


class SigningIn:
    """Everything here raises DatabaseAway where the database is away."""

    def __init__(
        self,
        operators: Operators,
        failures: Failures,
        attendance: Attendance,
        versions: Versions,
        clock: Callable[[], datetime],
        key: bytes,
    ) -> None:
        self._operators = operators
        self._failures = failures
        self._attendance = attendance
        self._versions = versions
        self._clock = clock
        self._key = key
        self._nobodys = passwords.hashed(secrets.token_urlsafe())

    def sign_in(self, attempt: Attempt) -> SignedIn | Refused:
        """Signs in, or not."""
        name = plain_name(attempt.name)
        counters = self._counters(name, attempt)
        if wait := self._failures.try_at(self._clock(), counters):
            return Refused(wait)
        operator = self._operators.get(name)
        fits = passwords.fits(attempt.password, operator.password if operator else self._nobodys)
        if operator is None:
            self._failures.write_again(counters)
            return Refused()
        if not (fits and self._has_code(operator, attempt.code)):
            self._note_failure(operator)
            return Refused()
        self._failures.forgive(counters)
        how = "With a second factor" if operator.second_factor else "By password alone"
        return SignedIn(name, self._attendance.begin(name, how), self._new_browser(name))

    def _has_code(self, operator: Operator, code: str) -> bool:
        if operator.second_factor is None:
            return True
        step = second_factor.step_of(operator.second_factor, code, self._clock())
        return step is not None and self._operators.take_code(operator.name, step)

    def _note_failure(self, operator: Operator) -> None:
        told = {"author": "helpline", "action": "refuse sign-in", "subject": f"operator {operator.name}"}
        self._versions.note(at=self._clock(), **told, reason="Wrong password or code")

    def _counters(self, name: str, attempt: Attempt) -> list[Counter]:
        if self._is_known(name, attempt.browser):
            return [Counter(self._hash("browser", attempt.browser), LONGEST_BY_BROWSER)]
        return [
            Counter(self._hash("name", name), LONGEST_BY_NAME),
            Counter(self._hash("address", attempt.address), LONGEST_BY_ADDRESS),
        ]

    def _new_browser(self, name: str) -> str:
        sign = secrets.token_urlsafe(16)
        return f"{sign}.{self._hash('browser of', f'{sign} {name}')}"

    def _is_known(self, name: str, browser: str) -> bool:
        sign, _, vouched = browser.partition(".")
        return hmac.compare_digest(vouched.encode(), self._hash("browser of", f"{sign} {name}").encode())

    def _hash(self, kind: str, what: str) -> str:
        return hmac.new(self._key, f"{kind} {what}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def plain_name(typed: str) -> str:
    """A name as it is kept: telephones begin it with a capital and end it with a blank."""
    return " ".join(typed.split()).casefold()
