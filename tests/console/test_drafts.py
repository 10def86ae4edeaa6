"""Drafts in the console: begun, changed by several at once, kept where they are not sound, thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.bootstrap.office import office as office_of
from tests.clock import Clock
from tests.console.drafting import DRAFT, DRAFTS, NAME, NEW, OLD, UTRECHT, begin, draft_of, said, save, typed
from tests.console.visiting import Browser, heading, hidden, is_sign_in, let_in

Opened = Callable[[], Browser]
TYPO = "+31 30 OOO 0009"


@pytest.fixture
def berta(new_browser: Opened, console_helpline: Helpline) -> Browser:
    """Another browser, in which another operator is signed in."""
    let_in(console_helpline, "berta")
    other = new_browser()
    assert other.sign_in("berta").status_code == 303
    return other


def test_a_draft_is_begun_from_what_is_live(anna: Browser, console_helpline: Helpline) -> None:
    """By its name; it stands in the list and in the record, and a second of that name is refused with words."""
    assert begin(anna).headers["location"] == DRAFT
    draft = draft_of(console_helpline)
    assert (draft.base, draft.author) == (1, "anna")
    assert f"{NAME} Veranderd vandaag 11:00 door anna · uitgaand van versie 1" in said(anna.get(DRAFTS))
    assert "Nog niets. Kies een organisatie." in said(anna.get(DRAFT))
    assert begin(anna).status_code == 409
    told = [each.subject for each in bootstrap.versions_of(console_helpline.settings).log() if each.action == "begin"]
    assert told == [f"draft {NAME}"]


@pytest.mark.parametrize("name", ["", "  ", "a/b", "edit", "Edit", "x" * 61, "<i>", "a?b", "100%"])
def test_a_name_that_no_address_could_hold_is_refused(anna: Browser, console_helpline: Helpline, name: str) -> None:
    """With words, and what was typed is still there."""
    page = begin(anna, name)
    assert page.status_code == 422
    assert "Zo kan een concept niet heten." in said(page)
    assert office_of(console_helpline).drafts.all() == []


def test_from_an_organisation_to_its_form(anna: Browser) -> None:
    """The page of an organisation leads to a new draft or one that is there, and to the organisation's file in it."""
    page = anna.get(f"{DRAFTS}/edit/utrecht")
    assert heading(page) == "Veilig Thuis Utrecht veranderen"
    assert anna.submit(page, {"name": NAME}).headers["location"] == UTRECHT
    assert f'href="{UTRECHT}"' in anna.get(f"{DRAFTS}/edit/utrecht").text
    assert anna.get(f"{DRAFTS}/edit/nowhere").status_code == 404


def test_a_sound_text_goes_into_the_draft(anna: Browser, console_helpline: Helpline) -> None:
    """And is shown there as what the draft changes; callers have nothing of it."""
    begin(anna)
    assert save(anna).headers["location"] == DRAFT
    assert NEW in draft_of(console_helpline).content.files["utrecht"]
    assert "Veilig Thuis Utrecht is bewaard in dit concept." in said(anna.get(DRAFT))
    assert "Wat dit concept verandert Klopt Veilig Thuis Utrecht" in said(anna.get(DRAFT))
    assert '<ins><span class="unseen">Erin: </span>numbers = [' in anna.get(UTRECHT).text


def test_what_is_not_sound_is_told_as_the_command_line_tells_it(anna: Browser, console_helpline: Helpline) -> None:
    """File, line, caret, code and help, every problem; what was typed is kept for her, and the draft is as it was."""
    begin(anna)
    page = save(anna, OLD, TYPO)
    assert page.status_code == 422
    for told in (
        "regions/utrecht.toml:8:31",
        f'"{TYPO}" has a letter O.',
        "<code>number</code>",
        "^^^^^",
        "write zeros",
    ):
        assert told in page.text.replace("&#34;", '"')
    assert NEW not in draft_of(console_helpline).content.files["utrecht"]
    assert draft_of(console_helpline).typed_by("anna")["utrecht"] == typed(page)
    assert "U typte iets voor Veilig Thuis Utrecht" in said(anna.get(DRAFT))
    again = anna.get(UTRECHT)
    assert TYPO in typed(again)
    assert "Dit typte u eerder" in said(again)
    assert anna.submit(again, {"text": typed(again).replace(TYPO, NEW)}).status_code == 303
    assert draft_of(console_helpline).typed == {}


