"""A draft is published, a version is had back, and nobody undoes what somebody else did meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.bootstrap.office import office as office_of
from helpline.directory.content import Content, Diversion
from helpline.publishing import changes
from helpline.settings import Settings
from helpline.storage.versions import Published
from tests.conftest import TODAY
from tests.console.drafting import (
    DRAFT,
    NEW,
    OLD,
    begin,
    draft_of,
    publish_elsewhere,
    said,
    save,
    typed,
)
from tests.console.visiting import Browser, heading
from tests.desk import settings_in

PUBLISH, REBASE = f"{DRAFT}/publish", f"{DRAFT}/rebase"
ADVICE, OTHER = "+31 30 000 0001", "+31 30 000 0008"


@pytest.fixture
def console_settings(tmp_path: Path, settings: Settings, regions: Path) -> Settings:
    """Settings with region files to edit."""
    return settings_in(tmp_path, settings, regions)


def live(helpline: Helpline) -> Published:
    """What is live."""
    published = bootstrap.versions_of(helpline.settings).live()
    assert published is not None
    return published


def test_a_draft_is_published(anna: Browser, console_helpline: Helpline) -> None:
    """The effect is shown in words and on the map; after a reason it is live, in the record, and no draft any more."""
    begin(anna)
    save(anna)
    page = anna.get(PUBLISH)
    assert "Nummers van Utrecht, advieslijn +31300000001, +31300000002 → +31300000001, +31300000009" in said(page)
    assert "Ook in de rij van Gelderland-Midden" in said(page)
    assert re.findall(r'aria-label="([^"]*: verandert door dit concept)"', page.text) == [
        "Veilig Thuis Gelderland-Midden: verandert door dit concept",
        "Veilig Thuis Utrecht: verandert door dit concept",
    ]
    assert "1 van 1 gingen zoals opgeschreven" in said(page)
    assert anna.submit(page, {"reason": " "}).status_code == 422
    assert anna.submit(page, {"reason": "Nieuwe centrale"}).headers["location"] == "/console/versions/2"
    entry = live(console_helpline).entry
    assert (entry.author, entry.action, entry.subject) == ("anna", "publish", "draft Nieuw nummer")
    assert entry.reason == "Nieuwe centrale"
    assert office_of(console_helpline).drafts.all() == []
    assert "Versie 2 is live" in said(anna.get("/console/versions/2"))


def test_a_draft_that_changes_nothing(anna: Browser) -> None:
    """It says so, and has no form."""
    begin(anna)
    page = anna.get(PUBLISH)
    assert "Dit concept verandert niets aan wat live is." in said(page)
    assert page.text.count("<form") == 1


def test_somebody_publishes_while_the_difference_is_looked_at(
    anna: Browser, console_helpline: Helpline, regions: Path
) -> None:
    """Nothing is published: who came between is told, and what to do; then both changes are live."""
    begin(anna)
    save(anna)
    page = anna.get(PUBLISH)
    publish_elsewhere(console_helpline, regions, "zeeland", "Veilig Thuis Zeeland", "Veilig Thuis in Zeeland")
    refused = anna.submit(page, {"reason": "Nieuwe centrale"})
    assert refused.status_code == 409
    assert "Neem dat eerst over" in said(refused)
    assert "Intussen publiceerde bert versie 2." in said(anna.get(DRAFT))
    both = anna.get(REBASE)
    assert "Live veranderd: Veilig Thuis Zeeland" in said(both)
    assert "Niets spreekt elkaar tegen" in said(both)
    assert anna.submit(both, {}).headers["location"] == DRAFT
    assert anna.submit(anna.get(PUBLISH), {"reason": "Nieuwe centrale"}).status_code == 303
    files = live(console_helpline).content.files
    assert NEW in files["utrecht"]
    assert "Veilig Thuis in Zeeland" in files["zeeland"]


def test_a_diversion_between_is_told_and_stays(anna: Browser, console_helpline: Helpline) -> None:
    """It is no file: the draft needs no more than a second look."""
    begin(anna)
    save(anna)
    page = anna.get(PUBLISH)
    desk = bootstrap.publishing(console_helpline.settings, clock=console_helpline.clock)
    desk.publish(desk.propose(desk.live(), _diverted(desk.live()), "divert", "zeeland"), "bert", "Storing")
    again = anna.submit(page, {"reason": "Nieuwe centrale"})
    assert again.status_code == 409
    assert "intussen is versie 2 gepubliceerd, door bert (Storing)" in said(again)
    assert 'value="Nieuwe centrale"' in again.text
    assert anna.submit(again, {"reason": "Nieuwe centrale"}).status_code == 303
    assert len(live(console_helpline).content.diversions) == 1


def test_both_changed_one_file(anna: Browser, console_helpline: Helpline, regions: Path) -> None:
    """Both texts are shown, and what it shall be is typed; what was typed is not lost where yet more came between."""
    begin(anna)
    save(anna)
    publish_elsewhere(console_helpline, regions, "utrecht", ADVICE, OTHER)
    both = anna.get(REBASE)
    assert "Veilig Thuis Utrecht: beide veranderd" in said(both)
    assert f'numbers = ["{OTHER}", "{OLD}"]' in both.text.replace("&#34;", '"')
    merged = typed(both).replace(ADVICE, OTHER)
    publish_elsewhere(console_helpline, regions, "zeeland", "Veilig Thuis Zeeland", "Veilig Thuis in Zeeland")
    again = anna.submit(both, {"text.utrecht": merged})
    assert again.status_code == 409
    assert typed(again) == merged
    assert anna.submit(again, {"text.utrecht": merged}).status_code == 303
    draft = draft_of(console_helpline)
    assert (draft.base, draft.content.files["utrecht"]) == (3, merged)
    assert "Veilig Thuis in Zeeland" in draft.content.files["zeeland"]


def test_a_draft_changed_while_the_difference_is_looked_at(anna: Browser, console_helpline: Helpline) -> None:
    """What nobody has seen is not published."""
    begin(anna)
    save(anna)
    page = anna.get(PUBLISH)
    save(anna, ADVICE, OTHER)
    assert anna.submit(page, {"reason": "Nieuwe centrale"}).status_code == 409
    assert live(console_helpline).number == 1


def test_a_call_that_goes_otherwise(anna: Browser, regions: Path) -> None:
    """It is shown beside what was written, on the page of publishing and on its own."""
    begin(anna)
    save(anna, f'"{ADVICE}", ', "")
    page = anna.get(PUBLISH)
    assert "0 van 1 gingen zoals opgeschreven" in said(page)
    assert "regions/rehearsals/utrecht_by_postcode.call: line 10" in said(page)
    assert "Ging anders" in said(anna.get(f"{DRAFT}/rehearse"))
    (regions / "rehearsals" / "utrecht_by_postcode.call").write_text("klopt niet\n", "utf-8")
    assert "Een gesprek kan niet gelezen worden." in said(anna.get(PUBLISH))
    (regions / "rehearsals" / "utrecht_by_postcode.call").unlink()
    assert "Er zijn geen gesprekken om na te spelen." in said(anna.get(PUBLISH))


def test_a_rehearsal_leaves_no_trace(anna: Browser, console_helpline: Helpline) -> None:
    """No call is counted, recorded or near an alert."""
    begin(anna)
    save(anna)
    before = console_helpline.metrics.exposition()
    anna.get(f"{DRAFT}/rehearse")
    assert console_helpline.metrics.exposition() == before


def test_the_way_back(anna: Browser, console_helpline: Helpline) -> None:
    """A version tells what it changed and held; going back shows what changes, needs a reason, and is a new version."""
    begin(anna)
    save(anna)
    anna.submit(anna.get(PUBLISH), {"reason": "Nieuwe centrale"})
    page = anna.get("/console/versions/1")
    assert "Organisatie alle 26 organisaties" in said(page)
    assert "+31300000001, +31300000009 → +31300000001, +31300000002" in said(page)
    assert anna.submit(page, {"reason": ""}).status_code == 422
    assert anna.submit(page, {"reason": "Gaat niet over"}).headers["location"] == "/console/versions/3"
    assert live(console_helpline).entry.action == "rollback"
    assert OLD in live(console_helpline).content.files["utrecht"]
    late = anna.submit(page, {"reason": "Nog eens"})
    assert late.status_code == 409
    assert "intussen is versie 3 gepubliceerd, door anna (Gaat niet over)" in said(late)


def test_versions_that_are_not_there(anna: Browser) -> None:
    """Each is told with a sentence."""
    assert heading(anna.get("/console/versions/9")) == "Deze versie is er niet"
    assert anna.get("/console/versions/x").status_code == 404
    assert anna.get("/console/versions/1").status_code == 200


def test_the_log_leads_to_versions(anna: Browser) -> None:
    """Each entry that published one has a link to it."""
    assert '<a href="/console/versions/1">1</a>' in anna.get("/console/log").text


def _diverted(published: Published) -> Content:
    until = TODAY + timedelta(hours=19)
    diversion = Diversion("zeeland", "advice", "west-brabant", False, until, "bert", "Storing")
    return changes.diverted(published.content, diversion, TODAY)
