"""Signing in over real HTTP: what is asked, what is told, how long it takes, and what the browser is given."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pyotp
import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.console.signing_in import BEAT_SECONDS
from tests.clock import Clock
from tests.console.visiting import PASSWORD, SECRET, Browser, console_of, is_sign_in

WRONG = "Deze naam, dit wachtwoord of deze code klopt niet."
NewBrowser = Callable[[], Browser]


@pytest.mark.parametrize("path", ["/console", "/console/log", "/console/nothing", "/console/", "/console/log?before=2"])
def test_without_signing_in_there_is_the_sign_in_page(browser: Browser, path: str) -> None:
    """Whatever was asked for, and whether there is such a page or not; its form leads back to where it stands."""
    page = browser.get(path)
    assert is_sign_in(page)
    assert f'action="{path}"' in page.text


def test_signed_in_one_is_where_one_wanted_to_be(browser: Browser) -> None:
    """The address that was asked for, with its query; and it says so, once."""
    answer = browser.sign_in(path="/console/log?before=3")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/log?before=3")
    assert "U bent aangemeld." in browser.get("/console/log?before=3").text
    assert "U bent aangemeld." not in browser.get("/console").text


@pytest.mark.parametrize(
    "path",
    [
        "/console?next=https://evil.example/",
        "/console//evil.example",
        "/console/%2F%2Fevil.example",
        "/console/..%2f..%2f%5cevil.example",
    ],
)
def test_there_is_no_way_to_elsewhere(browser: Browser, path: str) -> None:
    """No field and no part of the address says where a sign-in leads to: it is always where it stands."""
    form = {"sign-in": "1", "name": "anna", "password": PASSWORD, "next": "https://evil.example/"}
    answers = [browser.send(path, form) for _ in ("signs in", "is signed in")]
    assert [(answer.status_code, len(answer.headers.get_list("location"))) for answer in answers] == [(303, 1)] * 2
    leads = {urljoin(browser.origin, answer.headers["location"]) for answer in answers}
    assert all(lead.startswith(f"{browser.origin}/") for lead in leads)


@pytest.mark.parametrize("name", ["anna", " Anna ", "ANNA"])
def test_names_are_taken_as_telephones_write_them(browser: Browser, name: str) -> None:
    """With a capital, with a blank."""
    assert browser.sign_in(name).status_code == 303


@pytest.mark.parametrize("password", ["", "wrong horse battery", PASSWORD + " ", PASSWORD.upper(), "x" * 100_000])
def test_any_other_password_is_refused(browser: Browser, password: str) -> None:
    """In words, on the sign-in page, with the name left in and the password not."""
    page = browser.sign_in(password=password)
    assert is_sign_in(page)
    assert WRONG in page.text
    assert 'name="name" type="text" value="anna"' in page.text
    assert not password or password not in page.text
    assert is_sign_in(browser.get("/console"))


def test_nobody_learns_which_names_there_are(new_browser: NewBrowser) -> None:
    """An unknown name and a wrong password are answered with the same words, after the same time, and slowed alike."""

    def tried(name: str) -> tuple[int, str, float]:
        began = time.monotonic()
        page = new_browser().sign_in(name, "wrong horse battery")
        return page.status_code, page.text.replace(f'value="{name}"', ""), time.monotonic() - began

    known, unknown = tried("anna"), tried("nobody")
    assert known[:2] == unknown[:2]
    assert min(known[2], unknown[2]) >= BEAT_SECONDS * 0.99


def test_a_second_factor_is_asked_of_who_has_one(browser: Browser, console_clock: Clock) -> None:
    """Without the code of now, or with another, the password opens nothing, and nothing tells that it was right."""
    code = pyotp.TOTP(SECRET).at(console_clock())
    wrong = [browser.sign_in("eva", code=each) for each in ("", "000000", "abcdef")]
    assert all(WRONG in page.text for page in wrong)
    console_clock.moment += timedelta(seconds=20)
    assert browser.sign_in("eva", code=f" {code[:3]} {code[3:]}").status_code == 303


def test_a_code_that_was_used_is_refused(new_browser: NewBrowser, console_clock: Clock) -> None:
    """Whoever looked over a shoulder cannot use it again, nor the one before it; the next one is good."""
    totp, now = pyotp.TOTP(SECRET), console_clock()
    assert new_browser().sign_in("eva", code=totp.at(now)).status_code == 303
    assert WRONG in new_browser().sign_in("eva", code=totp.at(now)).text
    assert WRONG in new_browser().sign_in("eva", code=totp.at(now, counter_offset=-1)).text
    console_clock.moment += timedelta(seconds=30)
    assert new_browser().sign_in("eva", code=totp.at(console_clock())).status_code == 303


def test_tries_must_wait_longer_and_longer(new_browser: NewBrowser, console_clock: Clock) -> None:
    """After three, from whichever browser; the right password is not looked at before, and then it is."""
    for _ in range(3):
        assert new_browser().sign_in(password="wrong horse battery").status_code == 403
    early = new_browser().sign_in()
    assert (early.status_code, early.headers["retry-after"]) == (429, "2")
    assert "Wacht nog 2 seconden" in early.text
    console_clock.moment += timedelta(seconds=1)
    assert new_browser().sign_in(password="wrong horse battery").status_code == 403
    assert new_browser().sign_in().headers["retry-after"] == "3"
    console_clock.moment += timedelta(seconds=2)
    assert new_browser().sign_in().status_code == 303


def test_an_attacker_does_not_lock_an_operator_out(browser: Browser, new_browser: NewBrowser) -> None:
    """In the browser in which she signed in before, anna signs in while her name is being tried over and over."""
    assert browser.sign_in().status_code == 303
    browser.sign_out()
    attacks = [new_browser().sign_in(password="wrong horse battery").status_code for _ in range(6)]
    assert attacks == [403, 403, 403, 429, 429, 429]
    assert browser.sign_in().status_code == 303


def test_a_known_browser_is_known_for_one_name_only(browser: Browser, new_browser: NewBrowser) -> None:
    """It is no way to try another's password without being slowed, nor can one be made up."""
    assert browser.sign_in().status_code == 303
    vouched = browser.client.cookies["helpline-browser"]
    statuses = []
    for cookie in (vouched, vouched, "made.up", "", "x" * 1000):
        other = new_browser()
        other.client.cookies.set("helpline-browser", cookie)
        statuses.append(other.sign_in("rob", "wrong horse battery").status_code)
    assert statuses == [403, 403, 403, 429, 429]


