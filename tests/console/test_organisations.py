"""Organisations in the console: the list, and a page each with lines, area, chain as lived and how calls went."""

from __future__ import annotations

import re
from datetime import timedelta

from helpline.bootstrap import Helpline
from helpline.console.chain import lived
from helpline.directory.table import Table
from helpline.flow.call import RING_SECONDS
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.storage.tested_number import TestedNumber
from tests.conftest import TODAY
from tests.console.visiting import Browser, heading

CATALOGUE = Catalogue(language.load())


def test_all_are_listed(anna: Browser, console_helpline: Helpline) -> None:
    """Each with a link, the national desk last; one whose number did not answer says so."""
    numbers = console_helpline.directory.current.organisations["drenthe"].advice.numbers
    console_helpline.rung.add(TestedNumber("drenthe", "advice", numbers[0]), "no-answer", TODAY - timedelta(hours=2))
    page = anna.get("/console/organisations")
    links = re.findall(r'<th scope="row".*?href="/console/organisations/([a-z-]+)"', page.text)
    assert (len(links), links[-1]) == (27, "landelijk")
    assert page.text.count("neemt niet op") == 1
    assert "1 niet aangenomen" in page.text


def test_a_page_tells_all_of_one(anna: Browser, console_helpline: Helpline) -> None:
    """Lines with numbers as people write them, when each was rung, hours, area, stand-in."""
    numbers = console_helpline.directory.current.organisations["utrecht"].advice.numbers
    console_helpline.rung.add(TestedNumber("utrecht", "advice", numbers[0]), "accepted", TODAY - timedelta(days=1))
    page = anna.get("/console/organisations/utrecht")
    assert heading(page) == "Veilig Thuis Utrecht"
    for words in ("030 000 0001", "aangenomen", "nog nooit gebeld", "maandag tot en met vrijdag van 9 uur", "Zeist"):
        assert words in page.text
    assert "/console/organisations/gooi-en-vechtstreek" in page.text
    assert "/console/drafts/edit/utrecht" in page.text
    assert anna.get("/console/organisations/nobody").status_code == 404


def test_the_chain_is_lived_as_the_conversation_has_it(table: Table) -> None:
    """Each number once, and once more round; words between them; the last is what is said when all were tried."""
    steps = lived(table, "utrecht", CATALOGUE)
    rung = [step.route.number for step in steps if step.route]
    routes = [route.number for route in table.routes("advice", "utrecht")]
    assert rung == routes * 2
    assert {step.seconds for step in steps if step.route} == {RING_SECONDS + 5}
    assert (steps[0].words, steps[0].at) == ("U wordt verbonden.", "0:00")
    assert steps[-1].words.startswith("Het spijt ons, er is nu niemand bereikbaar. In gevaar? Bel 112.")
    assert [step.begins for step in steps] == sorted(step.begins for step in steps)


def test_a_doctor_lives_another_chain(table: Table) -> None:
    """The vertrouwensarts first, then the advice line."""
    steps = lived(table, "utrecht", CATALOGUE, doctor=True)
    rung = [step.route.number for step in steps if step.route]
    assert rung[:1] == [table.routes("doctors", "utrecht")[0].number]
    assert rung[1:] == [route.number for route in table.routes("advice", "utrecht")] * 2
