"""What the guard lets through, over real HTTP: forms, roles, methods, hosts, sizes; and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import httpx
import pytest

from helpline.bootstrap import Helpline
from helpline.console.fields import MOST_BYTES, MOST_FIELDS
from tests.console.visiting import NOTE, PASSWORD, Browser, console_of, heading, hidden, is_sign_in, notes

NewBrowser = Callable[[], Browser]
STATIC = "/console/static/console.css"


def test_a_form_of_ours_is_done(anna: Browser, console_helpline: Helpline) -> None:
    """By whoever is signed in, and it leads on to a page."""
    answer = anna.note("Zeeland gebeld")
    assert (answer.status_code, answer.headers["location"]) == (303, NOTE)
    assert notes(console_helpline) == ["Zeeland gebeld"]


@pytest.mark.parametrize("csrf", [None, "", "0" * 64, "é"])
def test_a_form_without_the_sessions_token_does_nothing(
    anna: Browser, console_helpline: Helpline, csrf: str | None
) -> None:
    """It is shown again, with what was typed, and says that nothing was done."""
    page = anna.send(NOTE, {"note": "Zeeland gebeld", **({} if csrf is None else {"csrf": csrf})})
    assert page.status_code == 403
    assert "Er is niets veranderd" in page.text
    assert "<textarea>Zeeland gebeld</textarea>" in page.text
    assert notes(console_helpline) == []


def test_a_token_is_good_for_its_own_session_only(
    anna: Browser, new_browser: NewBrowser, console_helpline: Helpline
) -> None:
    """Another operator's is of no use, nor is that of a session that is over; from the page shown again it is done."""
    other = new_browser()
    other.sign_in("rob")
    page = anna.send(NOTE, {"note": "Zeeland", "csrf": hidden(other.get(NOTE).text)["csrf"]})
    assert page.status_code == 403
    assert notes(console_helpline) == []
    assert anna.submit(page, {"note": "Zeeland"}).status_code == 303
    assert notes(console_helpline) == ["Zeeland"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": ""},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_does_nothing(anna: Browser, console_helpline: Helpline, headers: dict[str, str]) -> None:
    """Even with the right token; nor can another page sign somebody in."""
    csrf = hidden(anna.get(NOTE).text)["csrf"]
    refused = [
        anna.send(NOTE, {"note": "Zeeland", "csrf": csrf}, **headers),
        anna.send(NOTE, {"sign-in": "1", "name": "anna", "password": PASSWORD}, **headers),
    ]
    assert [page.status_code for page in refused] == [403, 403]
    assert {heading(page) for page in refused} == {"Dit kwam niet van onze eigen pagina"}
    assert notes(console_helpline) == []


def test_another_name_of_this_machine_gets_nothing(anna: Browser) -> None:
    """A stranger's name that points here (DNS rebinding) sees no page, not even the sign-in."""
    page = anna.get("/console", Host="evil.example")
    assert (page.status_code, heading(page)) == (403, "Dit kwam niet van onze eigen pagina")


def test_a_reader_sees_all_and_changes_nothing(browser: Browser, console_helpline: Helpline) -> None:
    """A form that a reader sends all the same is refused, in words; signing out is not."""
    browser.sign_in("rob")
    assert browser.get("/console/log").status_code == 200
    refused = browser.note("Zeeland gebeld")
    assert (refused.status_code, heading(refused)) == (403, "U mag kijken, niet veranderen")
    assert notes(console_helpline) == []
    assert browser.sign_out().status_code == 200


def test_a_link_from_another_site_finds_the_session(anna: Browser, new_browser: NewBrowser) -> None:
    """Without its cookie, which no other site's link brings along, a page of ours goes on by itself and has it then."""
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    page = new_browser().get("/console/log?before=3", **link)
    assert '<meta http-equiv="refresh" content="0">' in page.text
    assert 'href="/console/log?before=3"' in page.text
    assert heading(anna.get("/console/log", **link)) == "Logboek"
    assert anna.get("/console/log", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="cors").status_code == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_in_words(anna: Browser, method: str) -> None:
    """On pages that are there and on others."""
    for path in (NOTE, "/console/nothing", "/console/sign-out"):
        headers = {"Origin": anna.origin, "Sec-Fetch-Site": "same-origin"}
        page = anna.client.request(method, path, headers=headers)
        assert (page.status_code, page.headers["allow"]) == (405, "GET, HEAD, POST")
        assert heading(page) == "Dat kan deze pagina niet"


def test_a_page_without_a_form_takes_none(anna: Browser) -> None:
    """A form sent to it is refused in words."""
    page = anna.send("/console/log", {"csrf": hidden(anna.get(NOTE).text)["csrf"]})
    assert (page.status_code, heading(page)) == (405, "Dat kan deze pagina niet")


def test_head_is_get_without_the_page(anna: Browser) -> None:
    """The same status and headers."""
    head = anna.client.head("/console")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 1000
    assert anna.client.head("/console/nothing").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"note=" + b"x" * MOST_BYTES, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"note=x" for _ in range(MOST_FIELDS + 1)), "application/x-www-form-urlencoded", 413),
        (b'{"note":"x"}', "application/json", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"note=x", "", 415),
    ],
    ids=["bytes", "fields", "json", "multipart", "nothing"],
)
def test_what_is_too_large_or_no_form_is_refused(
    browser: Browser, console_helpline: Helpline, content: bytes, kind: str, status: int
) -> None:
    """In words, whoever sent it, before anything else is done with it."""
    headers = {"Origin": browser.origin, "Content-Type": kind}
    for _ in ("signed out", "signed in"):
        page = browser.client.post(NOTE, content=content, headers=headers)
        assert (page.status_code, heading(page)) == (status, "Dit formulier is niet aangekomen")
        browser.sign_in()
    assert notes(console_helpline) == []


