"""The page with the telephone in a real browser: its language, its voice, its names, its width."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.driving import at, button

NARROW, WIDE = (360, 740), (1400, 900)
VOICES = """
  const voices = [{ lang: "nl-NL" }, { lang: "en-GB" }];
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    speak: (said) => { spoken.push(`${said.lang}: ${said.text}`); setTimeout(said.onend, 20); },
    cancel: () => {},
  } });
"""


def test_the_page_in_english_in_mid_call(phone: Callable[..., Page]) -> None:
    """The page's own words change at once, and the call goes on; what is heard stays as it is."""
    page = phone()
    button(page, "Bellen").click()
    at(page, "question")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#state")).not_to_have_text("U kunt toetsen")
    expect(page.locator("#heard li").first).to_contain_text("Direct gevaar?")
    button(page, "Hang up").click()
    expect(page.locator("#state")).to_have_text("The call is over")


def test_the_prompts_are_said(phone: Callable[..., Page]) -> None:
    """Where the browser has voices, each prompt is said in its language; muted, it is only shown."""
    page = phone("")
    page.add_init_script(VOICES)
    page.reload()
    expect(page.locator("#heard")).to_have_attribute("aria-live", "off")
    button(page, "Bellen").click()
    at(page, "question")
    spoken: list[str] = page.evaluate("spoken")
    assert spoken[:2] == ["nl-NL: Veilig Thuis. Direct gevaar? Bel 1 1 2.", "en-GB: In danger? Call 1 1 2."]
    page.get_by_label("Geluid").uncheck()
    expect(page.locator("#heard")).to_have_attribute("aria-live", "polite")
    button(page, "Wacht tot de tijd om is").click()
    at(page, "listening")
    assert page.evaluate("spoken.length") == len(spoken)
    button(page, "Ophangen").click()
    at(page, "idle")


def test_a_connection_that_is_lost(phone: Callable[..., Page]) -> None:
    """When the service knows the call no more, the page says so, and another call can begin."""
    page = phone()
    page.route("**/events", lambda route: route.fulfill(status=204))
    button(page, "Bellen").click()
    expect(page.locator("#state")).to_have_text("De verbinding met de hulplijn is weg")
    expect(button(page, "Opnieuw bellen")).to_be_focused()


def test_a_number_that_is_none(chromium: BrowserContext, ringable_service: str) -> None:
    """The page says so, and how a number is written; no call begins."""
    page = chromium.new_page()
    page.goto(f"{ringable_service}/phone")
    page.get_by_role("textbox", name="Ander nummer").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("Dit is geen telefoonnummer")
    page.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
def test_every_control_has_a_name_and_nothing_sticks_out(phone: Callable[..., Page], size: tuple[int, int]) -> None:
    """At each moment of a call, narrow or wide: no scrolling sideways, and a name for whatever can be used."""
    page = phone(size=size)
    assert unnamed(page) == []
    assert sticks_out(page) == 0
    button(page, "Bellen").click()
    at(page, "question")
    button(page, "Wacht tot de tijd om is").click()
    expect(page.get_by_label("Wat de beller zegt")).to_be_visible()
    assert unnamed(page) == []
    assert sticks_out(page) == 0
    button(page, "Wacht tot de tijd om is").click()
    at(page, "ringing")
    assert unnamed(page) == []
    assert sticks_out(page) == 0
    button(page, "Ophangen").click()
    at(page, "idle")


def unnamed(page: Page) -> list[str]:
    """What can be used and has no name in the accessibility tree."""
    lines = page.locator("body").aria_snapshot().splitlines()
    roles = ("button", "textbox", "checkbox", "radio", "combobox", "link", "progressbar", "group", "region", "log")
    return [line.strip() for line in lines if line.strip("- :") in roles]


def sticks_out(page: Page) -> int:
    """How far anything is wider than what it stands in, the window first, in pixels."""
    wider = "each => each.scrollWidth - each.clientWidth"
    return int(
        page.evaluate(f"Math.max(...[document.documentElement, ...document.querySelectorAll('.card')].map({wider}))")
    )
