"""Drafts of the routing table: two operators at once, and what was typed and not finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from helpline.directory.content import Content
from helpline.errors import DraftChanged, DraftRefused
from helpline.storage.database import Database
from helpline.storage.drafts import MOST_TYPED, Draft, Drafts
from tests.storage.published import BEGIN

MINUTE = timedelta(minutes=1)
FIRST, SECOND, THIRD = (Content({"utrecht": f'name = "Veilig Thuis {each}"\n'}) for each in ("één", "twee", "drie"))


@pytest.fixture
def drafts(database: Database) -> Drafts:
    """None yet."""
    return Drafts(database)


@pytest.fixture
def draft(drafts: Drafts) -> Draft:
    """One that anna began on version 4."""
    return drafts.begin("Nieuw nummer", FIRST, base=4, author="anna", at=BEGIN)


def test_a_draft_is_kept_as_it_was_begun(drafts: Drafts, draft: Draft) -> None:
    """Its content, what it was worked out on, and who began it."""
    assert drafts.get("Nieuw nummer") == draft == Draft("Nieuw nummer", 4, FIRST, 1, "anna", BEGIN, {})
    assert drafts.begin("Eerste", FIRST, base=None, author="rob", at=BEGIN).base is None
    assert drafts.get("Ander") is None


def test_the_last_changed_comes_first(drafts: Drafts, draft: Draft) -> None:
    """Whatever was begun first."""
    other = drafts.begin("Tweede", FIRST, base=4, author="rob", at=BEGIN + MINUTE)
    assert drafts.all() == [other, draft]
    changed = drafts.change(draft, SECOND, base=4, author="anna", at=BEGIN + 2 * MINUTE)
    assert drafts.all() == [changed, other]


def test_a_name_is_taken_once(drafts: Drafts, draft: Draft) -> None:
    """A second draft of a name is refused, and the first stays."""
    with pytest.raises(DraftRefused, match="Nieuw nummer already"):
        drafts.begin("Nieuw nummer", SECOND, base=4, author="rob", at=BEGIN)
    assert drafts.get("Nieuw nummer") == draft


def test_the_second_of_two_loses_nothing(drafts: Drafts, draft: Draft) -> None:
    """Rob, who changes what Anna changed meanwhile, is told so; hers stays, and on it his can be made."""
    drafts.change(draft, SECOND, base=4, author="anna", at=BEGIN + MINUTE)
    with pytest.raises(DraftChanged, match="changed meanwhile, by anna") as refused:
        drafts.change(draft, THIRD, base=4, author="rob", at=BEGIN + MINUTE)
    now = drafts.get("Nieuw nummer")
    assert now is not None
    assert (now.content, now.revision, now.author) == (SECOND, refused.value.revision, "anna")
    changed = drafts.change(now, THIRD, base=5, author="rob", at=BEGIN + 2 * MINUTE)
    assert drafts.get("Nieuw nummer") == changed
    assert (changed.base, changed.revision, changed.author) == (5, 3, "rob")


def test_what_was_typed_is_kept_for_each_apart(drafts: Drafts, draft: Draft) -> None:
    """Text that is no number yet is there again for whoever typed it, makes no revision, and is in nobody's way."""
    drafts.keep_typed(draft.name, "anna", {"number": "+31 30 OOO", "reason": "Verhuizing ✓"})
    drafts.keep_typed(draft.name, "rob", {"number": "030"})
    changed = drafts.change(draft, SECOND, base=4, author="anna", at=BEGIN)
    assert changed.typed_by("anna") == {}
    assert changed.typed_by("rob") == {"number": "030"}
    assert drafts.get(draft.name) == changed
    drafts.keep_typed(draft.name, "rob", {})
    assert drafts.get(draft.name) == replace(changed, typed={})


def test_too_much_text_is_refused(drafts: Drafts, draft: Draft) -> None:
    """What was kept before stays."""
    drafts.keep_typed(draft.name, "anna", {"number": "030"})
    with pytest.raises(DraftRefused, match="more text"):
        drafts.keep_typed(draft.name, "anna", {"number": "x" * (MOST_TYPED + 1)})
    found = drafts.get(draft.name)
    assert found is not None
    assert found.typed_by("anna") == {"number": "030"}


def test_a_removed_draft_is_gone(drafts: Drafts, draft: Draft) -> None:
    """Nothing can be changed in it, nor kept beside it."""
    drafts.remove(draft)
    assert drafts.all() == []
    with pytest.raises(DraftRefused, match="no draft called Nieuw nummer"):
        drafts.change(draft, SECOND, base=4, author="anna", at=BEGIN)
    with pytest.raises(DraftRefused, match="no draft"):
        drafts.keep_typed(draft.name, "anna", {})
    with pytest.raises(DraftRefused, match="no draft"):
        drafts.remove(draft)


def test_a_draft_that_was_changed_is_not_thrown_away_unseen(drafts: Drafts, draft: Draft) -> None:
    """Whoever throws away what she saw does not throw away what came after."""
    drafts.change(draft, SECOND, base=4, author="rob", at=BEGIN)
    with pytest.raises(DraftChanged):
        drafts.remove(draft)
    assert len(drafts.all()) == 1
