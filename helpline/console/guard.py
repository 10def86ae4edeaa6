"""The guard: each request for the console comes past here before a page sees it, and each answer goes out by here.

1. Nothing is shown and nothing is done but for somebody who is signed in.
2. Whatever is done comes from a form of ours: by its origin, and by a token of the session that the form holds.
3. Only an operator changes anything; a reader sees all.
4. What somebody typed is not lost by any of this: the page is shown again with it, after the sign-in if need be. Until
   then it is in the sign-in page alone, neither stored nor logged.
5. Pages run in threads of their own, a few at a time, so that a slow database holds up no call.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace

import anyio
import structlog
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from helpline.bootstrap.office import Office
from helpline.console import notices
from helpline.console.address import address_of
from helpline.console.attendance import Attendance
from helpline.console.cookies import Cookies, Kind
from helpline.console.entrance import CSRF, SIGN_IN, Entrance, carried_by, typed_in
from helpline.console.fields import Unread, fields_of
from helpline.console.line_to import LineTo
from helpline.console.page import Page
from helpline.console.rendering import address
from helpline.console.signing_in import SignedIn
from helpline.console.visit import Theme, Visit
from helpline.console.words import LANGUAGES, language_of
from helpline.errors import DatabaseAway
from helpline.log import without_words
from helpline.pages.own_pages import READS, OwnPages

THREADS = 8  # the service has forty for the calls and all else
METHODS = "GET, HEAD, POST"
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
BY_ITSELF = "by-itself"  # in the query of what a page asks for without anybody having pressed anything
CHOICES: dict[Kind, Sequence[str]] = {"language": LANGUAGES, "theme": THEMES}

log = structlog.get_logger()


class Guard:
    """Guards the pages of an office, at addresses that are our `own`; `entries` are those of the navigation.

    `line_to` is what pages rehearse with.
    """

    def __init__(
        self,
        office: Office,
        own: OwnPages,
        attendance: Attendance,
        entries: tuple[tuple[str, str], ...],
        line_to: LineTo | None,
    ) -> None:
        self._office = office
        self._own = own
        self._attendance = attendance
        self._entries = entries
        self._line_to = line_to
        self._entrance = Entrance(office, attendance)
        self._threads = anyio.CapacityLimiter(THREADS)

    async def answer(self, request: Request, page: Page) -> Response:
        """What a request for this page is answered with, whatever happens."""
        visit = self._visit(request)
        try:
            response = await self._answered(request, visit, page)
        except ClientDisconnect:
            response = Response(status_code=400)  # which nobody is there to read
        except Exception as fault:
            log.error("console_fault", **without_words(fault))
            response = visit.message("fault", 500)
        # Not `no-referrer`: with that a browser does not say of which page a form is, not even to ourselves.
        response.headers["Referrer-Policy"] = "same-origin"
        self._own.dress(request, response)
        return response

    async def _answered(self, request: Request, visit: Visit, page: Page) -> Response:
        if self._own.is_strange(request):
            return visit.message("strange", 403)
        if request.method in READS and visit.query.keys() & CHOICES.keys():
            return _choose(visit)
        if request.method == "POST":
            try:
                visit = replace(visit, fields=await fields_of(request))
            except Unread as unread:
                return visit.message("unread", unread.status)
        elif request.method not in READS:
            return _not_so(visit)
        response = await anyio.to_thread.run_sync(self._served, request, visit, page, limiter=self._threads)
        return response or await self._sign_in(request, visit, page)

    def _served(self, request: Request, visit: Visit, page: Page) -> Response | None:
        """The answer; None for a form of the sign-in page that is still to be looked at."""
        try:
            found = self._inside(visit, visit.cookies.read("session"))
        except DatabaseAway:
            return self._entrance.shown(visit, why="away", status=503)
        if found is not None:
            return _within(found, page, is_form=request.method == "POST")
        if SIGN_IN in visit.fields:
            return None
        # A cookie of ours does not come along from another site's link, but from this page of ours it does.
        comes_from_elsewhere = request.headers.get("sec-fetch-site") == "cross-site"
        return visit.page("onward.html") if comes_from_elsewhere else self._entrance.shown(visit)

    async def _sign_in(self, request: Request, visit: Visit, page: Page) -> Response:
        proxies = self._office.helpline.settings.helpline_trusted_proxies
        outcome = await self._entrance.tried(visit, address_of(request, proxies))
        if isinstance(outcome, Response):
            return outcome
        return await anyio.to_thread.run_sync(self._let_in, visit, page, outcome, limiter=self._threads)

    def _let_in(self, visit: Visit, page: Page, signed_in: SignedIn) -> Response:
        found = self._inside(visit, signed_in.token)
        assert found is not None
        is_again = bool(carried_by(visit.fields))
        response = _within(found, page, is_form=True) if is_again else found.moved(found.here, done="signed_in")
        found.cookies.set(response, "session", signed_in.token)
        found.cookies.set(response, "browser", signed_in.browser)
        return response

    def _inside(self, visit: Visit, token: str) -> Visit | None:
        """The visit of whoever has this token; None where nobody does. Raises DatabaseAway."""
        who = self._attendance.who(token, by_itself=BY_ITSELF in visit.query)
        return replace(visit, who=who, csrf=_csrf(token), away=who.away) if who else None

    def _visit(self, request: Request) -> Visit:
        cookies = Cookies(request, self._own.is_https(request))
        language = language_of(cookies.read("language"), request.headers.get("accept-language", ""))
        theme = next((theme for theme in THEMES if theme == cookies.read("theme")), THEMES[0])
        return Visit(
            self._office,
            cookies,
            request.scope["path"],
            request.query_params,
            request.path_params,
            language,
            theme,
            self._entries,
            notice=notices.read(cookies.read("notice"), language) if request.method in READS else None,
            line_to=self._line_to,
        )


def _within(visit: Visit, page: Page, *, is_form: bool) -> Response:
    """The answer to somebody who is signed in."""
    try:
        if is_form:
            return _done(visit, page)
        response = page.shows(visit)
    except DatabaseAway:
        return replace(visit, away=True).message("away", 503)
    if visit.notice:
        visit.cookies.delete(response, "notice")
    return response


def _done(visit: Visit, page: Page) -> Response:
    if SIGN_IN in visit.fields:  # after the sign-in: the page, with what was typed on it before
        typed = carried_by(visit.fields)
        return page.shows(replace(visit, fields=typed).telling("again")) if typed else visit.moved(visit.here)
    is_ours = hmac.compare_digest(visit.fields.get(CSRF, "").encode(), visit.csrf.encode())
    visit = replace(visit, fields=typed_in(visit.fields))
    if not is_ours:
        response = page.shows(visit.telling("stale"))
        response.status_code = 403 if response.status_code == 200 else response.status_code
        return response
    if not (visit.may_change or page.readers_do):
        return visit.message("reader", 403)
    return page.does(visit) if page.does else _not_so(visit)


def _not_so(visit: Visit) -> Response:
    response = visit.message("method", 405)
    response.headers["Allow"] = METHODS
    return response


def _choose(visit: Visit) -> Response:
    """The same page again, in another language or theme."""
    rest = [(name, value) for name, value in visit.query.multi_items() if name not in CHOICES]
    response = RedirectResponse(address(visit.path, QueryParams(rest)), 303)
    for kind, choices in CHOICES.items():
        if (value := visit.query.get(kind, "")) in choices:
            visit.cookies.set(response, kind, value)
    return response


def _csrf(token: str) -> str:
    """What a form of this session holds, and no other."""
    return hmac.new(token.encode(), b"csrf", "sha256").hexdigest()
