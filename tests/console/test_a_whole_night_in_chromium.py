"""A whole night at the console, as one operator lives it, in a real browser; after each step what callers get is told.

The service is rung, as by Twilio, before and after: what the pages say is not what is believed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from helpline.bootstrap import Helpline
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.events import Rang
from helpline.simulator.party import Answered, Busy, Keys
from helpline.simulator.player import Telephone
from helpline.storage.database import Database
from tests.axe import barriers
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TODAY, TOKEN
from tests.console.changing import desk_of, live
from tests.console.drafting import NEW, OLD
from tests.console.lively import lively
from tests.console.test_console_in_chromium import SIZES, drawer, sign_in, sticks_out
from tests.simulator.scripted import Scripted
from tests.web.driving import at, button, dial, transcript

Opened = Callable[..., Page]
ZEELAND, UTRECHT = "4331", "3511"
TAKEN_UP = 10_000  # milliseconds: all processes have it within one second, and the machine may be busy


@pytest.fixture
def telephone(console: str) -> Telephone:
    """Anybody's, at the number of the service."""
    twilio = Twilio(public_url=PUBLIC_URL, connect_to=console, auth_token=TOKEN, owned=(OWN_NUMBER,))
    return Telephone(twilio, TwilioNumber(OWN_NUMBER, status_callback="/voice/status"))


def rung(telephone: Telephone, postcode: str) -> list[str]:
    """The numbers that ring for a caller about this postcode, where the first is engaged."""
    call = telephone.call("+31612345601", Scripted(Keys(postcode), rings=(Busy(), Answered())))
    return [each.number for each in call.events if isinstance(each, Rang)]