def test_what_a_form_holds_is_text(anna: Browser, console_helpline: Helpline) -> None:
    """Lines end as ours do, and what is no UTF-8 or in no text is left out or replaced."""
    csrf = hidden(anna.get(NOTE).text)["csrf"]
    headers = {"Origin": anna.origin, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    content = f"csrf={csrf}&note=Zee%0D%0Aland%00+%FF+%C3%A9".encode()
    assert anna.client.post(NOTE, content=content, headers=headers).status_code == 303
    assert notes(console_helpline) == ["Zee\nland � é"]


def test_a_fault_of_ours_is_told_in_words(anna: Browser) -> None:
    """And in nobody else's: neither the fault's own words nor where it is."""
    page = anna.get("/console/broken")
    assert (page.status_code, heading(page)) == (500, "Dat ging mis")
    assert "+316" not in page.text
    assert "Traceback" not in page.text
    assert anna.get("/console").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/console/static/../guard.py",
        "/console/static/..%2fguard.py",
        "/console/static/%2e%2e%2fguard.py",
        "/console/static/....//guard.py",
        "/console/static/guard.py",
        "/console/static/%2fetc%2fpasswd",
        "/console/static/",
        "/console/static/none.css",
        "/console/static/__init__.py",
    ],
)
def test_nothing_but_styles_and_scripts_is_static(anna: Browser, path: str) -> None:
    """No way leads out of the folder, and nothing else in it is given out."""
    page = anna.get(path)
    assert page.status_code == 404
    assert "import" not in page.text


def test_static_files_are_kept_by_their_digest(browser: Browser) -> None:
    """At the address that a page has for it a browser keeps it for good; at any other it does not."""
    address = browser.get("/console").text.split('<link rel="stylesheet" href="')[2].partition('"')[0]
    assert address.startswith(f"{STATIC}?")
    assert browser.get(address).headers["cache-control"] == "private, max-age=31536000, immutable"
    assert browser.get(STATIC).headers["cache-control"] == "no-store"
    assert browser.get(f"{STATIC}?0").headers["cache-control"] == "no-store"
    assert browser.get(address).headers["content-type"].startswith("text/css")


