"""A service with a console, its database and its operators: anna, rob who only reads, and eva with a second factor."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import REGIONS, TODAY
from tests.console.visiting import SECRET, Browser, console_of, let_in
from tests.desk import desk_with_version_1, settings_in
from tests.web.conftest import ARGUMENTS, CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser as RealBrowser
    from playwright.sync_api import Page

NARROW, WIDE = (360, 740), (1280, 860)
ELSEWHERE = "https://elsewhere.example/"


@pytest.fixture
def console_clock() -> Clock:
    """The clock of the service."""
    return Clock(TODAY)


@pytest.fixture
def console_settings(tmp_path: Path, settings: Settings) -> Settings:
    """Settings with a database of the test's own, where version 1 is live."""
    return settings_in(tmp_path, settings, REGIONS)


@pytest.fixture
def console_helpline(console_settings: Settings, console_clock: Clock) -> Helpline:
    """The helpline with its operators."""
    desk_with_version_1(console_settings, console_clock)
    helpline = bootstrap.helpline(console_settings, published=True, placeholders_allowed=True, clock=console_clock)
    let_in(helpline, "anna")
    let_in(helpline, "rob", "reader")
    let_in(helpline, "eva", secret=SECRET)
    return helpline


@pytest.fixture
def console(console_helpline: Helpline) -> Iterator[str]:
    """The running service: its address."""
    with console_of(console_helpline) as address:
        yield address


@pytest.fixture
def new_browser(console: str) -> Iterator[Callable[[], Browser]]:
    """Opens a browser that nobody has used before."""
    clients: list[httpx.Client] = []

    def opened() -> Browser:
        clients.append(httpx.Client(base_url=console, timeout=20))
        return Browser(clients[-1], console)

    yield opened
    for client in clients:
        client.close()


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    """One such browser."""
    return new_browser()


@pytest.fixture
def anna(browser: Browser) -> Browser:
    """The browser, in which anna is signed in."""
    assert browser.sign_in().status_code == 303
    return browser


@pytest.fixture(scope="module")  # of two that drive one at once, the second cannot start
def chromium() -> Iterator[RealBrowser]:
    """A real browser."""
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip(f"there is no {CHROMIUM}")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: RealBrowser, console: str) -> Iterator[Callable[..., Page]]:
    """Opens the console as somebody who never was there; afterwards nothing may have gone wrong, and nobody else asked.

    That a page is refused (403) or away (503) is told by the browser as well, and is no fault.
    """
    contexts, complaints, asked = [], [], set()

    def told(message: str) -> None:
        if "status of 4" not in message and "status of 5" not in message:
            complaints.append(message)

    def new_page(size: tuple[int, int] = NARROW, path: str = "/console", **options: Any) -> Page:
        seen = {"viewport": {"width": size[0], "height": size[1]}, "locale": "nl-NL", "base_url": console}
        contexts.append(chromium.new_context(**{**seen, **options}))
        contexts[-1].set_default_timeout(15_000)
        page = contexts[-1].new_page()
        page.on("console", lambda message: told(message.text))
        page.on("pageerror", lambda error: told(str(error)))
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        page.goto(path)
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert asked <= {*(urlsplit(each).netloc for each in (console, ELSEWHERE)), ""}  # "": what is in the page itself
