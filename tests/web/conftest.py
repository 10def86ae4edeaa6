"""The two sides of the wire: Twilio's, connected to the running service, and a real browser's, which may ring one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from helpline import bootstrap
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import TODAY
from tests.web.browser import ringable
from tests.web.carrier import Carrier

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

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
WIDE = (1400, 900)


@pytest.fixture
def carrier(address: str) -> Iterator[Carrier]:
    """Signed requests to the running service."""
    with httpx.Client(base_url=address) as client:
        yield Carrier(client)


@pytest.fixture(scope="module")
def phone_clock() -> Clock:
    """The clock of the service that is rung."""
    return Clock(TODAY)


@pytest.fixture(scope="module")
def ringable_service(settings: Settings, phone_clock: Clock) -> Iterator[str]:
    """The service's address."""
    helpline = bootstrap.helpline(settings, placeholders_allowed=True, unread_languages=True, clock=phone_clock)
    with ringable(helpline) as (address, _):
        yield address


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that nobody has used before."""
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip(f"there is no {CHROMIUM}")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as started:
        folder = tmp_path_factory.mktemp("chromium")
        context = started.chromium.launch_persistent_context(folder, executable_path=CHROMIUM, args=ARGUMENTS)
        context.set_default_timeout(15_000)
        yield context
        context.close()


@pytest.fixture
def phone(chromium: BrowserContext, ringable_service: str, phone_clock: Clock) -> Iterator[Callable[..., Page]]:
    """Opens the page; afterwards it must have complained of nothing, and have asked nobody but us."""
    phone_clock.moment = TODAY
    page, complaints, asked = chromium.new_page(), [], set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.partition("/phone")[0]))

    def opened(query: str = "?pace=fast", size: tuple[int, int] = WIDE) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{ringable_service}/phone{query}")
        return page

    yield opened
    page.close()
    assert complaints == []
    assert asked <= {ringable_service, "data:,"}