ASKED = [
    ("GET", "/console"),
    ("HEAD", "/console"),
    ("GET", "/console/log"),
    ("GET", "/console/broken"),
    ("GET", "/console/nothing"),
    ("GET", "/console/"),
    ("GET", STATIC),
    ("GET", "/console/static/none"),
    ("GET", "/console?language=en"),
    ("POST", "/console"),
    ("DELETE", "/console"),
    ("POST", "/console/sign-out"),
]


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_every_answer_has_strict_headers(console_helpline: Helpline, method: str, path: str) -> None:
    """Errors and redirects too, signed in or not: nothing but ours runs, nothing is framed, kept or told to others."""
    origin = "https://helpline.example"
    with console_of(console_helpline, origin) as address, closing(httpx.Client(base_url=address)) as client:
        client.headers["Host"] = "helpline.example"
        before = client.request(method, path).headers
        Browser(client, origin).sign_in()
        after = client.request(method, path, headers={"Origin": origin}).headers
    for headers in (before, after):
        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] in ("same-origin", "no-referrer")
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert "server" not in headers


def test_only_https_is_asked_for_where_there_is_https(browser: Browser) -> None:
    """On this machine over http nothing is said of it."""
    assert "strict-transport-security" not in browser.get("/console").headers


def test_the_console_is_away_where_there_is_none(address: str) -> None:
    """A service without a console knows no such page."""
    assert [httpx.get(f"{address}{path}").status_code for path in ("/console", "/console/log", STATIC)] == [404] * 3


def test_a_language_and_colours_are_chosen_without_signing_in(browser: Browser) -> None:
    """By a link, for this browser, from then on; what is neither is not kept."""
    assert '<html lang="nl" data-theme="system">' in browser.get("/console").text
    assert '<html lang="en"' in browser.get("/console", Accept_Language="fr, en-GB;q=0.8, nl;q=0.7").text
    answer = browser.get("/console/log?before=3&language=en&theme=dark")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/log?before=3")
    assert '<html lang="en" data-theme="dark">' in browser.get("/console").text
    browser.get("/console?language=xx&theme=%22%3E")
    assert '<html lang="en" data-theme="dark">' in browser.get("/console").text


def test_a_notice_that_is_none_is_not_told(anna: Browser) -> None:
    """Whatever stands in the cookie: only words of ours are told, and nothing in them is markup."""
    for cookie in ("x", "W10=", "WyJhIl0=", "WyJub25lIiwge31d", "bnVsbA==", "WyJzaWduZWRfaW4iLCBbXV0="):
        anna.client.cookies.set("helpline-notice", cookie, domain="127.0.0.1", path="/")
        page = anna.get("/console")
        assert page.status_code == 200
        assert '<p class="notice' not in page.text


def test_signing_out(anna: Browser, new_browser: NewBrowser) -> None:
    """The session is over, in every browser that had its token, and the cookie is gone."""
    stolen = new_browser()
    stolen.client.cookies.set("helpline-session", anna.client.cookies["helpline-session"])
    assert stolen.get("/console").status_code == 200
    answer = anna.sign_out()
    assert (answer.status_code, heading(answer)) == (200, "U bent afgemeld")
    assert "anna" not in answer.text
    assert "helpline-session" not in anna.client.cookies
    assert is_sign_in(anna.get("/console"))
    assert is_sign_in(stolen.get("/console"))


def test_nobody_is_signed_out_by_a_link(anna: Browser) -> None:
    """Only by the button."""
    assert anna.get("/console/sign-out").headers["location"] == "/console"
    assert anna.send("/console/sign-out", {"csrf": "0"}).headers["location"] == "/console"
    assert anna.get("/console").status_code == 200
