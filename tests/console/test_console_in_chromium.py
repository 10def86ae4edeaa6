"""The console in a real browser: signing in and out, language, colours, keyboard, width, paper, without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from tests.axe import barriers, barriers_by_day_and_night
from tests.clock import Clock
from tests.console.conftest import ELSEWHERE, NARROW, WIDE
from tests.console.visiting import NOTE, PASSWORD

Opened = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
# Of a button to choose with, all of its label is pressed.
TYPED = "input:not([type=hidden], [type=radio], [type=checkbox])"
TARGETS = f"button, .button, summary, nav a, .choices a, .choice, {TYPED}, .brand"
LEAST_PIXELS = 44


def sign_in(page: Page, password: str = PASSWORD) -> None:
    """Fills in the form of the sign-in page as anna, and sends it."""
    page.get_by_label("Naam").fill("anna")
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Aanmelden").click()


def drawer(page: Page) -> None:
    """Opens it."""
    page.locator(".you summary").click()


def sticks_out(page: Page) -> int:
    """How far the page is wider than its window, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_small(page: Page) -> list[str]:
    """What a finger would miss, of all that is in sight."""
    boxes = f"""[...document.querySelectorAll("{TARGETS}")].filter(each => each.checkVisibility()).map(each =>
        [each.outerHTML.slice(0, 80), each.getBoundingClientRect().width, each.getBoundingClientRect().height])"""
    found: list[tuple[str, float, float]] = page.evaluate(boxes)
    assert found
    return [f"{html} {width} x {height}" for html, width, height in found if min(width, height) < LEAST_PIXELS - 0.5]


@SIZES
@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_signing_in_and_out(opened: Opened, size: tuple[int, int], scripted: bool) -> None:
    """A wrong password is told; the right one leads in; the button in the drawer leads out. No page is too wide."""
    page = opened(size, java_script_enabled=scripted)
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    sign_in(page, "wrong horse battery")
    expect(page.get_by_role("alert")).to_contain_text("Probeer het nog eens.")
    expect(page.get_by_label("Naam")).to_have_value("anna")
    expect(page.get_by_label("Wachtwoord")).to_have_value("")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    expect(page.locator(".chip")).to_have_text("Versie 1")
    page.get_by_role("link", name="Logboek").click()
    expect(page.get_by_role("row")).to_have_count(7)
    drawer(page)
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    page.goto("/console/log")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")


@SIZES
def test_nothing_sticks_out_and_all_can_be_hit(opened: Opened, size: tuple[int, int]) -> None:
    """No page scrolls sideways, and what is to be pressed has 44 pixels each way."""
    page = opened(size)
    assert (sticks_out(page), too_small(page)) == (0, [])
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    for path in ("/console", "/console/log", "/console/nothing"):
        page.goto(path)
        drawer(page)
        assert (sticks_out(page), too_small(page)) == (0, [])


@SIZES
def test_no_barriers(opened: Opened, size: tuple[int, int]) -> None:
    """axe finds none on any page, by day and by night."""
    page = opened(size)
    drawer(page)
    assert barriers_by_day_and_night(page) == []
    sign_in(page, "wrong horse battery")
    expect(page.get_by_role("alert")).to_be_visible()
    assert barriers_by_day_and_night(page) == []
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    for path in ("/console", "/console/log", "/console/nothing"):
        page.goto(path)
        drawer(page)
        assert barriers_by_day_and_night(page) == []


def test_the_language_is_chosen(opened: Opened) -> None:
    """By a link, before and after the sign-in, and it stays."""
    page = opened()
    drawer(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Now")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_colours_follow_the_device_until_they_are_chosen(opened: Opened) -> None:
    """Light by day and dark by night; then as chosen, on each page."""
    page = opened(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(16, 23, 27)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == "rgb(243, 240, 234)"
    drawer(page)
    page.get_by_role("link", name="Donker").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(ground) == "rgb(16, 23, 27)"
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    assert page.evaluate(ground) == "rgb(16, 23, 27)"


def test_all_is_done_by_the_keyboard(opened: Opened) -> None:
    """The first key leads past the header; the drawer opens, and closes where it was opened; focus is always seen."""
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Naam")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    page.locator(".you summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Afmelden")).to_be_hidden()
    expect(page.locator(".you summary")).to_be_focused()


def test_the_drawer_closes_beside_it(opened: Opened) -> None:
    """A press anywhere else closes it."""
    page = opened(WIDE)
    drawer(page)
    expect(page.get_by_role("link", name="English")).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("link", name="English")).to_be_hidden()


def test_a_link_from_another_site_leads_in(opened: Opened, console: str) -> None:
    """Whoever is signed in need not sign in again because the link was in a letter."""
    page = opened()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    link = f'<a href="{console}/console/log">Kijk hier</a>'
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=link, content_type="text/html"))
    page.goto(ELSEWHERE)
    page.get_by_role("link", name="Kijk hier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logboek")


def test_a_form_of_another_site_does_nothing(opened: Opened, console: str) -> None:
    """It is answered with a sentence, and with nothing of ours."""
    page = opened()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    form = f'<form method="post" action="{console}/console/sign-out"><button>Win een fiets</button></form>'
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto(ELSEWHERE)
    page.get_by_role("button", name="Win een fiets").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit kwam niet van onze eigen pagina")
    page.goto("/console")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")


def test_what_was_typed_when_the_session_ended(opened: Opened, console_clock: Clock) -> None:
    """It is there again after the sign-in, on the page where it was typed."""
    page = opened()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    page.goto(NOTE)
    inside = "<textarea name=note></textarea><button>Bewaar</button>"
    page.evaluate("inside => document.forms[0].insertAdjacentHTML('beforeend', inside)", inside)
    page.locator("textarea").fill("Zeeland gebeld:\nniemand")
    console_clock.moment += timedelta(hours=1)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_contain_text("Wat u had getypt is er nog")
    sign_in(page)
    expect(page.locator("textarea")).to_have_text("Zeeland gebeld:\nniemand")
    assert page.url.endswith(NOTE)


def test_on_paper(opened: Opened) -> None:
    """The page itself, in black on white, without what can only be pressed."""
    page = opened(WIDE, color_scheme="dark")
    sign_in(page)
    page.get_by_role("link", name="Logboek").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(".you")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 42, 51)"


def test_axe_finds_what_is_wrong(opened: Opened) -> None:
    """A field that nobody can tell apart is a barrier."""
    page = opened()
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>')")
    assert [each.partition(":")[0] for each in barriers(page)] == ["label"]
