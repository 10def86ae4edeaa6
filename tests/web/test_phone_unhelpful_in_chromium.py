"""The telephone in a real browser, wired to a service that gives no call: the page says what Twilio would, and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from helpline import bootstrap
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import TODAY
from tests.simulator import service as elsewhere
from tests.simulator.service import Reply, Service, twiml

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from tests.web.browser import ringable
from tests.web.driving import at, button, heard

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
NO_CALL = "De hulplijn gaf geen bruikbaar antwoord: Twilio zegt dat er iets misging, en hangt op"
IN_CIRCLES = "De hulplijn stuurt dit gesprek in een kring rond; hier is het na 200 antwoorden gestopt"
NOT_PLAYED = "Twilio ging hier verder, deze telefoon kan dat niet"
PAGE = Reply(b"<!doctype html><title>Oops</title>", content_type="text/html")
ROUND = Reply(status=302, headers=(("Location", "/voice"),))


@pytest.fixture(scope="module")
def unhelpful() -> Iterator[Service]:
    """The service that is rung."""
    with elsewhere.serving() as running:
        running.on("/voice/status", Reply(status=204))
        yield running


@pytest.fixture(scope="module")
def ringable_service(settings: Settings, unhelpful: Service) -> Iterator[str]:
    """The address of the page whose telephone rings it."""
    helpline = bootstrap.helpline(settings, placeholders_allowed=True, unread_languages=True, clock=Clock(TODAY))
    with ringable(helpline, elsewhere=unhelpful.address) as (address, _):
        yield address


@pytest.mark.parametrize(
    ("answer", "shown", "said", "over"),
    [
        (Reply(), "Twilio meldt 11200: The answer is empty.", [APOLOGY], NO_CALL),
        (Reply(b"rubbish"), "Twilio meldt 12100: The document is no XML", [APOLOGY], NO_CALL),
        (PAGE, "It is a web page, written for people.", [APOLOGY], NO_CALL),
        (ROUND, "Twilio meldt 11215: More than 10 redirects.", [APOLOGY], NO_CALL),
        (Reply(b" " * 70_000), "Twilio meldt 11750: The answer is larger than 64 kB.", [APOLOGY], NO_CALL),
        (twiml("<Redirect/>"), "", [], IN_CIRCLES),
        (
            twiml("<Say>Hallo</Say><Record/>"),
            "Dit kan niet worden gespeeld: line 1: this player",
            ["Hallo"],
            NOT_PLAYED,
        ),
    ],
    ids=["nothing", "rubbish", "page", "redirects", "70 kB", "circles", "not played"],
)
def test_what_is_shown(
    phone: Callable[..., Page], unhelpful: Service, answer: Reply, shown: str, said: list[str], over: str
) -> None:
    """The number and what it means, what the caller hears, why it ended; and another call can be made."""
    unhelpful.on("/voice", answer)
    page = phone()
    button(page, "Bellen").click()
    at(page, "idle")
    expect(page.locator("#state")).to_have_text(over)
    expect(page.locator("#heard")).to_contain_text(shown)
    assert heard(page) == said
    expect(button(page, "Opnieuw bellen")).to_be_visible()
