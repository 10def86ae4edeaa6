"""The reports over real HTTP: which days and groups, what is withheld, and the same as CSV."""

from __future__ import annotations

import csv
import io
import re

import pytest

from helpline.bootstrap import Helpline
from helpline.storage.database import Database
from tests.conftest import TODAY
from tests.console.lively import lively
from tests.console.test_now import words_of
from tests.console.visiting import Browser
from tests.reports.made import UNREACHED, Made, keep, keep_texts

PATH = "/console/reports"
YESTERDAY = "2026-11-22T12"


@pytest.fixture
def database(console_helpline: Helpline) -> Database:
    """The service's."""
    return Database(console_helpline.settings.database_url)


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of the first table, as they are seen."""
    table = page.partition("<tbody>")[2].partition("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    return {name: re.findall(r"<td>(?:<span[^>]*>)?([^<]*)", cells) for name, cells in rows}


def test_the_last_week_by_organisation(anna: Browser, database: Database) -> None:
    """Unless something else is asked for; today is not in it."""
    keep(database, (40, Made(YESTERDAY)), (10, UNREACHED._replace(hour=YESTERDAY)), (7, Made()))
    page = anna.get(PATH)
    assert "ma 16 nov tot en met zo 22 nov" in page.text
    assert rows_of(page.text)["Utrecht"][:5] == ["50", "80%", "0%", "0%", "10"]
    assert rows_of(page.text)["Samen"][0] == "50"


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("span=today", "ma 23 nov"),
        ("span=day", "zo 22 nov"),
        ("span=month", "za 24 okt tot en met zo 22 nov"),
        ("span=year", "zo 23 nov 2025 tot en met zo 22 nov"),
        ("from=2026-11-02&to=2026-11-03", "ma 2 nov tot en met di 3 nov"),
        ("from=2026-11-20", "vr 20 nov tot en met zo 22 nov"),
        ("span=fortnight", "ma 16 nov tot en met zo 22 nov"),
    ],
)
def test_which_days(anna: Browser, asked: str, days: str) -> None:
    """In words above the report; a word that is none is the last week."""
    assert f'<h2 id="calls">{days}</h2>' in anna.get(f"{PATH}?{asked}").text


@pytest.mark.parametrize("asked", ["from=2026-11-20&to=2026-11-02", "to=2026-11-24", "from=now", "from=&to=0000-00-00"])
def test_days_that_are_none(anna: Browser, asked: str) -> None:
    """They are told to be, with what was typed; of the CSV the page is shown."""
    page = anna.get(f"{PATH}?{asked}&by=line")
    assert page.status_code == 422
    assert "Zo zijn het geen dagen." in page.text
    assert all(f'value="{value}"' in page.text for value in re.findall("=([^&]+)", asked))
    assert anna.get(f"{PATH}/calls.csv?{asked}").headers["location"] == PATH


@pytest.mark.parametrize(
    ("by", "name", "figure"),
    [
        ("region", "Zeeland", "Wie nam op, per organisatie"),
        ("hour", "13:00", "Gesprekken per uur van de dag"),
        ("line", "vertrouwensarts", "Wie nam op, per lijn"),
        ("language", "Arabisch", "Wie nam op, per taal"),
        ("outcome", "Niemand nam op", "Gesprekken per afloop"),
    ],
)
def test_by_what(anna: Browser, database: Database, by: str, name: str, figure: str) -> None:
    """Each has a chart that is told to the ear by its title, and a table; none has a style of its own."""
    lively(database, TODAY, 3)
    page = anna.get(f"{PATH}?by={by}")
    assert name in rows_of(page.text)
    assert f'role="img" aria-label="{figure}"' in page.text
    assert " style=" not in page.text


def test_small_counts_are_withheld_in_chart_and_table(anna: Browser, database: Database) -> None:
    """An x to the eye, a word to the ear, a hatched bar in the chart."""
    keep(database, (40, Made(YESTERDAY)), (30, Made(YESTERDAY, "zeeland")), (3, Made(YESTERDAY, "drenthe")))
    page = anna.get(PATH).text
    assert rows_of(page)["Drenthe"][0] == "x"
    assert '<span aria-hidden="true">x</span><span class="aloud">weggelaten</span>' in page
    assert 'fill="url(#calls-withheld)"' in page
    assert "Een x is weggelaten" in page
    assert ">3<" not in page


def test_few_calls_and_none(anna: Browser, database: Database) -> None:
    """Both are said in words, without a chart."""
    assert "Geen gesprekken." in words_of(anna, PATH)
    keep(database, (4, Made(YESTERDAY)))
    assert "Minder dan vijf gesprekken: te weinig om meer te zeggen." in words_of(anna, PATH)
    assert "<figure" not in anna.get(PATH).text


def test_nothing_is_told_of_any_group_where_all_are_small(anna: Browser, database: Database) -> None:
    """All calls together are."""
    keep(database, *((1, Made(YESTERDAY, name)) for name in ("utrecht", "zeeland", "drenthe", "twente", "friesland")))
    assert "Hiernaar verdeeld is het te weinig om meer te zeggen." in words_of(anna, PATH)
    assert "Utrecht" not in anna.get(PATH).text


def test_texts_and_calls_under_way(anna: Browser, database: Database) -> None:
    """Beside the calls; an outcome by its name."""
    keep(database, (7, Made(complete=False)))
    keep_texts(database, **{"place": 12, "asked for a place": 6})
    words = words_of(anna, f"{PATH}?span=today")
    assert "Sms'jes: 18" in words
    assert "om een plaats gevraagd: 6" in words
    assert "Gesprekken die nog bezig zijn, en niet meegeteld: 7" in words


def test_numbers_that_failed_are_told_by_their_place(anna: Browser, database: Database) -> None:
    """Rounded, the worst first."""
    keep(database, (40, Made(YESTERDAY)), (23, Made(YESTERDAY, endings=("busy", "answered"))))
    assert "Utrecht, advieslijn 1 65 38% 25 0 0 0" in words_of(anna, PATH)


def test_the_csv_has_what_the_page_has(anna: Browser, database: Database) -> None:
    """With x for what is withheld, as a file with the days in its name."""
    keep(database, (40, Made(YESTERDAY)), (30, Made(YESTERDAY, "zeeland")), (3, Made(YESTERDAY, "drenthe")))
    [address] = re.findall(r'href="(/console/reports/calls.csv[^"]*)"', anna.get(PATH).text)
    answer = anna.get(address.replace("&amp;", "&"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="helpline-2026-11-16-2026-11-22-region.csv"' in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][:2] == ["region", "calls"]
    assert rows[1][:2] == ["drenthe", "x"]
    assert rows[-1][:2] == ["total", "73"]


def test_readers_see_reports(browser: Browser) -> None:
    """They change nothing."""
    browser.sign_in("rob")
    assert browser.get(PATH).status_code == 200
