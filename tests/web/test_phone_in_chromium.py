"""The telephone in a real browser: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import TODAY
from tests.web.browser import ringable

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import BrowserContext, Locator, Page, expect, sync_playwright  # noqa: E402

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NIGHT = datetime(2026, 11, 22, 23, 10, tzinfo=AMSTERDAM)
NARROW, WIDE = (360, 740), (1400, 900)
pytestmark = pytest.mark.skipif(not os.access(CHROMIUM, os.X_OK), reason=f"there is no {CHROMIUM}")


@pytest.fixture(scope="module")
def clock() -> Clock:
    """The clock of the service that is rung."""
    return Clock(TODAY)


@pytest.fixture(scope="module")
def service(settings: Settings, clock: Clock) -> Iterator[str]:
    """The service's address."""
    helpline = bootstrap.helpline(settings, placeholders_allowed=True, unread_languages=True, clock=clock)
    with ringable(helpline) as (address, _):
        yield address


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that nobody has used before."""
    with sync_playwright() as started:
        folder = tmp_path_factory.mktemp("chromium")
        context = started.chromium.launch_persistent_context(folder, executable_path=CHROMIUM, args=ARGUMENTS)
        context.set_default_timeout(15_000)
        yield context
        context.close()


@pytest.fixture
def phone(chromium: BrowserContext, service: str, clock: Clock) -> Iterator[Callable[..., Page]]:
    """Opens the page; afterwards it must have complained of nothing, and have asked nobody but us."""
    clock.moment = TODAY
    page, complaints, asked = chromium.new_page(), [], set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.partition("/phone")[0]))

    def opened(query: str = "?pace=fast", size: tuple[int, int] = WIDE) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{service}/phone{query}")
        return page

    yield opened
    page.close()
    assert complaints == []
    assert asked <= {service, "data:,"}


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


def lit(page: Page) -> set[str]:
    """The boxes of the picture that are lit."""
    found: list[str] = page.eval_on_selector_all("#picture .lit[data-box]", "all => all.map(each => each.dataset.box)")
    return set(found)


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


def test_a_doctor_at_night(phone: Callable[..., Page], clock: Clock) -> None:
    """A doctor hears that the vertrouwensarts is closed, and the organisation is rung."""
    clock.moment = NIGHT
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


def test_a_number_that_is_none(chromium: BrowserContext, service: str) -> None:
    """The page says so, and how a number is written; no call begins."""
    page = chromium.new_page()
    page.goto(f"{service}/phone")
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
    """How far the page is wider than its window, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
