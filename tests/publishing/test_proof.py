"""What is walked before a version goes live."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.paths import walk
from helpline.flow.steps import NATIONAL, UNKNOWN
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.proof import _kind, broken_paths, world_of

CATALOGUE = Catalogue(language.load())


class Wordless(Catalogue):
    """A catalogue in which every path breaks a rule, so that it shows whether anything was walked."""

    def has(self, prompt: str, language: str) -> bool:
        """Nothing can be said."""
        return False


def test_organisations_of_a_kind_have_the_same_paths(table: Table) -> None:
    """Those that the conversation cannot tell apart are walked alike, step by step: one of them stands for all."""
    whole = world_of(table, CATALOGUE)
    walks: dict[object, set[tuple[int, int, tuple[tuple[str, int], ...]]]] = {}
    for name in whole.regions:
        guesses = tuple(guess for guess in whole.guesses if guess in (UNKNOWN, name))
        walked = walk(replace(whole, regions=(name,), guesses=guesses), incoming_call)
        steps = tuple(sorted(Counter(step.name for step in walked.steps).items()))
        walks.setdefault(_kind(table, name), set()).add((len(walked.steps), sum(map(len, walked.moves)), steps))
    assert len(walks) > 1
    assert {len(found) for found in walks.values()} == {1}


def test_a_first_version_is_walked(table: Table) -> None:
    """Where nothing was published before, every kind is new."""
    assert broken_paths(None, table, Wordless(CATALOGUE.languages))
    assert broken_paths(None, table, CATALOGUE) == []


def test_what_was_walked_before_is_not_walked_again(table: Table) -> None:
    """A table with no new kind of organisation has no new path."""
    assert broken_paths(table, table, Wordless(CATALOGUE.languages)) == []


def test_a_changed_national_desk_is_walked(table: Table) -> None:
    """A second number of the desk makes every chain longer, and the desk's own."""
    desk = table.organisations[NATIONAL]
    numbers = (*desk.advice.numbers, "+31700000901")
    organisations = {**table.organisations, NATIONAL: replace(desk, advice=replace(desk.advice, numbers=numbers))}
    longer = replace(table, organisations=organisations)
    assert broken_paths(table, longer, Wordless(CATALOGUE.languages))
    assert broken_paths(table, longer, CATALOGUE) == []
