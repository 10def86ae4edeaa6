"""Pages for people at a browser: only our own pages may ask, and a page may load only what is ours.

1. A request must name a host of ours: a stranger's name that points at this machine (DNS rebinding) gets nothing.
2. Whatever changes something must come from a page of ours; browsers say so in Origin and Sec-Fetch-Site.
3. A page runs no script and loads no style, font or picture but ours, and nobody keeps it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
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
MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}
READS = {"GET", "HEAD"}

TEMPLATES = Environment(loader=PackageLoader("helpline.web", "pages"), autoescape=True, undefined=StrictUndefined)


class OwnPages:
    """Guards pages that live at these origins, such as "http://127.0.0.1:8000"."""

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = frozenset(origins)
        self._hosts = frozenset(origin.partition("://")[2] for origin in self._origins)

    def only(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint for our own pages only, its answer with the headers of every page."""

        async def guarded(request: Request) -> Response:
            response = Response(status_code=403) if self._is_strange(request) else await endpoint(request)
            response.headers.update(HEADERS)
            return response

        return guarded

    def _is_strange(self, request: Request) -> bool:
        if request.headers.get("host", "").lower() not in self._hosts:
            return True
        site = request.headers.get("sec-fetch-site", "same-origin")  # older browsers do not say
        if request.method in READS:
            followed_a_link = request.headers.get("sec-fetch-mode") == "navigate"
            return site not in ("same-origin", "none") and not followed_a_link
        return site != "same-origin" or request.headers.get("origin") not in self._origins


def static(name: str) -> Response:
    """A file of `static`; 404 where there is none of that name."""
    folder = resources.files("helpline.web") / "static"
    found = {file.name: file for file in folder.iterdir()}.get(name)
    if found is None:
        return Response(status_code=404)
    return Response(found.read_bytes(), media_type=MEDIA_TYPES[name.rpartition(".")[2]])
