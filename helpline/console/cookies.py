"""The console's cookies: no script reads them, no other site's page sends them, and over https no other host sets them.

Names that begin with `__Host-` are refused by browsers unless they are Secure, of this host alone and for all of it
(RFC 6265bis, 4.1.3.2). Over plain http, which only this very machine may use, there can be none of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

Kind = Literal["session", "browser", "language", "theme", "notice"]

A_YEAR = 365 * 24 * 3600
# None: until the browser is closed; the server has its own limit. A notice is for the very next page.
SECONDS: dict[Kind, int | None] = {
    "session": None,
    "browser": A_YEAR,
    "language": A_YEAR,
    "theme": A_YEAR,
    "notice": 60,
}


@dataclass(frozen=True)
class Cookies:
    """The cookies of a request; `secure` where the browser has the page over https."""

    request: Request
    secure: bool

    def read(self, kind: Kind) -> str:
        """What the browser sent; empty where it sent none."""
        return self.request.cookies.get(self._name(kind), "")

    def set(self, response: Response, kind: Kind, value: str) -> None:
        """The browser is to keep this."""
        self._set(response, kind, value, SECONDS[kind])

    def delete(self, response: Response, kind: Kind) -> None:
        """The browser is to keep it no more."""
        self._set(response, kind, "", 0)

    def _set(self, response: Response, kind: Kind, value: str, seconds: int | None) -> None:
        response.set_cookie(
            self._name(kind), value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="strict"
        )

    def _name(self, kind: Kind) -> str:
        return f"{'__Host-' if self.secure else ''}helpline-{kind}"
