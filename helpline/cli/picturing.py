"""The picture of the conversation with a table's words in it, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from helpline.cli.in_use import clock, in_use
from helpline.cli.measuring import HEADS, measured, table
from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.drawing import Picture, picture
from helpline.flow.drawing_mermaid import mermaid
from helpline.flow.drawing_svg import svg
from helpline.flow.paths import World, walk
from helpline.flow.steps import UNKNOWN, Say
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.in_words import in_words
from helpline.publishing.proof import world_of
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


def pages(settings: Settings) -> dict[str, str]:
    """The page and its picture, by file name."""
    drawn, in_words = drawn_with()
    rows = [HEADS, ("---", "---:", "---:", "---:", "---:"), *table(measured(settings))]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return {PAGE: HEAD + lines + TAIL.format(mermaid=mermaid(drawn, in_words)), IMAGE: svg(drawn, in_words)}


def drawn_with() -> tuple[Picture, Callable[[Say], str]]:
    """The picture, and the words for it."""
    routes, catalogue = in_use(files=True).version.in_force(clock()()), Catalogue(language.load())
    world = example(world_of(routes, catalogue, unread_languages=True), routes)
    return picture(walk(world, incoming_call)), in_words(catalogue, routes)


def example(world: World, routes: Table) -> World:
    """The world with one organisation and three languages: all are alike to the picture, which merges them."""
    known = [name for name in world.guesses if name != UNKNOWN]
    region = min(known, key=lambda name: len(routes.organisation(name).spoken))
    languages = "-".join(world.languages.split("-")[:3])
    return replace(world, regions=(region,), guesses=(UNKNOWN, region), languages=languages)