def test_another_file_is_saved_and_what_was_typed_in_the_first_stays(anna: Browser, console_helpline: Helpline) -> None:
    """What is kept beside a draft is kept for each file."""
    begin(anna)
    save(anna, OLD, TYPO)
    assert save(anna, "Veilig Thuis Zeeland", "Veilig Thuis in Zeeland", f"{DRAFT}/zeeland").status_code == 303
    assert TYPO in draft_of(console_helpline).typed_by("anna")["utrecht"]


def test_a_municipality_moves_in_two_steps(anna: Browser) -> None:
    """In between the draft is told to be unsound, and cannot be published."""
    begin(anna)
    assert save(anna, '    "Zeist",\n', "").status_code == 303
    page = anna.get(DRAFT)
    assert "Klopt nog niet" in said(page)
    assert 'The municipality "Zeist" is in no region file.' in said(page)
    assert "Er klopt nog iets niet." in said(anna.get(f"{DRAFT}/publish"))
    save(anna, '    "Blaricum",\n', '    "Blaricum",\n    "Zeist",\n', f"{DRAFT}/gooi-en-vechtstreek")
    assert "Klopt nog niet" not in said(anna.get(DRAFT))


def test_the_second_of_two_sees_both_and_loses_nothing(
    anna: Browser, berta: Browser, console_helpline: Helpline
) -> None:
    """What Anna made of it stands beside what Berta typed; hers goes in once she has seen it."""
    begin(anna)
    page = berta.get(UTRECHT)
    save(anna)
    hers = typed(page).replace("+31 30 000 0001", "+31 30 000 0008")
    both = berta.submit(page, {"text": hers})
    assert both.status_code == 409
    assert "anna heeft dit bestand intussen veranderd." in said(both)
    assert NEW in both.text
    assert typed(both) == hers
    assert draft_of(console_helpline).typed_by("berta") == {"utrecht": hers}
    assert NEW in draft_of(console_helpline).content.files["utrecht"]
    assert berta.submit(both, {"text": hers.replace(OLD, NEW)}).status_code == 303
    assert draft_of(console_helpline).content.files["utrecht"] == hers.replace(OLD, NEW)


def test_two_who_change_different_files_are_in_nobodys_way(
    anna: Browser, berta: Browser, console_helpline: Helpline
) -> None:
    """Both changes are in the draft."""
    begin(anna)
    page = berta.get(f"{DRAFT}/zeeland")
    save(anna)
    assert berta.submit(page, {"text": typed(page) + "# Gebeld\n"}).status_code == 303
    files = draft_of(console_helpline).content.files
    assert NEW in files["utrecht"]
    assert files["zeeland"].endswith("# Gebeld\n")


def test_what_was_typed_when_the_session_ended(
    anna: Browser, berta: Browser, console_helpline: Helpline, console_clock: Clock
) -> None:
    """It is there after the sign-in; and what somebody else made of the file meanwhile stands beside it."""
    begin(anna)
    page = anna.get(UTRECHT)
    mine = typed(page).replace(OLD, NEW)
    console_clock.moment += timedelta(hours=1)
    asked = anna.submit(page, {"text": mine})
    assert is_sign_in(asked)
    assert berta.sign_in("berta").status_code == 303
    save(berta, "+31 30 000 0001", "+31 30 000 0007")
    sign_in = {"sign-in": "1", "name": "anna", "password": "correct horse battery", "code": ""}
    back = anna.submit(asked, sign_in)
    assert "U bent weer aangemeld." in said(back)
    assert "Wat berta ervan maakte" in said(back)
    assert typed(back) == mine
    assert anna.submit(back, {"text": mine}).status_code == 303
    assert draft_of(console_helpline).content.files["utrecht"] == mine


def test_back_to_what_is_live(anna: Browser, console_helpline: Helpline) -> None:
    """One file of a draft is as if it had never been changed."""
    begin(anna)
    save(anna)
    assert anna.submit(anna.get(UTRECHT), {"text": "", "restore": "1"}).status_code == 303
    assert OLD in draft_of(console_helpline).content.files["utrecht"]


def test_too_much_text_is_not_kept_and_not_lost(anna: Browser, console_helpline: Helpline) -> None:
    """It is on the page again, which says so."""
    begin(anna)
    page = anna.submit(anna.get(UTRECHT), {"text": "x" * 200_001})
    assert "meer tekst dan naast een concept wordt bewaard" in said(page)
    assert len(typed(page)) > 200_000
    assert draft_of(console_helpline).typed == {}


