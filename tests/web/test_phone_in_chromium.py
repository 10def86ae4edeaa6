"""Calls with the telephone in a real browser: Debian's chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from tests.web.driving import at, button, dial, lit, run_on, transcript


def test_a_call_by_mouse(phone: Callable[..., Page]) -> None:
    """A mobile caller keys a postcode, its organisation rings and answers, and the call is a transcript."""
    page = phone()
    button(page, "Bellen").click()
    dial(page, "3011")
    page.get_by_label("Tempo").select_option("fast")
    expect(page.locator("#line")).to_have_text("Rotterdam Rijnmond, advies, 1e nummer")
    button(page, "Neemt op").click()
    button(page, "Beëindig het gesprek").click()
    at(page, "idle")
    lines = transcript(page)
    assert lines[:2] == ["from +31612345601", "hears Veilig Thuis. Direct gevaar? Bel 1 1 2."]
    assert lines[-4:] == ["hears U wordt verbonden.", "rings rotterdam-rijnmond advice 1", "answered", "ends"]
    assert lit(page) == {"opening", "place", "put_through", "ring_advice", "over"}
    expect(page.locator("#state")).to_have_text("Het gesprek is afgelopen")


def test_a_call_by_keyboard_alone(phone: Callable[..., Page]) -> None:
    """Without a mouse: who calls, the call, the keys over the words, the worker's answer, the end."""
    page = phone("")
    page.get_by_role("radio", name="Mobiel").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#heard li")).to_have_count(1)
    page.keyboard.type("9")  # the first words are not cut
    expect(page.locator("#state")).to_have_text("Toetsen doen nu nog niets")
    page.get_by_label("Tempo").select_option("fast")
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    at(page, "question")
    page.get_by_label("Tempo").select_option("patient")
    page.locator("#keys").focus()
    page.keyboard.type("3511")
    at(page, "ringing")
    expect(button(page, "Neemt op")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, "Beëindig het gesprek")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, "Opnieuw bellen")).to_be_focused()
    assert "from +31300123456" in transcript(page)
    assert "presses 3511" in transcript(page)


def test_the_languages_and_a_spoken_place(phone: Callable[..., Page]) -> None:
    """English is chosen, the words are marked as English, and a place can be typed as it would be said."""
    page = phone()
    button(page, "Bellen").click()
    dial(page, "09")
    run_on(page)
    dial(page, "1")
    page.get_by_label("Tempo").select_option("fast")
    expect(page.locator("#heard p[lang=en-GB]").last).to_contain_text("postcode", timeout=15_000)
    at(page, "question")
    button(page, "Wacht tot de tijd om is").click()
    said = page.get_by_label("Wat de beller zegt")
    expect(said).to_be_visible()
    page.get_by_label("Tempo").select_option("patient")
    said.fill("Rotterdam")
    said.press("Enter")
    at(page, "ringing")
    assert "says Rotterdam" in transcript(page)
