"""Diversions in the console: made as the command line makes them, once, on what was seen; and ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from helpline.bootstrap import Helpline
from helpline.directory.content import Diversion
from helpline.publishing import at_once
from tests.clock import Clock
from tests.conftest import TODAY
from tests.console.changing import DIVERSION, DIVERT, desk_of, live
from tests.console.visiting import Browser, heading, hidden

MADE = Diversion("zeeland", "advice", "west-brabant", False, TODAY + timedelta(hours=1), "anna", "Neemt niet op")


def divert_elsewhere(helpline: Helpline, diversion: Diversion = MADE) -> None:
    """Rob does it from the command line, at the same time."""
    desk, its = desk_of(helpline), replace(diversion, author="rob")
    desk.publish(at_once.divert(desk, desk.live(), its), "rob", its.reason)


def test_a_line_is_diverted(anna: Browser, console_helpline: Helpline) -> None:
    """The form, the effect as the command line tells it, and live with the name of who did it."""
    asked = anna.submit(anna.get(DIVERT), DIVERSION)
    assert (asked.status_code, heading(asked)) == (200, "Zo gaat het")
    assert "diversion of zeeland advice: - → rings west-brabant until 2026-11-23 12:00" in asked.text
    assert live(console_helpline)[0] == 1
    done = anna.submit(asked, {})
    assert (done.status_code, done.headers["location"]) == (303, "/console/organisations/zeeland")
    number, content = live(console_helpline)
    assert (number, content.diversions) == (2, (MADE,))
    entry = desk_of(console_helpline).live().entry
    assert (entry.author, entry.action, entry.reason) == ("anna", "divert", "Neemt niet op")
    assert entry.subject == "zeeland advice to west-brabant until 2026-11-23 12:00"
    shown = anna.get("/console/organisations/zeeland").text
    assert "Veilig Thuis Zeeland is omgeleid: versie 2" in shown
    assert "Gaat over bij Veilig Thuis West-Brabant" in shown


def test_the_same_confirmation_twice_is_one_version(anna: Browser, console_helpline: Helpline) -> None:
    """A thumb that slips makes nothing twice, and is told the same."""
    asked = anna.submit(anna.get(DIVERT), DIVERSION)
    first, second = anna.submit(asked, {}), anna.submit(asked, {})
    assert first.headers["location"] == second.headers["location"]
    assert live(console_helpline)[0] == 2


def test_what_was_published_meanwhile_is_shown_and_it_is_asked_again(anna: Browser, console_helpline: Helpline) -> None:
    """Nothing is done on what was not seen; all that was chosen is still there."""
    asked = anna.submit(anna.get(DIVERT), DIVERSION)
    divert_elsewhere(console_helpline, replace(MADE, organisation="drenthe", to="friesland"))
    again = anna.submit(asked, {})
    assert (again.status_code, heading(again)) == (200, "Zo gaat het")
    assert "intussen is versie 2 gepubliceerd, door rob" in again.text
    assert live(console_helpline)[0] == 2
    assert anna.submit(again, {}).status_code == 303
    assert [each.organisation for each in live(console_helpline)[1].diversions] == ["drenthe", "zeeland"]


@pytest.mark.parametrize(
    ("typed", "to", "accept"),
    [
        ({"to": "number", "number": "06 1234 5601"}, "+31612345601", True),
        ({"to": "number", "number": "06-12345601", "answers": "switchboard"}, "+31612345601", False),
        ({"to": "other", "other": "drenthe"}, "drenthe", False),
    ],
)
def test_to_a_number_or_any_organisation(
    anna: Browser, console_helpline: Helpline, typed: dict[str, str], to: str, accept: bool
) -> None:
    """Whoever answers at a number must press 1, unless it is said; an organisation answers as its file says."""
    anna.submit(anna.submit(anna.get(DIVERT), DIVERSION | typed), {})
    [made] = live(console_helpline)[1].diversions
    assert (made.to, made.accept) == (to, accept)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"to": "zeeland"}, ["diversion-circle", "It goes in a circle: zeeland → zeeland.", "end one of these"]),
        ({"to": "zeelandd"}, ["diversion-of-nobody", "did you mean &#34;zeeland&#34;?"]),
        ({"to": "number", "number": "0800 2000"}, ["is the helpline itself", "forwarding number"]),
        ({"to": "number", "number": "Rob"}, ["Dit nummer kan niet gebeld worden."]),
        ({"to": "other"}, ["Naar wie of welk nummer?"]),
        ({"chosen": "", "until": "half-nine"}, ["Deze tijd kan niet.", "&#34;half-nine&#34; is not a time."]),
        ({"chosen": "", "until": "2026-12-24 06:00"}, ["more than 14 days ahead"]),
        ({"reason": ""}, ["Wie na u kijkt moet dat kunnen lezen."]),
    ],
)
def test_what_is_refused(anna: Browser, console_helpline: Helpline, typed: dict[str, str], words: list[str]) -> None:
    """With code and hint of the command line; nothing is changed, and what was typed is still there."""
    refused = anna.submit(anna.get(DIVERT), DIVERSION | {"own": ""} | typed)
    assert refused.status_code == 422
    assert [word for word in words if word not in refused.text] == []
    assert "Er is niets veranderd." in refused.text
    assert typed.get("number", "") in refused.text
    assert live(console_helpline)[0] == 1


def test_something_else_is_chosen(anna: Browser, console_helpline: Helpline) -> None:
    """Back at the form with all that was chosen."""
    asked = anna.submit(anna.get(DIVERT), DIVERSION | {"own": "Rob belt terug"})
    form = anna.submit(asked, {"again": "1"})
    assert (form.status_code, 'value="Rob belt terug"' in form.text) == (200, True)
    assert 'value="west-brabant" checked' in form.text or '"west-brabant" selected' in form.text
    assert live(console_helpline)[0] == 1


def test_a_diversion_is_ended_in_one_tap(anna: Browser, console_helpline: Helpline) -> None:
    """And once: whoever taps again, or taps on what is another diversion by then, changes nothing."""
    divert_elsewhere(console_helpline)
    page = anna.get("/console/divert")
    done = anna.submit(page, {})
    assert done.headers["location"] == "/console/organisations/zeeland"
    assert live(console_helpline)[1].diversions == ()
    assert desk_of(console_helpline).live().entry.action == "end diversion"
    assert anna.submit(page, {}).headers["location"] == "/console/divert"
    assert "was er niet meer" in anna.get("/console/divert").text
    divert_elsewhere(console_helpline, replace(MADE, to="drenthe"))
    assert anna.submit(page, {}).status_code == 303
    assert live(console_helpline)[1].diversions[0].to == "drenthe"


def test_the_end_of_what_is_nobodys(anna: Browser, console_helpline: Helpline) -> None:
    """There is no such line, and nothing is ended."""
    divert_elsewhere(console_helpline)
    page = anna.get("/console/divert")
    gone = anna.send("/console/divert", {**hidden(page.text), "organisation": "nobody"})
    assert gone.status_code == 404
    assert live(console_helpline)[0] == 2


def test_a_reader_sees_and_cannot(new_browser: Callable[[], Browser], console_helpline: Helpline) -> None:
    """There is no button, and what is sent all the same is refused."""
    divert_elsewhere(console_helpline)
    rob = new_browser()
    rob.sign_in("rob")
    for path in ("/console/divert", DIVERT, "/console/organisations/zeeland", "/console/announce"):
        page = rob.get(path)
        assert page.status_code == 200
        assert page.text.count("<form") == 1  # the one in the drawer
        assert "West-Brabant" in page.text or "announce" in path
    csrf = hidden(page.text)["csrf"]
    for path in ("/console/divert", "/console/announce"):
        sent = rob.send(path, {**DIVERSION, "csrf": csrf, "organisation": "zeeland", "line": "advice"})
        assert (sent.status_code, heading(sent)) == (403, "U mag kijken, niet veranderen")
    assert live(console_helpline)[0] == 2


def test_the_question_comes_back_after_a_sign_in(
    anna: Browser, console_helpline: Helpline, console_clock: Clock
) -> None:
    """Whose session ended at the question sees it again, and nothing is live before they say so once more."""
    asked = anna.submit(anna.get(DIVERT), DIVERSION | {"chosen": "2026-11-24 06:00"})
    console_clock.moment += timedelta(hours=1)
    sign_in = anna.submit(asked, {})
    assert sign_in.status_code == 403
    again = anna.submit(sign_in, {"name": "anna", "password": "correct horse battery"})
    assert heading(again) == "Zo gaat het"
    assert live(console_helpline)[0] == 1
    assert anna.submit(again, {}).status_code == 303
    assert live(console_helpline)[0] == 2


@pytest.mark.parametrize("query", ["organisation=nobody&line=advice", "organisation=landelijk&line=doctors"])
def test_a_line_that_is_not_there(anna: Browser, query: str) -> None:
    """There is no form for it."""
    assert anna.get(f"/console/divert?{query}").status_code == 404
