"""Announcements in the console: made as the command line makes them, for one organisation or all, and ended."""

from __future__ import annotations

import pytest

from helpline.bootstrap import Helpline
from tests.console.changing import desk_of, live
from tests.console.visiting import Browser, heading

ANNOUNCE = "/console/announce?organisation=zeeland"
FORM = {
    "organisation": "zeeland",
    "text_nl": "Er is een storing.\nHet kan langer duren.",
    "text_en": "There is a fault.",
    "own": "",
    "until": "21:00",
}


def test_an_announcement_is_made_and_ended(anna: Browser, console_helpline: Helpline) -> None:
    """The form, its effect, live; then one tap and it is over."""
    asked = anna.submit(anna.get(ANNOUNCE), FORM)
    assert (asked.status_code, heading(asked)) == (200, "Zo klinkt het")
    done = anna.submit(asked, {})
    assert done.headers["location"] == "/console/announce"
    [made] = live(console_helpline)[1].announcements
    assert made.words == {"nl": "Er is een storing. Het kan langer duren.", "en": "There is a fault."}
    entry = desk_of(console_helpline).live().entry
    told = (entry.author, entry.action, entry.subject, entry.reason)
    assert told == ("anna", "announce", "for zeeland until 2026-11-23 21:00", "Meegedeeld")
    assert anna.submit(asked, {}).status_code == 303
    assert live(console_helpline)[0] == 2
    page = anna.get("/console/organisations/zeeland")
    assert "Er is een storing." in page.text
    assert anna.submit(page, {}).headers["location"] == "/console/announce"
    assert live(console_helpline)[1].announcements == ()
    anna.submit(page, {})
    assert live(console_helpline)[0] == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text_nl": ""}, ["Wat horen bellers?"]),
        ({"organisation": ""}, ["Voor wie?"]),
        ({"until": ""}, ["Deze tijd kan niet."]),
        ({"organisation": "nobody"}, ["announcement-of-nobody"]),
        ({"text_nl": "a" * 201}, ["announcement-words", "keep to 200"]),
        ({"text_nl": "Bel 0118 000 001"}, ["announcement-number", "leave it out"]),
    ],
)
def test_what_is_refused(anna: Browser, console_helpline: Helpline, typed: dict[str, str], words: list[str]) -> None:
    """With code and hint of the command line, and what was typed still there."""
    refused = anna.submit(anna.get(ANNOUNCE), FORM | typed)
    assert refused.status_code == 422
    assert [word for word in words if word not in refused.text] == []
    assert "There is a fault." in refused.text
    assert live(console_helpline)[0] == 1
