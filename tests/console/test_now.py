"""The first page over real HTTP: what it tells of lines, diversions and calls, with a database and without."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from markupsafe import Markup

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.directory.content import Diversion
from helpline.settings import Settings
from helpline.storage.call_rows import written_hour
from helpline.storage.database import Database
from helpline.storage.tested_number import TestedNumber
from tests.clock import Clock
from tests.conftest import TODAY
from tests.console.visiting import Browser, console_of, let_in
from tests.desk import desk_with_version_1
from tests.reports.made import UNREACHED, Made, keep

NOW = written_hour(TODAY)
DEAD = UNREACHED._replace(hour=NOW, organisation="zeeland")


@pytest.fixture
def database(console_helpline: Helpline) -> Database:
    """The service's."""
    return Database(console_helpline.settings.database_url)


def read(html: str) -> str:
    """What is read in it."""
    return Markup(html).striptags()  # noqa: S704 - nobody shows it


def words_of(browser: Browser, path: str = "/console") -> str:
    """What is read on a page, in one line."""
    page = browser.get(path)
    assert page.status_code in (200, 503)
    return " ".join(read(page.text.partition("<main")[2]).split())


def row_of(browser: Browser, name: str) -> str:
    """What the list beside the map says of an organisation."""
    pattern = rf'<li class="([^"]*)"><a href="/console/organisations/{name}">(.*?)</a>'
    [row] = re.findall(pattern, browser.get("/console").text)
    return f"{row[0].split()[0]}: {read(row[1])}"


def test_a_line_that_nobody_answers_is_told(anna: Browser, database: Database) -> None:
    """Above, on the map and in the list, and until somebody answers."""
    assert "Er is geen lijn die niet opneemt." in words_of(anna)
    keep(database, (3, DEAD))
    assert "1 lijn neemt niet op." in words_of(anna)
    assert "Neemt niet op Veilig Thuis Zeeland, advieslijn De laatste 3 keer" in words_of(anna)
    assert row_of(anna, "zeeland").startswith("is-failing: ")
    keep(database, (1, Made(NOW, "zeeland")))
    assert "Er is geen lijn die niet opneemt." in words_of(anna)


def test_what_is_diverted_until_when(console_helpline: Helpline, console_clock: Clock, anna: Browser) -> None:
    """With where to, in the list too."""
    desk = bootstrap.publishing(console_helpline.settings, clock=console_clock)
    until = TODAY + timedelta(hours=7)
    diversion = Diversion("twente", "advice", "ijsselland", False, until, "anna", "Storing")
    content = replace(desk.live().content, diversions=(diversion,))
    desk.versions.publish(content, on=1, at=TODAY, author="anna", action="divert", subject="twente", reason="Storing")
    console_helpline.directory.look()
    console_helpline.directory.follow()
    told = "advieslijn naar Veilig Thuis IJsselland, tot vandaag 18:00"
    assert told in row_of(anna, "twente")
    assert row_of(anna, "twente").startswith("is-diverted: ")


def test_doctors_lines_close_by_the_clock(console_clock: Clock, anna: Browser) -> None:
    """At eleven they are open, at six not."""
    assert "vertrouwensarts nu gesloten" not in row_of(anna, "utrecht")
    console_clock.moment = TODAY + timedelta(minutes=29)
    anna.get("/console")
    console_clock.moment = TODAY + timedelta(hours=7)
    anna.sign_in()
    assert "vertrouwensarts nu gesloten" in row_of(anna, "utrecht")


def test_a_test_call_that_nobody_accepted_is_told(console_helpline: Helpline, anna: Browser) -> None:
    """By the place of the number in its line, not by the number; until it is accepted, or is in no line any more."""
    numbers = console_helpline.directory.current.organisations["utrecht"].advice.numbers
    rung, second = console_helpline.rung, TestedNumber("utrecht", "advice", numbers[1])
    rung.add(second, "no-answer", TODAY - timedelta(hours=2))
    rung.add(TestedNumber("utrecht", "advice", "+31300000099"), "busy", TODAY)
    assert "advieslijn, nummer 2 De laatste proefoproep nam niemand aan: geen gehoor, vandaag 09:00." in words_of(anna)
    assert "in gesprek" not in words_of(anna)
    rung.add(second, "accepted", TODAY)
    assert "Proefoproep" not in words_of(anna)


def test_how_many_called_is_told_with_small_counts_withheld(anna: Browser, database: Database) -> None:
    """In the last hours, and in a day."""
    keep(database, (40, Made(NOW)), (3, Made(NOW, "drenthe")), (20, Made("2026-11-22T20", "zeeland")))
    words = words_of(anna)
    assert "Sinds vandaag 10:00 Organisatie Gebeld Opgenomen Niemand" in words
    assert "Samen 43" in words and "Samen 63" in words
    assert "Drenthe 3" not in words
    assert "Te weinig om te vertellen: Drenthe" in words


def test_few_calls_and_none(anna: Browser, database: Database) -> None:
    """Both are said in words."""
    assert words_of(anna).count("Geen gesprekken.") == 2
    keep(database, (2, Made(NOW)))
    assert words_of(anna).count("Minder dan vijf gesprekken: te weinig om meer te zeggen.") == 2


def test_without_a_database_it_shows_what_memory_knows(console_helpline: Helpline, anna: Browser) -> None:
    """The map too, which says nothing of who answers; callers are put through."""
    anna.get("/console")
    path = Path(console_helpline.settings.database_url.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".away"))
    page = anna.get("/console")
    words = words_of(anna)
    assert page.status_code == 503
    assert "De database is niet bereikbaar. Bellers worden gewoon doorverbonden" in words
    assert "Of de lijnen opnemen is nu niet bekend." in words
    assert "is-failing" not in page.text and "is-placeholder" in page.text
    assert "Gebeld" not in words


def test_without_outlines_there_is_no_map_and_all_else(
    console_settings: Settings, console_clock: Clock, regions: Path
) -> None:
    """A fault of the map is a fault of nothing else."""
    settings = console_settings.model_copy(update={"helpline_regions": regions})
    desk_with_version_1(settings, console_clock)
    helpline = bootstrap.helpline(settings, published=True, placeholders_allowed=True, clock=console_clock)
    let_in(helpline, "anna")
    (regions / "geography" / "outlines.json").unlink()
    with console_of(helpline) as address, httpx.Client(base_url=address) as client:
        browser = Browser(client, address)
        browser.sign_in()
        assert "Er is geen lijn die niet opneemt." in words_of(browser)
        assert 'class="map' not in browser.get("/console").text


def test_each_organisation_is_a_link_to_its_page(console_helpline: Helpline, anna: Browser) -> None:
    """From the map, and from the list with the national desk."""
    page = anna.get("/console").text
    named = set(re.findall(r'<li [^>]*><a href="/console/organisations/([a-z-]+)">', page))
    assert named >= set(console_helpline.directory.current.organisations)


def test_nothing_on_it_has_a_style_of_its_own(anna: Browser, database: Database) -> None:
    """The security policy would refuse it."""
    keep(database, (3, DEAD))
    assert " style=" not in anna.get("/console").text
