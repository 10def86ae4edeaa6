"""A visit: one request of one person at a browser, and the ways to answer it. Each page's function gets one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, Self

from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from helpline.bootstrap.office import Office
from helpline.console import notices, rendering, words
from helpline.console.attendance import Present
from helpline.console.cookies import Cookies
from helpline.console.fields import Fields, nothing
from helpline.console.line_to import LineTo
from helpline.console.notices import Notice
from helpline.console.words import Language
from helpline.directory import live
from helpline.directory.folder import FOUND_IN
from helpline.directory.hours import AMSTERDAM

Theme = Literal["system", "light", "dark"]

HOME = "/console"
PROBLEMS = {live.AWAY: "away", live.EMPTY: "empty"}  # any other is a change that was refused


@dataclass(frozen=True)
class Visit:
    """`params` are the parts of the address that vary, `fields` what a form sent, `csrf` what each form must hold.

    `who` is None only on the pages before sign-in. `away` says that the database cannot be reached: a page that can do
    without it is shown all the same.
    """

    office: Office
    cookies: Cookies
    path: str
    query: QueryParams
    params: Mapping[str, Any]
    language: Language
    theme: Theme
    entries: tuple[tuple[str, str], ...]  # of the navigation: its word, and where it leads
    fields: Fields = field(default_factory=nothing)
    who: Present | None = None
    csrf: str = ""
    notice: Notice | None = None
    away: bool = False
    line_to: LineTo | None = None  # to rehearse with; None where the console is not served with one

    @property
    def by(self) -> str:
        """Who does it, for the record."""
        assert self.who is not None
        return self.who.name

    @property
    def may_change(self) -> bool:
        """Whether whoever is here may change anything; readers may not."""
        return self.who is not None and self.who.role == "operator"

    @property
    def now(self) -> datetime:
        """The time, with its zone."""
        return self.office.helpline.clock()

    @property
    def here(self) -> str:
        """The address of this page, from the root on."""
        return rendering.address(self.path, self.query)

    @property
    def version(self) -> int | None:
        """The number of the version that calls go by; None where it is of the files, and has none."""
        directory = self.office.helpline.directory
        name = directory.current.version.partition("-")[0]
        return None if directory.found_in == FOUND_IN else int(name)

    @property
    def found_in(self) -> str:
        """Where that version was found: database, last_good_copy or files."""
        return self.office.helpline.directory.found_in.replace(" ", "_")

    @property
    def problem(self) -> str | None:
        """The word for what keeps changes from being taken up; None where nothing does."""
        found = self.office.helpline.directory.problem
        return "away" if self.away else (PROBLEMS.get(found, "refused") if found else None)

    def is_at(self, path: str) -> bool:
        """Whether this page is the one there, or one below it."""
        return self.path == path or (path != HOME and self.path.startswith(f"{path}/"))

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page from its template, which has `visit`, the words as `w`, and these values."""
        html = rendering.rendered(template, visit=self, w=words.words(self.language), **values)
        return HTMLResponse(html, 503 if self.away and status == 200 else status)

    def message(self, name: str, status: int) -> Response:
        """A page of a few words: what went wrong, and what to do."""
        return self.page("message.html", status=status, name=name)

    def moved(self, path: str, done: str = "", **values: object) -> Response:
        """On to another page of ours, which says first what was `done`: a word of [done], its names filled in."""
        assert path.startswith(HOME), path
        response = RedirectResponse(path, 303)
        if done:
            self.cookies.set(response, "notice", notices.written(done, values))
        return response

    def telling(self, undone: str, **values: object) -> Self:
        """The same visit, with these words above the page: a word of [undone]."""
        return replace(self, notice=notices.undone(undone, values, self.language))

    def when(self, moment: datetime) -> Markup:
        """A moment in words."""
        return words.told_at(moment, self.now, self.language)

    def day(self, day: date) -> str:
        """A day in words."""
        return words.told_day(day, self.now.astimezone(AMSTERDAM).date(), self.language)

    def chosen(self, **choice: str) -> str:
        """The address of this page in another language or theme."""
        return rendering.address(self.path, QueryParams({**self.query, **choice}))
