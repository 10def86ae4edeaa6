"""What the map can say of an organisation: which states there are, which goes first, and how each is marked and said.

1. A state is never told by its colour alone: each has a mark of its own that is still there in black and white, and
   words.
2. Of several states the foremost is drawn, and a plus beside the number says that there are more; all are in the words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from markupsafe import Markup

State = Literal["failing", "diverted", "placeholder", "doctors-closed", "well", "changed", "same"]

# In each the foremost comes first. Whatever leaves callers unanswered leads; a diversion goes before a placeholder,
# since with it somebody is rung; that a vertrouwensarts is closed is how most nights are.
SERVICE: tuple[State, ...] = ("failing", "diverted", "placeholder", "doctors-closed", "well")
DRAFT: tuple[State, ...] = ("changed", "same")
_ORDER = (*SERVICE, *DRAFT)

TILE = 120  # of the map's units: 6 pixels on a map of 360, 10 on one of 600
MARKS: Mapping[State, str] = {
    "failing": "M0 0L120 120M0 120L120 0",
    "diverted": "M-30 30L30 -30M0 120L120 0M90 150L150 90",
    "placeholder": "M30 30h1M90 90h1",
    "doctors-closed": "M0 60H120",
    "changed": "M-30 90L30 150M0 0L120 120M90 -30L150 30",
}


def foremost(states: Collection[State]) -> State:
    """The one that is drawn; there must be one."""
    return min(states, key=_ORDER.index)


def in_order(states: Iterable[State]) -> list[State]:
    """The foremost first."""
    return sorted(states, key=_ORDER.index)


def patterns(states: Iterable[State]) -> Markup:
    """The marks as SVG patterns, each on the colour of its state."""
    tile = Markup(
        '<pattern id="mark-{0}" class="is-{0}" width="{1}" height="{1}" patternUnits="userSpaceOnUse">'
        '<rect class="map-fill" width="{1}" height="{1}"/><path class="map-mark" d="{2}"/></pattern>'
    )
    return Markup("").join(tile.format(state, TILE, MARKS[state]) for state in states if state in MARKS)


def fill(state: State) -> Markup:
    """The attribute that fills a shape with a state; its colour alone where it has no mark."""
    return Markup('fill="{}"').format(f"url(#mark-{state})" if state in MARKS else "var(--fill)")


@cache
def words(language: str) -> Mapping[str, Any]:
    """What the map says, by name; a language that it does not speak is Dutch."""
    told = tomllib.loads((resources.files("helpline.console") / "map.toml").read_text("utf-8"))
    return dict(told.get(language, told["nl"]))


def in_words(states: Iterable[State], note: str, language: str) -> str:
    """The states, foremost first, and what else there is to say."""
    told = ", ".join(words(language)["states"][state] for state in in_order(states))
    return str(words(language)["noted"].format(states=told, note=note)) if note else told
