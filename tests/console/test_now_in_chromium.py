"""The first page and the reports in a real browser: they bring themselves up to date, fit, and keep nobody out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from helpline.bootstrap import Helpline
from helpline.storage.call_rows import written_hour
from helpline.storage.database import Database
from tests.axe import barriers_by_day_and_night
from tests.conftest import TODAY
from tests.console.conftest import NARROW, WIDE
from tests.console.lively import lively
from tests.console.test_console_in_chromium import SIZES, sign_in, sticks_out
from tests.reports.made import UNREACHED, Made, keep

Opened = Callable[..., Page]
NOW = written_hour(TODAY)
SOON = 20_000  # milliseconds: a look, and the page, on a busy machine
DEAD = UNREACHED._replace(hour=NOW, organisation="zeeland")
REPORTS = [f"/console/reports?span=week&by={by}" for by in ("region", "hour", "line", "language", "outcome")]


@pytest.fixture
def database(console_helpline: Helpline) -> Database:
    """The service's, with two days of calls."""
    database = Database(console_helpline.settings.database_url)
    lively(database, TODAY, 2)
    return database


def now(opened: Opened, size: tuple[int, int] = WIDE, **options: object) -> Page:
    """The first page, for anna, once it was told how things stand and has asked for itself."""
    page = opened(size, **options)
    is_scripted = options.get("java_script_enabled", True)
    with page.expect_response("**/console?by-itself") if is_scripted else contextlib.nullcontext():
        sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu")
    return page


def test_it_brings_itself_up_to_date(opened: Opened, database: Database) -> None:
    """What has the focus keeps it, what was scrolled stays, and only the sentence that matters is a live region."""
    page = now(opened)
    summary = page.locator("#board > .big")
    expect(summary).to_have_text("Er is geen lijn die niet opneemt.")
    link = page.locator(".map-list .at-20 a")
    link.focus()
    scrolled = page.evaluate("scrollY")
    assert scrolled > 0
    place = link.bounding_box()
    keep(database, (3, DEAD))
    expect(summary).to_have_text("1 lijn neemt niet op.", timeout=SOON)
    expect(page.locator(".map-list .is-failing")).to_contain_text("Zeeland")
    expect(page.locator(".map-area.is-failing")).to_have_count(1)
    expect(link).to_be_focused()
    after = link.bounding_box()
    assert place and after and abs(place["y"] - after["y"]) < 2
    assert page.locator("#board [role=status], #board [aria-live]").count() == 1
    keep(database, (1, Made(NOW, "zeeland")))
    expect(summary).to_have_text("Er is geen lijn die niet opneemt.", timeout=SOON)


def test_it_can_be_stopped(opened: Opened, database: Database) -> None:
    """By a button, and goes on by it."""
    page = now(opened)
    button = page.get_by_role("button", name="Werkt vanzelf bij")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    other = page.context.new_page()
    other.goto("/console")
    keep(database, (3, DEAD))
    expect(other.locator("#board > .big")).to_have_text("1 lijn neemt niet op.", timeout=SOON)
    other.close()
    expect(page.locator("#board > .big")).to_have_text("Er is geen lijn die niet opneemt.")
    button.click()
    expect(page.locator("#board > .big")).to_have_text("1 lijn neemt niet op.", timeout=SOON)


def test_that_the_database_is_away_is_told_and_that_it_is_back(opened: Opened, console_helpline: Helpline) -> None:
    """By itself, with the map still there."""
    page = now(opened)
    path = Path(console_helpline.settings.database_url.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".away"))
    expect(page.locator("#board > .notice")).to_contain_text("De database is niet bereikbaar.", timeout=SOON)
    expect(page.locator(".map-area")).to_have_count(26)
    path.with_suffix(".away").rename(path)
    expect(page.locator("#board > .notice")).to_have_count(0, timeout=SOON)


def test_whoever_signs_out_elsewhere_is_out_here(opened: Opened, console_helpline: Helpline) -> None:
    """Nothing of the page stays in sight."""
    page = now(opened)
    other = page.context.new_page()
    other.goto("/console/log")
    other.locator(".you summary").click()
    other.get_by_role("button", name="Afmelden").click()
    other.close()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden", timeout=2 * SOON)


@SIZES
def test_without_script_it_is_a_plain_page(opened: Opened, size: tuple[int, int], database: Database) -> None:
    """That asks for itself once a minute."""
    keep(database, (3, DEAD))
    page = now(opened, size, java_script_enabled=False)
    expect(page.locator("#board > .big")).to_have_text("1 lijn neemt niet op.")
    expect(page.get_by_role("button", name="Werkt vanzelf bij")).to_be_hidden()
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "60; url=/console?by-itself"


@SIZES
def test_no_barriers_and_nothing_sticks_out(opened: Opened, size: tuple[int, int], database: Database) -> None:
    """By day and by night, narrow and wide."""
    keep(database, (3, DEAD))
    page = now(opened, size)
    assert (sticks_out(page), barriers_by_day_and_night(page)) == (0, [])
    for path in REPORTS:
        page.goto(path)
        assert (sticks_out(page), barriers_by_day_and_night(page)) == (0, [])


def test_a_report_is_asked_for_by_keyboard_and_kept(opened: Opened, database: Database) -> None:
    """Days by the form, groups by a link; the CSV is a file."""
    page = now(opened, NARROW)
    page.get_by_role("link", name="Cijfers", exact=True).press("Enter")
    page.locator("#from").fill("2026-11-22")
    page.locator("#to").fill("2026-11-22")
    page.get_by_role("button", name="Toon").press("Enter")
    expect(page.locator("#calls")).to_have_text("zo 22 nov")
    page.get_by_role("link", name="Uur").press("Enter")
    expect(page.get_by_role("img", name="Gesprekken per uur van de dag")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Als CSV").click()
    assert download.value.suggested_filename == "helpline-2026-11-22-2026-11-22-hour.csv"


def test_on_paper_there_is_no_form(opened: Opened, database: Database) -> None:
    """The report, in black on white."""
    page = now(opened, color_scheme="dark")
    page.goto(REPORTS[0])
    page.emulate_media(media="print")
    expect(page.locator(".asked")).to_be_hidden()
    expect(page.locator(".chart")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
