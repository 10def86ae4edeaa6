"""How long somebody stays signed in, what happens to what they typed, and what goes on without a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.console.entrance import MOST_CARRIED
from tests.clock import Clock
from tests.console.visiting import NOTE, PASSWORD, Browser, heading, hidden, is_sign_in, notes

NewBrowser = Callable[[], Browser]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEXT = 'Zeeland gebeld:\n"niemand" & <b>niets</b> é'


@pytest.fixture
def database_file(console_helpline: Helpline) -> Path:
    """The database, to be put away and back."""
    return Path(console_helpline.settings.database_url.removeprefix("sqlite:///"))


def test_a_session_at_rest_is_over(anna: Browser, console_clock: Clock) -> None:
    """Half an hour after the last request, and not before; each request begins it anew."""
    for _ in range(3):
        console_clock.moment += 29 * MINUTE
        assert anna.get("/console").status_code == 200
    console_clock.moment += 30 * MINUTE
    assert is_sign_in(anna.get("/console"))


def test_a_session_is_over_after_twelve_hours(anna: Browser, console_clock: Clock) -> None:
    """However busy it is."""
    for _ in range(31):
        console_clock.moment += 23 * MINUTE
        assert anna.get("/console").status_code == 200
    console_clock.moment += 7 * MINUTE
    assert is_sign_in(anna.get("/console"))


def test_a_removed_operator_is_out_at_once(anna: Browser, console_helpline: Helpline) -> None:
    """In the middle of a session."""
    operators = bootstrap.operators(console_helpline.settings)
    operators.remove("anna", at=console_helpline.clock(), by="root")
    assert is_sign_in(anna.get("/console"))


def test_what_was_typed_comes_back_after_the_sign_in(
    anna: Browser, console_clock: Clock, console_helpline: Helpline
) -> None:
    """A form sent after the session had ended: nothing is done and nothing is lost, through a wrong password too."""
    form = anna.get(NOTE)
    console_clock.moment += HOUR
    page = anna.submit(form, {"note": TEXT})
    assert is_sign_in(page)
    assert "Wat u had getypt is er nog" in page.text
    assert "<b>" not in page.text
    page = anna.submit(page, {"name": "anna", "password": "wrong horse battery", "code": ""})
    assert is_sign_in(page)
    page = anna.submit(page, {"name": "anna", "password": PASSWORD, "code": ""})
    assert page.status_code == 200
    assert "Wat u had getypt staat er nog, en er is nog niets veranderd." in page.text
    assert "<textarea>Zeeland gebeld:\n&#34;niemand&#34; &amp; &lt;b&gt;" in page.text
    assert notes(console_helpline) == []
    assert anna.submit(page, {"note": TEXT}).status_code == 303
    assert notes(console_helpline) == [TEXT]


def test_the_browsers_reload_does_nothing_twice(anna: Browser, console_clock: Clock) -> None:
    """The same sign-in sent again by somebody who is signed in shows the same page again."""
    form = anna.get(NOTE)
    console_clock.moment += HOUR
    page = anna.submit(form, {"note": "Zeeland"})
    fields = {**hidden(page.text), "name": "anna", "password": PASSWORD, "code": ""}
    pages = [anna.send(NOTE, fields) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert all("<textarea>Zeeland</textarea>" in page.text for page in pages)


def test_what_was_typed_is_nowhere_but_in_the_page(
    anna: Browser, console_clock: Clock, database_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is neither in the database nor in the log, nor is the token of the session that ended."""
    form = anna.get(NOTE)
    console_clock.moment += HOUR
    page = anna.submit(form, {"note": "a word that nobody keeps"})
    kept = b"".join(file.read_bytes() for file in database_file.parent.iterdir() if file.is_file())
    assert b"a word that nobody keeps" not in kept
    assert "a word that nobody keeps" not in "".join(capfd.readouterr())
    assert hidden(form.text)["csrf"] not in page.text


def test_too_much_text_is_told_and_not_carried(anna: Browser, console_clock: Clock) -> None:
    """The sign-in page does not grow without bounds; the browser's own page still has the text."""
    form = anna.get(NOTE)
    console_clock.moment += HOUR
    page = anna.submit(form, {"note": "x" * (MOST_CARRIED + 1)})
    assert is_sign_in(page)
    assert "te lang om mee te nemen" in page.text
    assert len(page.text) < 10_000


def test_without_a_database_pages_say_so(anna: Browser, database_file: Path) -> None:
    """A whole page, with what still works, to whoever was here a moment ago; the first one shows all but the record."""
    anna.get("/console")
    away = database_file.rename(database_file.with_name("away.db"))
    page = anna.get("/console")
    assert (page.status_code, heading(page)) == (503, "Nu")
    assert "De database is niet bereikbaar. Bellers worden gewoon doorverbonden" in page.text
    assert "volgens versie 1" in page.text
    assert "Gepubliceerd" not in page.text
    log = anna.get("/console/log")
    assert (log.status_code, heading(log)) == (503, "De database is niet bereikbaar")
    away.rename(database_file)
    assert (anna.get("/console").status_code, anna.get("/console/log").status_code) == (200, 200)


def test_without_a_database_nobody_new_gets_in(browser: Browser, database_file: Path) -> None:
    """And is told that callers do; nor does a token that this process has never seen."""
    away = database_file.rename(database_file.with_name("away.db"))
    for page in (browser.sign_in(), browser.get("/console", Cookie="helpline-session=" + "t" * 43)):
        assert (page.status_code, heading(page)) == (503, "Aanmelden")
        assert "Bellers worden gewoon doorverbonden" in page.text
    away.rename(database_file)
    assert browser.sign_in().status_code == 303


def test_without_a_database_one_stays_for_a_few_minutes(
    anna: Browser, database_file: Path, console_clock: Clock
) -> None:
    """Not for ever: nobody could sign them out."""
    anna.get("/console")
    away = database_file.rename(database_file.with_name("away.db"))
    console_clock.moment += 10 * MINUTE
    assert heading(anna.get("/console")) == "Nu"
    console_clock.moment += MINUTE
    assert heading(anna.get("/console")) == "Aanmelden"
    away.rename(database_file)
    assert heading(anna.get("/console")) == "Nu"


def test_a_form_sent_without_a_database_can_be_sent_again(
    anna: Browser, database_file: Path, console_helpline: Helpline
) -> None:
    """What was typed is in the page that says so, behind a button."""
    form = anna.get(NOTE)
    away = database_file.rename(database_file.with_name("away.db"))
    page = anna.submit(form, {"note": TEXT})
    assert (page.status_code, heading(page)) == (503, "De database is niet bereikbaar")
    assert "Wat u had getypt is er nog." in page.text
    away.rename(database_file)
    assert anna.submit(page, {}).status_code == 303
    assert notes(console_helpline) == [TEXT]


def test_signing_out_without_a_database(anna: Browser, new_browser: NewBrowser, database_file: Path) -> None:
    """One is out here at once, and everywhere as soon as the database is back."""
    stolen = new_browser()
    stolen.client.cookies.set("helpline-session", anna.client.cookies["helpline-session"])
    form = anna.get(NOTE)
    away = database_file.rename(database_file.with_name("away.db"))
    page = anna.send("/console/sign-out", hidden(form.text))
    assert (page.status_code, heading(page)) == (503, "U bent hier afgemeld")
    assert is_sign_in(anna.get("/console"))
    away.rename(database_file)
    assert is_sign_in(stolen.get("/console"))
    assert anna.sign_in().status_code == 303
