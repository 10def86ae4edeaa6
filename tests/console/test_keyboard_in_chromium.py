"""The pages of the night by keyboard alone, in a real browser: every stop of the Tab key is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page

from tests.console.drafting import DRAFT, UTRECHT
from tests.console.test_console_in_chromium import SIZES
from tests.console.test_drafts_in_chromium import with_draft

Opened = Callable[..., Page]
PATHS = ("/console", "/console/divert?organisation=zeeland&line=advice", UTRECHT, f"{UTRECHT}/fields", DRAFT)
# Where the focus is: "" at the end of the page or back at its start, else the element, if it cannot be seen there.
# An area of the map has no outline: it is drawn once more, lit, as map.css says.
STOP = """() => {
  const there = document.activeElement, style = getComputedStyle(there), box = there.getBoundingClientRect();
  if (there === document.body || there.dataset.seen) return null;
  there.dataset.seen = "seen";
  const lit = [...document.querySelectorAll(".map-lit use")].filter(each => getComputedStyle(each).display !== "none");
  const isLit = there.matches(".map-area") && lit.length === 1;
  const isMarked = isLit || (style.outlineStyle !== "none" && parseInt(style.outlineWidth) >= 3);
  return isMarked && box.bottom > 0 && box.top < innerHeight ? "" : there.outerHTML.slice(0, 100);
}"""


def stops(page: Page) -> Iterator[str]:
    """Each stop of the Tab key on this page, as STOP tells it."""
    page.keyboard.press("Tab")
    while (told := page.evaluate(STOP)) is not None:
        yield str(told)
        page.keyboard.press("Tab")


@SIZES
def test_the_focus_is_seen_at_every_stop(opened: Opened, size: tuple[int, int]) -> None:
    """With a mark of three pixels, within the window; and there are stops on each page."""
    page = with_draft(opened(size))
    for path in PATHS:
        page.goto(path)
        found = list(stops(page))
        assert len(found) > 10
        assert [each for each in found if each] == []
