"""The page with the telephone as it is looked at and touched: in reach of a thumb, legible by day and by night."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Locator, Page, expect

from tests.web.driving import at, button

NARROW, WIDE = (360, 740), (1400, 900)
LEAST_TOUCH = 44  # pixels, as WCAG 2.2 has it in 2.5.5
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: of text
# Each text that shows, with its contrast against what lies behind it; the picture has its own colours.
FAINT = """least => {
  const channel = (value) => (value /= 255, value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const behind = (each) => {
    for (; each; each = each.parentElement) {
      const found = parts(getComputedStyle(each).backgroundColor);
      if (found.length === 3 || found[3] === 1) return light(found);
    }
    return 1;
  };
  const hasText = (each) => [...each.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());
  const faint = [];
  for (const each of document.querySelectorAll("body :not(svg, svg *, script, noscript)")) {
    if (!each.checkVisibility() || !hasText(each) || each.disabled) continue;
    const [front, back] = [light(parts(getComputedStyle(each).color)), behind(each)];
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (contrast < least) faint.push(`${each.textContent.trim().slice(0, 40)}: ${contrast.toFixed(1)}`);
  }
  return faint;
}"""


def _in_reach(page: Page, *touched: Locator) -> list[str]:
    """What is not wholly in the window, is too small for a thumb, or lies under something else."""
    width, height = NARROW
    wrong = []
    for each in [one for locator in touched for one in locator.all()]:
        box = each.bounding_box()
        name = each.text_content() or ""
        assert box, name
        is_seen = (
            box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
        )
        is_on_top = each.evaluate(
            "each => { const at = each.getBoundingClientRect();"
            " return each.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)); }"
        )
        if not is_seen or not is_on_top or min(box["width"], box["height"]) < LEAST_TOUCH:
            wrong.append(f"{name}: {box}")
    return wrong


def test_a_thumb_reaches_all_of_a_call(phone: Callable[..., Page]) -> None:
    """On a small telephone each moment fits the window: the keys, what can be done besides, how a ring ends."""
    page = phone("?pace=patient", NARROW)
    assert _in_reach(page, button(page, "Bellen")) == []
    button(page, "Bellen").click()
    at(page, "listening")
    assert _in_reach(page, page.locator("#keys button"), button(page, "Sla over"), button(page, "Ophangen")) == []
    stays = button(page, "Ophangen").bounding_box()
    page.get_by_label("Tempo").select_option("fast")
    at(page, "question")
    page.get_by_label("Tempo").select_option("patient")
    page.locator("[data-key='3']").click()
    wait = button(page, "Wacht tot de tijd om is")
    assert _in_reach(page, page.locator("#keys button"), wait, button(page, "Ophangen"), page.locator("#caption")) == []
    moved = button(page, "Ophangen").bounding_box()
    assert stays and moved and (stays["x"], stays["width"]) == (moved["x"], moved["width"])
    for key in "511":
        page.locator(f"[data-key='{key}']").click()
    page.get_by_label("Tempo").select_option("fast")
    at(page, "ringing")
    assert _in_reach(page, page.locator("#ways button"), button(page, "Ophangen")) == []
    button(page, "Neemt op").click()
    assert _in_reach(page, button(page, "Beëindig het gesprek")) == []
    button(page, "Beëindig het gesprek").click()
    at(page, "idle")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(phone: Callable[..., Page], scheme: str) -> None:
    """By day and by night, at each moment of a call, every text stands out enough."""
    page = phone()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.reload()  # without the change from the one to the other
    assert page.evaluate(FAINT, LEAST_CONTRAST) == []
    button(page, "Bellen").click()
    at(page, "question")
    button(page, "Wacht tot de tijd om is").click()
    expect(page.get_by_label("Wat de beller zegt")).to_be_visible()
    assert page.evaluate(FAINT, LEAST_CONTRAST) == []
    button(page, "Wacht tot de tijd om is").click()
    at(page, "ringing")
    assert page.evaluate(FAINT, LEAST_CONTRAST) == []
    button(page, "Neemt op").click()
    at(page, "talking")
    assert page.evaluate(FAINT, LEAST_CONTRAST) == []
    button(page, "Beëindig het gesprek").click()
    at(page, "idle")
    assert page.evaluate(FAINT, LEAST_CONTRAST) == []
