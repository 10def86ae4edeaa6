"""The page that shows the picture of the conversation and how long callers wait."""

from __future__ import annotations

from collections.abc import Callable

from helpline.cli.in_use import clock, in_use
from helpline.cli.measuring import HEADS, measured, table
from helpline.flow.drawing import Picture
from helpline.flow.drawing_mermaid import mermaid
from helpline.flow.drawing_svg import svg
from helpline.flow.steps import Say
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.picturing import drawn
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
    picture, in_words = drawn_with()
    rows = [HEADS, ("---", "---:", "---:", "---:", "---:"), *table(measured(settings))]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return {PAGE: HEAD + lines + TAIL.format(mermaid=mermaid(picture, in_words)), IMAGE: svg(picture, in_words)}


def drawn_with() -> tuple[Picture, Callable[[Say], str]]:
    """The picture, and the words for it, of the files here."""
    return drawn(in_use(files=True).version.in_force(clock()()), Catalogue(language.load()))
