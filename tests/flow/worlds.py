"""A small world to walk: two organisations, three languages, every kind of line."""

from __future__ import annotations

from helpline.flow.paths import World
from helpline.flow.steps import NATIONAL
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue

LANGUAGES = language.load()


def small(languages: str = "nl-en-tr") -> World:
    """Two organisations with three routes each, one with a doctors' line; the desk with one route."""
    return World(
        regions=("utrecht", "zeeland"),
        guesses=("unknown", "utrecht"),
        routes=lambda line, region: 1 if line == "doctors" or region == NATIONAL else 3,
        duties=lambda region: ("open", "closed") if region == "utrecht" else ("none",),
        languages=languages,
        has_words=Catalogue(LANGUAGES).has,
    )
