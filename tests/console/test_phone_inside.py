"""The telephone in the browser for operators: behind the sign-in, for what is live or a draft, apart from callers."""

from __future__ import annotations

from helpline.bootstrap import Helpline
from tests.console.drafting import NAME, begin, save
from tests.console.visiting import Browser
from tests.web.browser import Browser as PhoneBrowser

RINGS = [("keys", "3511"), ("ring", "answered")]


def rung(browser: Browser, draft: str) -> str:
    """The transcript of a call from a mobile telephone to Utrecht."""
    phone = PhoneBrowser(browser.client)
    begun = phone.post("/phone/calls", {"caller": "+31612345601", "draft": draft})
    assert begun.status_code == 201, begun.text
    return str(phone.play(f"/phone/calls/{begun.json()['token']}", RINGS)[-1]["transcript"])


def test_nobody_rings_before_the_sign_in(browser: Browser) -> None:
    """The page leads to where one signs in, and all else is refused."""
    assert browser.get("/phone").headers["location"] == "/console/phone"
    assert PhoneBrowser(browser.client).post("/phone/calls", {"caller": "+31612345601"}).status_code == 403
    assert browser.get("/phone/static/phone.js", Sec_Fetch_Mode="no-cors").status_code == 403


def test_what_is_live_is_rung(anna: Browser, console_helpline: Helpline) -> None:
    """A whole call is played; the service itself has counted nothing of it."""
    before = console_helpline.metrics.exposition()
    assert anna.get("/phone").status_code == 200
    assert "rings         utrecht advice 1" in rung(anna, "")
    assert console_helpline.metrics.exposition() == before


def test_a_draft_is_rung(anna: Browser) -> None:
    """With its own numbers; its name stands on the page, and one that is not there or not sound is told."""
    begin(anna)
    save(anna, 'numbers = ["+31 30 000 0001", "+31 30 000 0002"]', 'numbers = ["+31 30 000 0007"]')
    assert NAME in anna.get(f"/phone?draft={NAME}").text
    assert f"Concept {NAME}" in anna.get("/console/phone").text
    assert "rings         utrecht advice 1" in rung(anna, NAME)
    phone = PhoneBrowser(anna.client)
    assert phone.post("/phone/calls", {"caller": "+31612345601", "draft": "x"}).json() == {"problem": "draft"}
    save(anna, '    "Zeist",\n', "")
    assert phone.post("/phone/calls", {"caller": "+31612345601", "draft": NAME}).status_code == 409
