"""The map in a real browser, under the security policy of our pages: narrow and wide, by hand and by keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpline.console.map import Map, Region
from helpline.console.map_states import SERVICE
from helpline.directory import outlines
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL
from helpline.pages.own_pages import HEADERS
from tests.web.conftest import ARGUMENTS, CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[2]
SHAPES = outlines.load(ROOT / "regions" / "geography")
CSS = (ROOT / "helpline" / "console" / "static" / "map.css").read_text("utf-8")
HERE = "https://console.example"
HEAD = '<!doctype html><html lang="nl"><meta name="viewport" content="width=device-width"><title>Kaart</title>'
WIDTHS = (360, 1280)
FIGURES = 0.64  # of the height of a line
UNDER_A_NUMBER = """
  text => {
    const box = text.getBoundingClientRect();
    const under = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return under.closest("a").matches(".at-" + parseInt(text.textContent));
  }
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip(f"there is no {CHROMIUM}")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, table: Table, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with the map and nothing else, which may complain of nothing; every number has a plus, and is long."""
    regions = [
        Region(slug, each.name, f"{HERE}/{slug}", frozenset({SERVICE[place % 4], "well"}))
        for place, (slug, each) in enumerate(table.organisations.items())
    ]
    figure = Map(SHAPES, regions, SERVICE, "Hoe het nu gaat", "nl").figure()

    def answer(route: Route) -> None:
        if route.request.url.endswith(".css"):
            route.fulfill(body=CSS, content_type="text/css", headers=HEADERS)
        else:
            body = f'{HEAD}<link rel="stylesheet" href="/map.css">{figure}'
            route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=HEADERS)

    opened = browser.new_page(viewport={"width": request.param, "height": 900})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.route("**/*", answer)
    opened.goto(HERE)
    yield opened
    opened.close()
    assert complaints == []


def test_nothing_sticks_out(page: Page) -> None:
    """The map fits its page, narrow or wide."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_number_is_where_its_organisation_is(page: Page) -> None:
    """Whoever points at a number points at the link of its organisation, in the smallest areas too."""
    numbers = page.locator(".map-numbers text")

    assert [number.evaluate(UNDER_A_NUMBER) for number in numbers.all()] == [True] * 26


def test_no_number_covers_another(page: Page) -> None:
    """Each number can be read."""
    boxes = [box for number in page.locator(".map-numbers text").all() if (box := number.bounding_box())]
    covered = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if abs(one["x"] - other["x"] + (one["width"] - other["width"]) / 2) < (one["width"] + other["width"]) / 2
        and abs(one["y"] - other["y"]) < one["height"] * FIGURES
    ]

    assert len(boxes) == 26
    assert covered == []


def test_an_area_and_its_row_light_up_together(page: Page) -> None:
    """Pointing at a row shows where its area is."""
    lit = page.locator(".map-lit use.at-8")
    assert not lit.is_visible()
    page.locator(".map-list .at-8 a").hover()
    assert lit.is_visible()


def test_the_keyboard_reaches_every_area(page: Page) -> None:
    """After the way past the map come the areas in the order of their numbers, each lit up with its row."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.map-area.at-1')")
    assert page.locator(".map-lit use.at-1").is_visible()
    for _ in range(25):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.map-area.at-26')")
    assert page.locator(".map-lit use:visible").count() == 1


def test_every_row_is_as_high_as_a_finger(page: Page) -> None:
    """What is too small on the map is large enough in the list."""
    heights = page.locator(".map-list a").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")

    assert len(heights) == len([*SHAPES.areas, NATIONAL])
    assert min(heights) >= 44
