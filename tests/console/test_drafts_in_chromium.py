"""Drafts, publishing and the conversation in a real browser: narrow and wide, without script, without barriers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from tests.axe import barriers_by_day_and_night
from tests.console.conftest import NARROW, WIDE
from tests.console.drafting import DRAFT, NAME, NEW, OLD, UTRECHT
from tests.console.test_console_in_chromium import sign_in, sticks_out, too_small

Opened = Callable[..., Page]
PATHS = ("/console/drafts", DRAFT, UTRECHT, f"{UTRECHT}/fields", f"{DRAFT}/publish", "/console/versions/1")


def with_draft(page: Page) -> Page:
    """Signed in, with a draft in which a number of Utrecht is another."""
    sign_in(page)
    page.goto("/console/drafts")
    page.get_by_label("Naam").fill(NAME)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Utrecht", exact=True).click()
    text = page.get_by_label("Tekst van het bestand")
    text.fill(text.input_value().replace(OLD, NEW))
    page.get_by_role("button", name="Bewaar in het concept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    return page


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_from_a_typo_to_a_version(opened: Opened, scripted: bool) -> None:
    """A typo is told and stays typed; mended it is published, after the map and a reason, all without a script too."""
    page = with_draft(opened(java_script_enabled=scripted))
    page.goto(UTRECHT)
    text = page.get_by_label("Tekst van het bestand")
    text.fill(text.input_value().replace(NEW, "+31 30 OOO 0009"))
    page.get_by_role("button", name="Bewaar in het concept").click()
    expect(page.get_by_role("status")).to_contain_text("Nog niet in het concept")
    expect(page.locator(".problems")).to_contain_text("has a letter O.")
    text.fill(text.input_value().replace("OOO", "000"))
    page.get_by_role("button", name="Bewaar in het concept").click()
    page.get_by_role("link", name="Bekijk en publiceer").click()
    expect(page.locator(".difference")).to_contain_text("Nummers van Utrecht")
    page.get_by_label("Waarom").fill("Nieuwe centrale")
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Versie 2")
    page.get_by_role("link", name="De vorige").click()
    page.get_by_label("Waarom").fill("Gaat niet over")
    page.get_by_role("button", name="Ga terug naar versie 1").click()
    expect(page.get_by_role("status")).to_contain_text("Versie 3 is live")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
def test_no_barriers_and_nothing_sticks_out(opened: Opened, size: tuple[int, int]) -> None:
    """On each page of a draft, and of the conversation, by day and by night."""
    page = with_draft(opened(size))
    for path in (*PATHS, "/console/conversation?beside=ar", "/console/phone", f"{DRAFT}/rehearse"):
        page.goto(path)
        small = [each for each in too_small(page) if 'type="radio"' not in each]  # its label is as large as a finger
        assert (sticks_out(page), small) == (0, [])
        assert barriers_by_day_and_night(page) == []


def test_every_path_is_walked_when_asked(opened: Opened) -> None:
    """The rules stand there, each holding; until then a button does."""
    page = opened(WIDE)
    sign_in(page)
    page.goto("/console/conversation")
    page.get_by_role("button", name="Loop elk pad na").click(timeout=90_000)
    expect(page.get_by_text("Alle 23 regels houden stand")).to_be_visible(timeout=90_000)
    expect(page.locator(".rules li.holding")).to_have_count(23)


def test_words_are_heard_where_the_browser_speaks(opened: Opened) -> None:
    """By a click, in the language of the words; without a script there is no such button."""
    page = opened(WIDE)
    sign_in(page)
    page.goto("/console/conversation?beside=tr")
    heard = "window.heard = []; speechSynthesis.speak = words => window.heard.push([words.lang, words.text]);"
    page.evaluate(f"() => {{ {heard} }}")
    page.locator(".hear").nth(1).click()
    assert page.evaluate("window.heard") == [["tr-TR", "Türkçe: 1 tuşu."]]
    silent = opened(WIDE, java_script_enabled=False)
    sign_in(silent)
    silent.goto("/console/conversation")
    expect(silent.locator(".hear").first).to_be_hidden()


def test_a_telephone_without_its_script_sends_nothing(opened: Opened) -> None:
    """Whoever presses too early rings nobody, and a number that was typed is in no address."""
    page = opened(WIDE, java_script_enabled=False)
    sign_in(page)
    page.goto("/phone")
    page.get_by_placeholder("+31").fill("+31612345601")
    page.get_by_role("button", name="Bellen").click()
    expect(page.get_by_placeholder("+31")).to_have_value("+31612345601")
    assert page.url.endswith("/phone")