def test_a_draft_is_thrown_away_as_it_was_seen(anna: Browser, berta: Browser, console_helpline: Helpline) -> None:
    """Not where somebody changed it meanwhile; and the record has it."""
    begin(anna)
    page = berta.get(DRAFT)
    save(anna)
    assert "Er is niets veranderd: anna" in said(berta.submit(page, {}))
    assert berta.submit(berta.get(DRAFT), {}).headers["location"] == DRAFTS
    assert office_of(console_helpline).drafts.all() == []
    assert bootstrap.versions_of(console_helpline.settings).log()[-1].reason == "Thrown away"
    for path in (DRAFT, UTRECHT, f"{UTRECHT}/fields", f"{DRAFT}/publish", f"{DRAFT}/rebase", f"{DRAFT}/rehearse"):
        assert berta.get(path).status_code == 404


def test_readers_see_all_and_change_nothing(anna: Browser, new_browser: Opened, console_helpline: Helpline) -> None:
    """There is no form for them, and one that they send is refused."""
    begin(anna)
    save(anna)
    rob = new_browser()
    rob.sign_in("rob")
    for path in (DRAFTS, DRAFT, UTRECHT, f"{DRAFT}/publish", f"{DRAFT}/rehearse"):
        page = rob.get(path)
        assert page.status_code == 200
        assert page.text.count("<form") == 1  # to sign out
    before = draft_of(console_helpline)
    form = {"csrf": hidden(rob.get(DRAFTS).text)["csrf"], "name": "x", "text": "x", "seen": "x"}
    for path in (DRAFTS, DRAFT, UTRECHT, f"{UTRECHT}/fields", f"{DRAFT}/publish", f"{DRAFT}/rebase"):
        assert heading(rob.send(path, form)) == "U mag kijken, niet veranderen"
    assert draft_of(console_helpline) == before


def test_what_is_in_the_fields(anna: Browser, console_helpline: Helpline) -> None:
    """Numbers in order with their days, hours, stand-in and the day: only what was changed becomes other text."""
    begin(anna)
    before = draft_of(console_helpline).content.files["utrecht"]
    form = {
        "stand_in": "zeeland",
        "advice.numbers": "+31 30 000 0002\n+31 30 000 0001 vanaf 2027-01-01 tot 2027-06-01",
        "advice.answers": "switchboard",
        "advice.checked": "2026-11-20",
        "doctors.numbers": "+31 30 000 0003",
        "doctors.answers": "accept",
        "doctors.hours": "mo-fr 09:00-17:00\nsa 10:00-12:00",
        "doctors.checked": "2026-11-01",
    }
    assert anna.submit(anna.get(f"{UTRECHT}/fields"), form).status_code == 303
    dated = '{ number = "+31 30 000 0001", from = 2027-01-01, until = 2027-06-01 }'
    expected = before.replace('"gooi-en-vechtstreek"', '"zeeland"')
    expected = expected.replace('["+31 30 000 0001", "+31 30 000 0002"]', f'["+31 30 000 0002", {dated}]')
    expected = expected.replace("checked = 2026-11-01", "checked = 2026-11-20", 1)
    expected = expected.replace('["mo-fr 09:00-17:00"]', '["mo-fr 09:00-17:00", "sa 10:00-12:00"]')
    assert draft_of(console_helpline).content.files["utrecht"] == expected
    assert "+31 30 000 0001 vanaf 2027-01-01 tot 2027-06-01" in anna.get(f"{UTRECHT}/fields").text


def test_fields_that_are_not_sound(anna: Browser, console_helpline: Helpline) -> None:
    """The same problems as of the text, what was typed is in its field, and no stand-in is none."""
    begin(anna)
    page = anna.submit(anna.get(f"{UTRECHT}/fields"), {"advice.checked": "gisteren", "stand_in": ""})
    assert page.status_code == 422
    assert "advice.checked is not a day." in said(page)
    assert 'value="gisteren"' in page.text
    assert anna.submit(page, {"advice.checked": "2026-11-20", "stand_in": ""}).status_code == 303
    assert "stand_in" not in draft_of(console_helpline).content.files["utrecht"]


def test_a_text_without_fields(anna: Browser) -> None:
    """What is no TOML can only be changed as text."""
    begin(anna)
    anna.submit(anna.get(UTRECHT), {"text": "= \n"})
    page = anna.get(f"{UTRECHT}/fields")
    assert typed(page) == "= \n"
