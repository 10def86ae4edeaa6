"""Whole calls with the telephone in a real browser, from dialling to the transcript that is copied and played again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Table
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from tests.clock import Clock
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.driving import at, button, copied, dial, heard, lit, now, run_on

NIGHT = datetime(2026, 11, 22, 23, 10, tzinfo=AMSTERDAM)
Replayed = Callable[[str], list[str]]


@pytest.fixture
def replayed(chromium: BrowserContext, ringable_service: str, table: Table) -> Replayed:
    """Plays a copied transcript against the same service; its lines, without their seconds, once all of them held."""
    chromium.grant_permissions(["clipboard-read", "clipboard-write"], origin=ringable_service)
    twilio = Twilio(public_url=PUBLIC_URL, connect_to=ringable_service, auth_token=TOKEN, owned=(OWN_NUMBER,))
    telephone = Telephone(twilio, TwilioNumber(OWN_NUMBER, status_callback="/voice/status"))

    def lines(text: str) -> list[str]:
        rehearsal = rehearse(parse(text, "copied.call"), telephone, table.line_of)
        assert rehearsal.ok, rehearsal.report()
        return [" ".join(line.partition("  #")[0].split()) for line in text.splitlines()]

    return lines


def test_a_landline_where_silence_connects(phone: Callable[..., Page], replayed: Replayed) -> None:
    """A caller from Utrecht hears what silence does, presses nothing, and is put through there; the second answers."""
    page = phone()
    page.get_by_role("radio", name="Vaste lijn in Utrecht").check()
    button(page, "Bellen").click()
    at(page, "question")
    expect(page.get_by_role("progressbar", name="Tijd om te antwoorden")).to_be_visible()
    expect(page.locator("#caption")).to_contain_text("Toets de vier cijfers. Of wacht op Veilig Thuis Utrecht.")
    expect(page.locator("#line")).to_have_text("Utrecht, advies, 1e nummer")
    button(page, "Neemt niet op").click()
    expect(page.locator("#line")).to_have_text("Utrecht, advies, 2e nummer")
    expect(page.locator("#heard")).to_contain_text("Niet doorverbonden: neemt niet op")
    button(page, "Neemt op").click()
    expect(page.locator("#state")).to_have_text("Beller en medewerker zijn verbonden")
    assert lit(page) == {"opening", "place", "no_answer", "put_through", "ring_advice"}
    button(page, "Beëindig het gesprek").click()
    lines = replayed(copied(page))
    assert heard(page)[:2] == ["Veilig Thuis. Direct gevaar? Bel 1 1 2.", "In danger? Call 1 1 2."]
    assert "Of wacht op Veilig Thuis Utrecht." in heard(page)
    assert lines[0] == "from +31300123456"
    assert lines[lines.index("waits") :] == [
        "waits",
        "hears U wordt verbonden.",
        "rings utrecht advice 1",
        "no answer",
        "hears Nog geen gehoor. Wij bellen verder.",
        "rings utrecht advice 2",
        "answered",
        "ends",
    ]


def test_a_postcode_is_keyed_over_the_words(phone: Callable[..., Page], replayed: Replayed) -> None:
    """Somebody who knows the way keys 3011 while the question is being said; what was cut off is in no transcript."""
    page = phone("?pace=real")
    button(page, "Bellen").click()
    for already in (1, 2):
        expect(page.locator("#heard li")).to_have_count(already)
        button(page, "Sla over").click()
    expect(page.locator("#heard li")).to_have_count(3)
    for key in "3011":
        page.locator(f"[data-key='{key}']").click()
    page.get_by_label("Tempo").select_option("fast")
    expect(page.locator("#line")).to_have_text("Rotterdam Rijnmond, advies, 1e nummer")
    assert (now(page), lit(page)) == ("ring_advice", {"opening", "place", "put_through", "ring_advice"})
    button(page, "Neemt op").click()
    button(page, "Beëindig het gesprek").click()
    lines = replayed(copied(page))
    assert lines[3:6] == [
        "hears Om welke postcode gaat het? Toets de vier cijfers.",
        "presses 3011 at once",
        "hears U wordt verbonden.",
    ]
    assert "Artsen: nul één." not in heard(page)
    assert now(page) == "over"


def test_a_doctor_by_day(phone: Callable[..., Page], replayed: Replayed) -> None:
    """01 and a postcode ring the vertrouwensarts, who hears who is calling and accepts by pressing 1."""
    page = phone()
    button(page, "Bellen").click()
    dial(page, "01")
    run_on(page)
    dial(page, "3511")
    page.get_by_label("Tempo").select_option("fast")
    expect(page.locator("#line")).to_have_text("Utrecht, vertrouwensarts, 1e nummer")
    expect(page.locator("#heard")).to_contain_text("U wordt verbonden met de vertrouwensarts.")
    assert {"code", "patient", "doctors_line"} <= lit(page)
    assert now(page) == "ring_doctors"
    button(page, "Neemt op").click()
    expect(page.locator("#whispered li")).to_have_text(
        ["Veilig Thuis.", "Beller zegt arts te zijn.", "Toets 1 om te spreken.", "en toetst 1", "Verbonden."]
    )
    button(page, "Beëindig het gesprek").click()
    lines = replayed(copied(page))
    assert lines[lines.index("rings utrecht doctors 1") :] == [
        "rings utrecht doctors 1",
        "worker hears Veilig Thuis.",
        "worker hears Beller zegt arts te zijn.",
        "worker hears Toets 1 om te spreken.",
        "worker hears Verbonden.",
        "answered",
        "ends",
    ]


def test_a_doctor_at_night(phone: Callable[..., Page], replayed: Replayed, phone_clock: Clock) -> None:
    """When nobody is on duty the doctor hears why, and the organisation is rung and told that a doctor is calling."""
    phone_clock.moment = NIGHT
    page = phone()
    button(page, "Bellen").click()
    dial(page, "01")
    run_on(page)
    dial(page, "3511")
    page.get_by_label("Tempo").select_option("fast")
    expect(page.locator("#line")).to_have_text("Utrecht, advies, 1e nummer")
    assert heard(page)[-1] == (
        "De vertrouwensarts is er nu niet, wel maandag tot en met vrijdag van 9 uur tot 17 uur, niet op feestdagen."
        " Wij verbinden u met Veilig Thuis Utrecht."
    )
    assert {"code", "patient", "doctors_line"} <= lit(page)
    assert now(page) == "ring_advice"
    button(page, "Neemt op").click()
    expect(page.locator("#whispered li")).to_have_text(["Veilig Thuis.", "Beller zegt arts te zijn."])
    button(page, "Beëindig het gesprek").click()
    lines = replayed(copied(page))
    assert lines[-5:-3] == ["rings utrecht advice 1", "worker hears Veilig Thuis."]
    assert "ring_doctors" not in lit(page)


WAYS = {"busy": "In gesprek", "no answer": "Neemt niet op", "declined": "Weigert", "failed": "Onbereikbaar"}
CHAIN = [
    "utrecht advice 1",
    "utrecht advice 2",
    "gooi-en-vechtstreek advice 1",
    "gooi-en-vechtstreek advice 2",
    "landelijk advice 1",
]


def test_nobody_can_be_reached(phone: Callable[..., Page], replayed: Replayed) -> None:
    """Every line of every route fails, once more round too; the last words are 112 and when to ring again."""
    page = phone()
    button(page, "Bellen").click()
    dial(page, "01")
    run_on(page)
    dial(page, "3511")
    page.get_by_label("Tempo").select_option("fast")
    ends = ["voicemail", *WAYS, *WAYS, "busy", "no answer"]
    for count, way in enumerate(ends, start=1):
        expect(page.locator("#heard .note").filter(has_text="Telefoon:")).to_have_count(count, timeout=15_000)
        at(page, "ringing")
        button(page, WAYS.get(way, "Voicemail")).click()
    lines = replayed(copied(page))
    rings = [line.removeprefix("rings ") for line in lines if line.startswith("rings")]
    assert rings == ["utrecht doctors 1", *CHAIN, *CHAIN]
    assert [line for line in lines if line in ends] == ends
    said = heard(page)
    assert "De vertrouwensarts is nu niet te bereiken. Wij verbinden u met een medewerker." in said
    assert sum("wij proberen het nog een keer. In gevaar? Hang op en bel 1 1 2." in each for each in said) == 1
    assert said[-1].startswith("Het spijt ons, er is nu niemand bereikbaar. In gevaar? Bel 1 1 2. Bel ons over tien")
    assert {"ring_doctors", "ring_advice", "nobody_reached", "over"} <= lit(page)
    expect(page.locator("#state")).to_have_text("Het gesprek is afgelopen")
