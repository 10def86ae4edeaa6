"""A running service with a console, and a browser's requests to it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

import httpx
from markupsafe import escape
from starlette.responses import HTMLResponse, Response

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.bootstrap.office import office as office_of
from helpline.console import passwords
from helpline.console.console import PAGES, Console
from helpline.console.page import Page
from helpline.console.visit import Visit
from helpline.storage.operators import Operator, Role
from helpline.web.phone_inside import phone_inside
from helpline.web.rehearsing import rehearsal_line
from helpline.web.serving import serving

PASSWORD = "correct horse battery"
KEPT = passwords.hashed(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOTE = "/console/note"

Form = Mapping[str, str]


def show_note(visit: Visit) -> Response:
    """A page with a form, such as pages have."""
    fields = "".join(f"<textarea>{escape(value)}</textarea>" for value in visit.fields.getlist("note"))
    told = visit.notice.text if visit.notice else ""
    csrf = f'<input type="hidden" name="csrf" value="{visit.csrf}">'
    return HTMLResponse(f'<p>{told}</p><form method="post" action="{visit.here}">{csrf}{fields}</form>')


def do_note(visit: Visit) -> Response:
    """What its form does: it writes into the record."""
    told = {"author": visit.by, "action": "note", "subject": "note"}
    visit.office.versions.note(at=visit.now, **told, reason=visit.fields.get("note", ""))
    return visit.moved(NOTE)


def break_down(_visit: Visit) -> Response:
    """A fault of ours, in words that nobody must see."""
    raise RuntimeError("+31612345601")


PAGES_OF_TESTS = (*PAGES, Page(NOTE, show_note, does=do_note), Page("/console/broken", break_down))


@contextmanager
def console_of(helpline: Helpline, origin: str = "", pages: Sequence[Page] = PAGES_OF_TESTS) -> Iterator[str]:
    """The running service: its address. At an `origin` other than that, as behind a proxy, browsers have it there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        line_to, office = rehearsal_line(helpline.settings, unread_languages=True), office_of(helpline)
        console = Console(office, [origin or address], pages, line_to=line_to)
        with serving(helpline, listener, phone_inside(office, console, line_to), console):
            yield address


def let_in(helpline: Helpline, name: str, role: Role = "operator", secret: str | None = None) -> None:
    """One more operator, with PASSWORD."""
    operators = bootstrap.operators(helpline.settings)
    operators.add(Operator(name, role, KEPT, secret), at=helpline.clock(), by="root")


@dataclass(frozen=True)
class Browser:
    """A browser at the console: it keeps cookies, follows nothing by itself, and says where a form was."""

    client: httpx.Client
    origin: str

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A page, as typed or by a link of ours."""
        return self.client.get(path, headers=_named(headers))

    def send(self, path: str, form: Form, **headers: str) -> httpx.Response:
        """A form of our own pages, with these fields and nothing else."""
        own = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, data=dict(form), headers={**own, **_named(headers)})

    def sign_in(
        self, name: str = "anna", password: str = PASSWORD, code: str = "", path: str = "/console", **headers: str
    ) -> httpx.Response:
        """The form of the sign-in page."""
        form = {"sign-in": "1", "name": name, "password": password, "code": code}
        return self.send(path, form, **headers)

    def submit(self, page: httpx.Response, form: Form) -> httpx.Response:
        """The last form of a page, filled in and sent, with all that is hidden in it."""
        action, html = re.findall(r'<form method="post" action="([^"]*)"[^>]*>(.*?)</form>', page.text, re.DOTALL)[-1]
        return self.send(unescape(action), {**hidden(html), **form})

    def note(self, text: str) -> httpx.Response:
        """The form of the page with the note."""
        return self.submit(self.get(NOTE), {"note": text})

    def sign_out(self) -> httpx.Response:
        """The button in the drawer."""
        return self.send("/console/sign-out", {"csrf": hidden(self.get(NOTE).text)["csrf"]})


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a form."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html)
    return {unescape(name): unescape(value) for name, value in fields}


def notes(helpline: Helpline) -> list[str]:
    """What was written by the page with the note."""
    return [each.reason for each in bootstrap.versions_of(helpline.settings).log() if each.action == "note"]


def heading(page: httpx.Response) -> str:
    """What a page is called."""
    [found] = re.findall(r"<h1>(.*?)</h1>", page.text)
    return str(found)


def is_sign_in(page: httpx.Response) -> bool:
    """Whether it is the sign-in page, and nothing of ours is on it."""
    return page.status_code == 403 and heading(page) == "Aanmelden" and "Versie" not in page.text


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
