"""The walk of every path with a table: no version goes live with which a call could be left without a route."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.paths import World, walk
from helpline.flow.rules import breaches
from helpline.flow.steps import NATIONAL, UNKNOWN
from helpline.flow.telling import told
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.in_words import in_words


def world_of(table: Table, catalogue: Catalogue, *, unread_languages: bool = False) -> World:
    """All that a call can meet with this table and these words, for the walk of every path."""
    return World(
        regions=tuple(name for name in table.organisations if name != NATIONAL),
        guesses=(UNKNOWN, *dict.fromkeys(table.region_of_area_code.values())),
        routes=lambda line, name: len(table.routes(line, name)),
        duties=lambda name: ("open", "closed") if table.doctors_hours(name) else ("none",),
        languages="-".join(catalogue.offered(unread=unread_languages)),
        has_words=catalogue.has,
    )


def broken_paths(before: Table | None, after: Table, catalogue: Catalogue) -> list[str]:
    """Each rule that a path breaks with the table `after`, told as the shortest call that shows it.

    Walked is one organisation of each kind that `before` does not have, and the national desk. Organisations are of a
    kind where the conversation cannot tell them apart, and no path leads through two of them. `helpline flow check`
    walks them all.
    """
    known = {_kind(before, name) for name in before.organisations} if before else set()
    new = {_kind(after, name): name for name in after.organisations if _kind(after, name) not in known}
    if not new:
        return []
    whole = world_of(after, catalogue)
    regions = tuple(name for name in new.values() if name != NATIONAL) or whole.regions[:1]
    world = replace(whole, regions=regions, guesses=_guesses(whole.guesses, regions))
    walked = walk(world, incoming_call)
    return [told(walked, breach, in_words(catalogue, after)) for breach in breaches(walked, world)]


def _guesses(guesses: Iterable[str], regions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(guess for guess in guesses if guess == UNKNOWN or guess in regions)


def _kind(table: Table, name: str) -> object:
    """All of an organisation that the conversation can branch on."""
    counts = tuple(len(table.routes(line, name)) for line in ("advice", "doctors"))
    guessed = name in table.region_of_area_code.values()
    return name == NATIONAL, counts, table.doctors_hours(name) is None, guessed
