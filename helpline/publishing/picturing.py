"""The picture of the conversation with a table's words in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.drawing import Picture, picture
from helpline.flow.paths import World, walk
from helpline.flow.steps import UNKNOWN, Say
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.in_words import in_words
from helpline.publishing.proof import world_of


def drawn(routes: Table, catalogue: Catalogue) -> tuple[Picture, Callable[[Say], str]]:
    """The picture, and the words for it."""
    world = example(world_of(routes, catalogue, unread_languages=True), routes)
    return picture(walk(world, incoming_call)), in_words(catalogue, routes)


def example(world: World, routes: Table) -> World:
    """The world with one organisation and three languages: all are alike to the picture, which merges them."""
    known = [name for name in world.guesses if name != UNKNOWN]
    region = min(known, key=lambda name: len(routes.organisation(name).spoken))
    languages = "-".join(world.languages.split("-")[:3])
    return replace(world, regions=(region,), guesses=(UNKNOWN, region), languages=languages)
