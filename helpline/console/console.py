"""The console's routes, and the list of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from helpline.bootstrap.office import Office
from helpline.console import (
    announce,
    divert,
    draft,
    draft_fields,
    draft_file,
    draft_rebase,
    draft_rehearsal,
    drafts,
    finding,
    now,
    organisation,
    organisations,
    phone,
    publish,
    record,
    reports,
    version,
)
from helpline.console.attendance import Attendance
from helpline.console.conversation import Conversation
from helpline.console.cookies import Cookies
from helpline.console.guard import Guard
from helpline.console.line_to import LineTo
from helpline.console.page import Page
from helpline.console.rendering import PACKAGE, STATIC
from helpline.console.streams import Streams
from helpline.console.visit import HOME, Visit
from helpline.console.words import LANGUAGES, words
from helpline.errors import DatabaseAway
from helpline.pages.own_pages import Endpoint, OwnPages
from helpline.pages.static import static

CONVERSATION = Conversation()
# A page is a function, a template in `pages` and a line here.
PAGES = (
    Page(HOME, now.shown, entry="now"),
    Page("/console/organisations", organisations.shown, entry="organisations"),
    Page("/console/organisations/{slug}", organisation.shown),
    Page("/console/divert", divert.shown, does=divert.done, entry="divert"),
    Page("/console/announce", announce.shown, does=announce.done),
    Page("/console/find", finding.shown, does=finding.shown, entry="find", readers_do=True),
    Page("/console/reports", reports.shown, entry="reports"),
    Page("/console/reports/calls.csv", reports.written),
    Page("/console/log", record.shown, entry="log"),
    Page("/console/conversation", CONVERSATION.shown, does=CONVERSATION.walked, entry="conversation", readers_do=True),
    Page("/console/conversation/picture.svg", CONVERSATION.picture),
    Page("/console/phone", phone.shown),
    Page("/console/versions/{number}", version.shown, does=version.rolled_back),
    Page("/console/drafts", drafts.shown, does=drafts.begun, entry="drafts"),
    Page("/console/drafts/edit/{slug}", drafts.edit_shown, does=drafts.edit_begun),
    Page("/console/drafts/{name}", draft.shown, does=draft.thrown_away),
    Page("/console/drafts/{name}/publish", publish.shown, does=publish.done),
    Page("/console/drafts/{name}/rehearse", draft_rehearsal.shown),
    Page("/console/drafts/{name}/rebase", draft_rebase.shown, does=draft_rebase.done),
    Page("/console/drafts/{name}/{slug}/fields", draft_fields.shown, does=draft_fields.saved),
    Page("/console/drafts/{name}/{slug}", draft_file.shown, does=draft_file.saved),
)


@dataclass(frozen=True)
class Guarded:
    """A page behind the guard, as an ASGI application: so that no method of HTTP is answered by anybody else."""

    guard: Guard
    page: Page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        response = await self.guard.answer(Request(scope, receive), self.page)
        await response(scope, receive, send)


class Console:
    """The console of an office, at these origins, such as "https://helpline.example.nl".

    `line_to` makes what a draft is rehearsed with.
    """

    def __init__(
        self,
        office: Office,
        origins: Iterable[str],
        pages: Sequence[Page] = PAGES,
        *,
        line_to: LineTo | None = None,
    ) -> None:
        settings, own = office.helpline.settings, OwnPages(origins)
        self._office, self._own = office, own
        self._attendance = Attendance(
            office.sessions,
            office.helpline.clock,
            idle=timedelta(minutes=settings.helpline_console_idle_minutes),
            longest=timedelta(hours=settings.helpline_console_session_hours),
        )
        self._streams = Streams(office, self._attendance)
        order = list(words(LANGUAGES[0])["nav"])
        entries = sorted(
            ((page.entry, page.path) for page in pages if page.entry), key=lambda each: order.index(each[0])
        )
        guard = Guard(office, own, self._attendance, tuple(entries), line_to)
        guarded = (
            *pages,
            Page("/console/events", self._streams.shown),
            Page("/console/sign-out", _home, does=self._sign_out, readers_do=True),
            Page("/console/{nowhere:path}", _nowhere),
        )
        self.routes = [
            Route(f"{STATIC}/{{name}}", own.only(_static)),
            *(Route(page.path, Guarded(guard, page)) for page in guarded),
        ]

    def only_signed_in(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint for pages of ours, where somebody is signed in; whoever is not is led to where one signs in."""

        async def guarded(request: Request) -> Response:
            token = Cookies(request, self._own.is_https(request)).read("session")
            try:
                is_in = await anyio.to_thread.run_sync(self._attendance.who, token) is not None
            except DatabaseAway:
                is_in = False
            if is_in:
                return await endpoint(request)
            is_page = request.headers.get("sec-fetch-mode", "navigate") == "navigate" and request.method == "GET"
            return RedirectResponse(f"{HOME}/phone", 303) if is_page else Response(status_code=403)

        return self._own.only(guarded)

    def picture(self) -> str:
        """The conversation as SVG, by what is live."""
        return CONVERSATION.drawing(self._office.helpline.directory.current)

    def close(self) -> None:
        """Ends what is open for as long as somebody watches: the service stops."""
        self._streams.close()

    def _sign_out(self, visit: Visit) -> Response:
        is_told = self._attendance.end(visit.cookies.read("session"))
        out = replace(visit, who=None)
        response = out.message("signed_out", 200) if is_told else out.message("signed_out_here", 503)
        visit.cookies.delete(response, "session")
        return response


async def _static(request: Request) -> Response:
    return static(PACKAGE, request.path_params["name"], request.url.query)


def _home(visit: Visit) -> Response:
    return visit.moved(HOME)


def _nowhere(visit: Visit) -> Response:
    return visit.message("nowhere", 404)
