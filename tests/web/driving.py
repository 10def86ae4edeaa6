"""What is done and seen on the page with the telephone, by a browser that Playwright drives."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def at(page: Page, moment: str) -> None:
    """Waits until the call has come to this moment."""
    expect(page.locator(f"body[data-moment={moment}]")).to_be_visible(timeout=15_000)


def button(page: Page, name: str) -> Locator:
    """The button of exactly this name."""
    return page.get_by_role("button", name=name, exact=True)


def dial(page: Page, keys: str) -> None:
    """Presses keys by mouse, once a question is open, however long that takes."""
    at(page, "question")
    page.get_by_label("Tempo").select_option("patient")
    for key in keys:
        page.locator(f"[data-key='{key}']").click()


def run_on(page: Page) -> None:
    """Lets the time of a question run out, and the call go on fast."""
    page.get_by_label("Tempo").select_option("fast")
    button(page, "Wacht tot de tijd om is").click()


def transcript(page: Page) -> list[str]:
    """The transcript's lines, without their seconds."""
    text = page.locator("#transcript").text_content() or ""
    return [" ".join(line.partition("#")[0].split()) for line in text.splitlines()]


def copied(page: Page) -> str:
    """The transcript of a call that is over, as the page's button copies it."""
    at(page, "idle")
    button(page, "Kopieer").click()
    expect(page.locator("#copied")).to_have_text("Gekopieerd")
    return str(page.evaluate("navigator.clipboard.readText()"))


def heard(page: Page) -> list[str]:
    """What the caller has heard, as it stands on the page."""
    return page.locator("#heard .helpline p").all_text_contents()


def now(page: Page) -> str | None:
    """The box of the picture where the call is."""
    return page.locator("#picture .now").get_attribute("data-box")


def lit(page: Page) -> set[str]:
    """The boxes of the picture that are lit."""
    found: list[str] = page.eval_on_selector_all("#picture .lit[data-box]", "all => all.map(each => each.dataset.box)")
    return set(found)
