"""The picture of the conversation with a table's words in it, and the page that shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from helpline.bootstrap import world_of
from helpline.cli.measuring import HEADS, measured, table
from helpline.directory import country
from helpline.directory.build import build
from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.drawing import Picture, picture
from helpline.flow.drawing_mermaid import mermaid
from helpline.flow.drawing_svg import svg
from helpline.flow.paths import World, walk
from helpline.flow.steps import UNKNOWN, Say
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.settings import Settings

PAGE, IMAGE = "call-flow.md", "call-flow.svg"
HEAD = f"""\
# What happens in a call

This page is generated from the conversation itself, `helpline/flow/call.py`; `make update` writes it again.

![The conversation as a picture: boxes for what is said, asked and rung, arrows for what the caller does]({IMAGE})

## How long it takes

Seconds from the answer until the first telephone rings, and the keys that were pressed. They are rehearsed, not \
timed: 2.5 words a second, digits one by one, every pause and time-out in full, 0.6 seconds a key. All languages are \
offered, as in `helpline demo`; `helpline serve` offers those that a native speaker has read.

"""
TAIL = """
## The picture as text

```mermaid
{mermaid}```
"""
_SINGLE_DIGITS = re.compile(r"(?<=\d) (?=\d)")  # "1 1 2", as it is said


def pages(settings: Settings) -> dict[str, str]:
    """The page and its picture, by file name."""
    drawn, in_words = drawn_with(settings)
    rows = [HEADS, ("---", "---:", "---:", "---:", "---:"), *table(measured(settings))]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return {PAGE: HEAD + lines + TAIL.format(mermaid=mermaid(drawn, in_words)), IMAGE: svg(drawn, in_words)}


def drawn_with(settings: Settings) -> tuple[Picture, Callable[[Say], str]]:
    """The picture, and the words for it."""
    routes, catalogue = table_of(settings), Catalogue(language.load())
    world = example(world_of(routes, catalogue, unread_languages=True), routes)
    return picture(walk(world, incoming_call)), in_words(catalogue, routes)


def example(world: World, routes: Table) -> World:
    """The world with one organisation and three languages: all are alike to the picture, which merges them."""
    known = [name for name in world.guesses if name != UNKNOWN]
    region = min(known, key=lambda name: len(routes.organisation(name).spoken))
    languages = "-".join(world.languages.split("-")[:3])
    return replace(world, regions=(region,), guesses=(UNKNOWN, region), languages=languages)


def table_of(settings: Settings) -> Table:
    """The table in the folder that is set. Raises RegionsRefused."""
    folder = settings.helpline_regions
    return build(folder, country.load(folder / "geography"), own_numbers=settings.helpline_numbers)


def in_words(catalogue: Catalogue, routes: Table) -> Callable[[Say], str]:
    """What a `Say` sounds like; its name in brackets where there are no words for it, which is a rule of its own."""

    def sound(say: Say) -> str:
        try:
            text = " ".join(speech.text for speech in catalogue.speech(say, routes))
        except KeyError:
            return f"[{say.prompt}]"
        return _SINGLE_DIGITS.sub("", text)

    return sound