def heading(page: Page, text: str) -> None:
    """Waits for the page of this name; there is no barrier on it, and nothing sticks out."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    assert (text, barriers(page), sticks_out(page)) == (text, [], 0)


def go(page: Page, entry: str) -> None:
    """By the navigation."""
    page.get_by_role("navigation").get_by_role("link", name=entry, exact=True).click()


def calls_go_by(page: Page, version: int) -> None:
    """The first page comes to say so by itself."""
    go(page, "Nu")
    told = page.get_by_role("heading", name=f"Bellers worden doorverbonden volgens versie {version}")
    expect(told).to_be_visible(timeout=TAKEN_UP)


@SIZES
def test_a_whole_night(
    opened: Opened, console_helpline: Helpline, telephone: Telephone, size: tuple[int, int], tmp_path: Path
) -> None:
    """A dead line is diverted; a number is mended in a draft, tried, published, had back; and the figures are taken."""
    lively(Database(console_helpline.settings.database_url), TODAY, 2, [("zeeland", "advice")])
    page = opened(size, has_touch=True)
    heading(page, "Aanmelden")
    sign_in(page)
    heading(page, "Nu")
    expect(page.locator("#board > .big")).to_have_text("1 lijn neemt niet op.")

    its_own = rung(telephone, ZEELAND)
    page.locator("#board").get_by_role("link", name="Veilig Thuis Zeeland", exact=True).first.tap()
    heading(page, "Veilig Thuis Zeeland")
    for tapped in ("Advieslijn omleiden", "08:00", "Leid nu om"):
        page.get_by_text(tapped, exact=True).tap()
    expect(page.get_by_role("status")).to_contain_text("Veilig Thuis Zeeland is omgeleid: versie 2")
    heading(page, "Veilig Thuis Zeeland")
    [diversion] = live(console_helpline)[1].diversions
    assert (diversion.organisation, diversion.line, diversion.to) == ("zeeland", "advice", "west-brabant")
    calls_go_by(page, 2)
    assert its_own == ["+31118000001", "+31118000002"]
    assert rung(telephone, ZEELAND) == ["+31760000001", "+31760000002"]

    go(page, "Zoeken")
    page.get_by_label("Postcode, plaats of nummer").fill(UTRECHT)
    page.keyboard.press("Enter")
    expect(page.locator("#found section")).to_have_count(1)
    heading(page, "Zoeken")
    page.get_by_role("link", name="Veilig Thuis Utrecht").click()
    heading(page, "Veilig Thuis Utrecht")

    page.get_by_role("link", name="Wijzigen in een concept").click()
    heading(page, "Veilig Thuis Utrecht veranderen")
    page.get_by_label("Naam").fill("Nieuwe centrale")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Liever in vakjes invullen").click()
    heading(page, "Veilig Thuis Utrecht")
    numbers = page.get_by_label("Nummers").first
    numbers.fill(numbers.input_value().replace(OLD, NEW))
    page.get_by_role("button", name="Bewaar in het concept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nieuwe centrale")
    heading(page, "Nieuwe centrale")
    assert rung(telephone, UTRECHT) == ["+31300000001", "+31300000002"]

    page.get_by_role("link", name="Bekijk en publiceer").click()
    heading(page, "Nieuwe centrale publiceren")
    expect(page.locator(".difference").first).to_contain_text("+31300000009")
    expect(page.get_by_text("1 van 1 gingen zoals opgeschreven")).to_be_visible()
    page.get_by_role("link", name="Bekijk ze").click()
    heading(page, "Nieuwe centrale nagespeeld")
    page.get_by_text("Hoe het ging").click()
    expect(page.locator("details pre")).to_contain_text("utrecht advice 1")
    page.get_by_role("link", name="Terug naar publiceren").click()
    page.get_by_role("link", name="Bel zelf").click()
    ring_the_draft(page)
    page.go_back()

    heading(page, "Nieuwe centrale publiceren")
    page.get_by_label("Waarom").fill("Utrecht belde: andere centrale")
    page.get_by_role("button", name="Publiceer").click()
    heading(page, "Versie 3")
    calls_go_by(page, 3)
    assert rung(telephone, UTRECHT) == ["+31300000001", "+31300000009"]
    assert rung(telephone, ZEELAND) == ["+31760000001", "+31760000002"]

    go(page, "Logboek")
    heading(page, "Logboek")
    published = page.get_by_role("row").filter(has_text="Utrecht belde: andere centrale")
    expect(published).to_contain_text("publiceerde")
    published.get_by_role("link", name="3", exact=True).click()
    heading(page, "Versie 3")
    page.get_by_role("link", name="De vorige").click()
    page.get_by_label("Waarom").fill("Toch niet")
    page.get_by_role("button", name="Ga terug naar versie 2").click()
    expect(page.get_by_role("status")).to_contain_text("Versie 4 is live")
    heading(page, "Versie 4")
    calls_go_by(page, 4)
    assert rung(telephone, UTRECHT) == ["+31300000001", "+31300000002"]
    assert rung(telephone, ZEELAND) == ["+31760000001", "+31760000002"]

    go(page, "Cijfers")
    page.get_by_role("link", name="Gisteren").click()
    heading(page, "Cijfers")
    with page.expect_download() as download:
        page.get_by_role("link", name="Als CSV").click()
    assert download.value.suggested_filename == "helpline-2026-11-22-2026-11-22-region.csv"
    download.value.save_as(tmp_path / "yesterday.csv")
    assert "\nzeeland," in (tmp_path / "yesterday.csv").read_text("utf-8")

    drawer(page)
    page.get_by_role("button", name="Afmelden").click()
    heading(page, "U bent afgemeld")
    page.goto("/console/reports")
    heading(page, "Aanmelden")
    told = [(each.author, each.action) for each in desk_of(console_helpline).versions.log()]
    done = ("divert", "begin", "publish", "rollback")
    assert [each for each in told if each[1] in done] == [
        ("anna", "publish"),
        *(("anna", each) for each in done),
    ]


def ring_the_draft(page: Page) -> None:
    """By the telephone in the browser: its second number is rung where the first is engaged."""
    expect(page.get_by_text("Nieuwe centrale")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_label("Tempo").select_option("fast")
    button(page, "Bellen").click()
    dial(page, UTRECHT)
    page.get_by_label("Tempo").select_option("fast")
    button(page, "In gesprek").click()
    expect(page.locator("#line")).to_contain_text("2e nummer")
    button(page, "Neemt op").click()
    button(page, "Beëindig het gesprek").click()
    at(page, "idle")
    assert transcript(page)[-3:] == ["rings utrecht advice 2", "answered", "ends"]
