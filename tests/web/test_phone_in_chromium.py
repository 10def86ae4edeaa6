"""Calls with the telephone in a real browser: Debian's chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from helpline.directory.hours import AMSTERDAM
from tests.clock import Clock

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from tests.web.driving import at, button, dial, lit, run_on, transcript

NIGHT = datetime(2026, 11, 22, 23, 10, tzinfo=AMSTERDAM)


def test_a_call_by_mouse(phone: Callable[..., Page]) -> None:
    """A mobile caller keys a postcode, its organisation rings and answers, and the call is a transcript."""
    page = phone()
    button(page, "Bellen").click()
    dial(page, "3011")
    page.get_by_label("Tempo").select_option("fast")
    expect(page.locator("#line")).to_have_text("Rotterdam-Rijnmond, advies, 1e nummer")
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


def test_keys_cut_the_words_of_a_question(phone: Callable[..., Page]) -> None:
    """Keys pressed while a question is being said are its answer, and the rest of it is not heard."""
    page = phone("")
    button(page, "Bellen").click()
    expect(page.locator("#heard li")).to_have_count(1)
    button(page, "Sla over").click()
    expect(page.locator("#heard li")).to_have_count(2)
    button(page, "Sla over").click()
    expect(page.locator("#heard li")).to_have_count(3)
    for key in "3011":
        page.locator(f"[data-key='{key}']").click()
    expect(page.locator("#heard .caller")).to_contain_text("toetst 3011")
    expect(page.locator("#heard")).not_to_contain_text("Artsen")


def test_a_landline_that_waits(phone: Callable[..., Page]) -> None:
    """The time of a question is seen to run out; a landline is then put through, and the worker hears of it."""
    page = phone()
    page.get_by_role("radio", name="Vaste lijn in Utrecht").check()
    button(page, "Bellen").click()
    at(page, "question")
    page.get_by_label("Tempo").select_option("real")
    expect(page.get_by_role("progressbar", name="Tijd om te antwoorden")).to_be_visible()
    at(page, "listening")
    page.get_by_label("Tempo").select_option("fast")
    at(page, "ringing")
    button(page, "Neemt niet op").click()
    expect(page.locator("#line")).to_have_text("Utrecht, advies, 2e nummer")
    button(page, "Neemt op").click()
    button(page, "Beëindig het gesprek").click()
    lines = transcript(page)
    assert lines.index("waits") < lines.index("rings utrecht advice 1") < lines.index("no answer")
    assert lines[-3:] == ["rings utrecht advice 2", "answered", "ends"]


def test_a_doctor_at_night(phone: Callable[..., Page], phone_clock: Clock) -> None:
    """A doctor hears that the vertrouwensarts is closed, and the organisation is rung."""
    phone_clock.moment = NIGHT
    page = phone()
    button(page, "Bellen").click()
    dial(page, "01")
    run_on(page)
    dial(page, "3511")
    page.get_by_label("Tempo").select_option("fast")
    at(page, "ringing")
    assert "De vertrouwensarts is er nu niet" in (page.locator("#heard").text_content() or "")
    assert {"code", "patient", "doctors_line"} <= lit(page)
    assert page.locator("#picture .now").get_attribute("data-box") == "ring_advice"
    button(page, "Neemt op").click()
    expect(page.locator("#whispered")).to_contain_text("Beller zegt arts te zijn.")
    button(page, "Beëindig het gesprek").click()
    at(page, "idle")


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
