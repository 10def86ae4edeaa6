"""Pages for people at a browser: only our own pages may ask, and a page may load only what is ours.

1. A request must name a host of ours: a stranger's name that points at this machine (DNS rebinding) gets nothing.
2. Whatever changes something must come from a page of ours; browsers say so in Origin and Sec-Fetch-Site.
3. A page runs no script and loads no style, font or picture but ours, and nobody keeps it.
4. Who was here over https never asks without it again (RFC 6797).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

Endpoint = Callable[[Request], Awaitable[Response]]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}  # a year; not for other hosts below ours
READS = {"GET", "HEAD"}

_USUAL_PORTS = {"https": 443, "http": 80}


class OwnPages:
    """Guards pages that live at these origins, such as "http://127.0.0.1:8000"."""

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = {host: f"{scheme}://{host}" for scheme, host in map(_as_browsers_say_it, origins)}

    def only(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint for our own pages only, its answer with the headers of every page."""

        async def guarded(request: Request) -> Response:
            response = Response(status_code=403) if self.is_strange(request) else await endpoint(request)
            self.dress(request, response)
            return response

        return guarded

    def dress(self, request: Request, response: Response) -> None:
        """Puts the headers of every page on an answer, where it does not have its own."""
        for name, value in (HEADERS | (ONLY_HTTPS if self.is_https(request) else {})).items():
            response.headers.setdefault(name, value)

    def is_https(self, request: Request) -> bool:
        """True where the browser has the page over https, whatever lies between."""
        return (self._origin_of(request) or "").startswith("https:")

    def is_strange(self, request: Request) -> bool:
        """True where the request is for another host than ours, or comes of a page that is not ours."""
        own = self._origin_of(request)
        if own is None:
            return True
        site = request.headers.get("sec-fetch-site", "same-origin")  # older browsers do not say
        if request.method in READS:
            followed_a_link = request.headers.get("sec-fetch-mode") == "navigate"
            return site not in ("same-origin", "none") and not followed_a_link
        return site != "same-origin" or request.headers.get("origin") != own

    def _origin_of(self, request: Request) -> str | None:
        return self._origins.get(request.headers.get("host", "").lower())


def _as_browsers_say_it(address: str) -> tuple[str, str]:
    """Scheme and host of an address; the port only where it is not the scheme's usual one."""
    parts = urlsplit(address.lower())
    port = f":{parts.port}" if parts.port and parts.port != _USUAL_PORTS.get(parts.scheme) else ""
    host = parts.hostname or ""
    return parts.scheme, (f"[{host}]" if ":" in host else host) + port
