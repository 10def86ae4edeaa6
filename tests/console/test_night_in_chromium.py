"""Organisations, diversions, announcements and the box that finds, in a real browser: taps, thumbs, barriers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from helpline.bootstrap import Helpline
from tests.axe import barriers_by_day_and_night
from tests.console.changing import live
from tests.console.conftest import NARROW, WIDE
from tests.console.test_console_in_chromium import SIZES, sign_in, sticks_out, too_small
from tests.console.test_divert import divert_elsewhere

Opened = Callable[..., Page]
ZEELAND = "/console/organisations/zeeland"
PATHS = (
    "/console/organisations",
    ZEELAND,
    "/console/divert",
    "/console/divert?organisation=drenthe&line=doctors",
    "/console/announce",
    "/console/find",
)


def at(opened: Opened, path: str, size: tuple[int, int] = NARROW, **options: object) -> Page:
    """A page, as anna."""
    page = opened(size, path, **options)
    sign_in(page)
    expect(page.locator(".chip")).to_be_visible()
    return page


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
@SIZES
def test_a_line_is_diverted_in_three_taps(
    opened: Opened, console_helpline: Helpline, size: tuple[int, int], scripted: bool
) -> None:
    """From the page of an organisation: divert, until when, yes; each where a thumb is, and a fourth ends it."""
    page = at(opened, ZEELAND, size, has_touch=True, java_script_enabled=scripted)
    taps = 0
    for button in ("Advieslijn omleiden", "08:00", "Leid nu om"):
        page.get_by_text(button, exact=True).tap()
        taps += 1
    expect(page.get_by_role("status")).to_contain_text("Veilig Thuis Zeeland is omgeleid")
    assert taps == 3
    [made] = live(console_helpline)[1].diversions
    assert (made.organisation, made.line, made.reason) == ("zeeland", "advice", "Neemt niet op")
    page.get_by_role("button", name="Omleiding nu beëindigen").tap()
    expect(page.get_by_role("status")).to_contain_text("is voorbij")
    assert live(console_helpline)[1].diversions == ()


def test_what_is_pressed_last_is_within_reach(opened: Opened) -> None:
    """On a telephone the buttons that matter stand in the lower half of the screen, without scrolling."""
    page = at(opened, "/console/divert?organisation=drenthe&line=advice")
    for button in (page.locator(".ends button").first, page.get_by_role("button", name="Leid nu om")):
        box = button.bounding_box()
        assert box is not None
        assert NARROW[1] / 2 < box["y"] < NARROW[1] - box["height"]
        button.click()


def test_enter_chooses_no_end(opened: Opened, console_helpline: Helpline) -> None:
    """Whoever types a reason and presses Enter is asked until when."""
    page = at(opened, "/console/divert?organisation=drenthe&line=advice")
    page.get_by_label("Of in eigen woorden").fill("Rob belt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Er is niets veranderd.")
    expect(page.get_by_text("Deze tijd kan niet.")).to_be_visible()
    expect(page.get_by_label("Of in eigen woorden")).to_have_value("Rob belt")
    page.get_by_label("Of typ een tijd").fill("21:30")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Leid nu om").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert live(console_helpline)[1].diversions[0].reason == "Rob belt"


def test_a_number_is_asked_for_when_it_is_chosen(opened: Opened, console_helpline: Helpline) -> None:
    """Only then its field is there, and whoever answers must press 1 unless it is said."""
    page = at(opened, "/console/divert?organisation=drenthe&line=advice")
    expect(page.get_by_label("Nummer", exact=True)).to_be_hidden()
    page.get_by_label("Een telefoonnummer").check()
    page.get_by_label("Nummer", exact=True).fill("06 1234 5601")
    page.locator(".ends button").first.click()
    page.get_by_role("button", name="Leid nu om").click()
    expect(page.get_by_role("status")).to_be_visible()
    [made] = live(console_helpline)[1].diversions
    assert (made.to, made.accept) == ("+31612345601", True)


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_it_is_found_and_not_in_the_address(opened: Opened, scripted: bool) -> None:
    """With script while it is typed, without it by Enter; the address stays as it was, and nothing asks on leaving."""
    page = at(opened, "/console/find", java_script_enabled=scripted)
    page.get_by_label("Postcode, plaats of nummer").press_sequentially("1382")
    page.keyboard.press("Shift") if scripted else page.keyboard.press("Enter")
    expect(page.locator("#found section")).to_have_count(2)
    assert page.url.endswith("/console/find")
    page.get_by_role("link", name="Veilig Thuis Gooi en Vechtstreek").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Veilig Thuis Gooi en Vechtstreek")


@SIZES
def test_no_barriers_and_nothing_sticks_out(opened: Opened, console_helpline: Helpline, size: tuple[int, int]) -> None:
    """axe finds none on any page, by day and by night; no page scrolls sideways; a finger hits all."""
    divert_elsewhere(console_helpline)
    page = at(opened, PATHS[0], size)
    for path in PATHS:
        page.goto(path)
        assert (path, barriers_by_day_and_night(page), sticks_out(page), too_small(page)) == (path, [], 0, [])
    page.goto("/console/divert?organisation=drenthe&line=advice")
    page.locator(".ends button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zo gaat het")
    assert (barriers_by_day_and_night(page), sticks_out(page), too_small(page)) == ([], 0, [])
    page.goto("/console/find")
    page.get_by_label("Postcode, plaats of nummer").fill("1382")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator("#found section")).to_have_count(2)
    assert (barriers_by_day_and_night(page), sticks_out(page)) == ([], 0)


def test_the_chain_on_paper(opened: Opened) -> None:
    """The page of an organisation prints its numbers and its chain, and nothing to press."""
    page = at(opened, ZEELAND, WIDE)
    page.emulate_media(media="print")
    expect(page.locator(".chain").first).to_be_visible()
    expect(page.get_by_text("Advieslijn omleiden")).to_be_hidden()