def test_one_address_cannot_try_many_names(new_browser: NewBrowser) -> None:
    """Names that were never tried are slowed as well, from where too many failed."""
    statuses = [new_browser().sign_in(f"name{each}", "wrong horse battery").status_code for each in range(5)]
    assert statuses == [403, 403, 403, 429, 429]


def test_behind_a_proxy_each_has_an_address_of_their_own(console_helpline: Helpline, new_browser: NewBrowser) -> None:
    """Where one proxy is trusted, the last address in X-Forwarded-For counts, and what stands before it does not."""
    settings = console_helpline.settings.model_copy(update={"helpline_trusted_proxies": 1})
    helpline = bootstrap.helpline(settings, published=True, placeholders_allowed=True, clock=console_helpline.clock)
    with console_of(helpline) as address:
        attacker = new_browser()
        attacker.client.base_url = httpx.URL(address)
        at = Browser(attacker.client, address)
        told = [f"10.0.0.{each}, 203.0.113.9" for each in range(4)]
        statuses = [at.sign_in(f"name{number}", X_Forwarded_For=each).status_code for number, each in enumerate(told)]
        assert statuses == [403, 403, 403, 429]
        assert at.sign_in("somebody", X_Forwarded_For="203.0.113.10").status_code == 403


def test_the_session_is_always_a_new_one(new_browser: NewBrowser) -> None:
    """A token that was put into a browser beforehand is not taken over, and each sign-in has its own."""
    planted = "t" * 43
    cookie = f"helpline-session={planted}"
    given = {new_browser().sign_in(Cookie=cookie).cookies["helpline-session"] for _ in range(2)}
    assert len(given | {planted}) == 3
    assert is_sign_in(new_browser().get("/console", Cookie=cookie))


def test_cookies_over_https(console_helpline: Helpline) -> None:
    """Nothing but this host over https sets or gets them, no script reads them, and no other site's page sends them."""
    origin = "https://helpline.example"
    with console_of(console_helpline, origin) as address, httpx.Client(base_url=address) as client:
        answer = Browser(client, origin).sign_in(Host="helpline.example")
    cookies = answer.headers.get_list("set-cookie")
    assert [re.sub(r"=[^;]*", "", each, count=1).partition(";")[0] for each in cookies] == [
        "__Host-helpline-notice",
        "__Host-helpline-session",
        "__Host-helpline-browser",
    ]
    for cookie in cookies:
        assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert "Max-Age" not in cookies[1]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_cookies_on_this_very_machine(browser: Browser) -> None:
    """Over http to 127.0.0.1 they are not Secure, or no browser would keep them; all else is the same."""
    for cookie in browser.sign_in().headers.get_list("set-cookie"):
        assert cookie.startswith("helpline-")
        assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie


def test_what_is_in_the_record(browser: Browser, console_helpline: Helpline) -> None:
    """Each sign-in and sign-out by its operator, each refusal of a known name; of an unknown name nothing at all."""
    browser.sign_in("nobody", "my secret password")
    browser.sign_in("my secret password", "x")
    browser.sign_in(password="wrong horse battery")
    console_helpline.clock.moment += timedelta(minutes=1)  # type: ignore[attr-defined]
    browser.sign_in()
    browser.sign_out()
    entries = bootstrap.versions_of(console_helpline.settings).log()
    told = [(each.author, each.action, each.subject, each.reason) for each in entries]
    assert told[-3:] == [
        ("helpline", "refuse sign-in", "operator anna", "Wrong password or code"),
        ("anna", "sign in", "console", "By password alone"),
        ("anna", "sign out", "console", ""),
    ]
    assert "my secret password" not in str(entries)


def test_neither_names_nor_addresses_are_kept(browser: Browser, console_helpline: Helpline) -> None:
    """A password that was typed as a name is nowhere in the database, and no address is."""
    browser.sign_in("my secret password", "x")
    path = console_helpline.settings.database_url.removeprefix("sqlite:///")
    kept = b"".join(file.read_bytes() for file in Path(path).parent.iterdir() if file.is_file())
    assert b"my secret password" not in kept
    assert b"127.0.0.1" not in kept
