"""The map's picture: water, the land beyond our borders, and every area as a link with its number.

What is drawn later lies above: the areas, wider grounds for fingers, the area that is lit up, the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from helpline.console.map_states import State, fill, patterns
from helpline.directory.outlines import Outline, Outlines, Ring

FINGER = 242  # units: 12 pixels on a map of 340, so that a small area is hit by a finger too
SMALL = 5 * FINGER**2  # the size up to which an area needs that

_PICTURE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="map-picture" viewBox="0 0 {width} {height}" role="group"'
    ' aria-label="{title}"><defs>{patterns}</defs><rect class="map-water" width="{width}" height="{height}"/>'
    '<path class="map-abroad" d="{abroad}"/>\n{areas}\n<g class="map-touch" aria-hidden="true">{touch}</g>\n'
    '<g class="map-lit" aria-hidden="true">{lit}</g>\n<g class="map-numbers" aria-hidden="true">{numbers}</g></svg>'
)
_AREA = Markup(
    '<a class="map-area is-{state} at-{number}" href="{href}" aria-label="{told}"><title>{told}</title>'
    '<path id="{id}" class="map-land" {fill} fill-rule="evenodd" d="{way}"/></a>'
)
_TOUCH = Markup(
    '<a class="at-{number}" href="{href}" tabindex="-1"><title>{told}</title><circle cx="{x}" cy="{y}" r="{r}"/></a>'
)
_LIT = Markup('<use class="is-{state} at-{number}" href="#{id}"/>')
_NUMBER = Markup('<text class="is-{state}" x="{x}" y="{y}" dy=".35em">{number}{more}</text>')


@dataclass(frozen=True)
class Area:
    """One area: its `state` is drawn, `told` is said; `more` is the plus of an organisation with several states."""

    id: str
    number: int
    href: str
    state: State
    more: str
    told: str
    outline: Outline


def picture(outlines: Outlines, areas: Sequence[Area], kinds: Iterable[State], title: str) -> Markup:
    """The areas, as an <svg>; `kinds` are the states that they may be in."""
    return _PICTURE.format(
        width=outlines.width,
        height=outlines.height,
        title=title,
        patterns=patterns(kinds),
        abroad=_way([outlines.abroad]),
        areas=Markup("\n").join(map(_drawn, areas)),
        touch=Markup("").join(_touch(areas)),
        # Once more, hidden until it lights up: a neighbour would cover half of its edge.
        lit=Markup("").join(_LIT.format(state=area.state, number=area.number, id=area.id) for area in areas),
        numbers=Markup("").join(map(_number, areas)),
    )


def _drawn(area: Area) -> Markup:
    return _AREA.format(
        state=area.state,
        number=area.number,
        href=area.href,
        told=area.told,
        id=area.id,
        fill=fill(area.state),
        way=_way(area.outline.rings),
    )


def _touch(areas: Sequence[Area]) -> Iterator[Markup]:
    """For each small area a wider ground, no further than half-way to the next number."""
    for area in areas:
        if sum(map(_size, area.outline.rings)) < SMALL:
            x, y = area.outline.label
            others = (other.outline.label for other in areas if other is not area)
            radius = min([FINGER, *(round(math.dist((x, y), other) / 2) for other in others)])
            yield _TOUCH.format(number=area.number, href=area.href, told=area.told, x=x, y=y, r=radius)


def _number(area: Area) -> Markup:
    x, y = area.outline.label
    return _NUMBER.format(state=area.state, x=x, y=y, number=area.number, more=area.more)


def _way(rings: Iterable[Ring]) -> str:
    """The rings as a path, each point told from the one before: a third shorter."""
    ways = []
    for ring in rings:
        steps = [f"{x - was_x} {y - was_y}" for (was_x, was_y), (x, y) in pairwise(ring)]
        ways.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(ways)


def _size(ring: Ring) -> float:
    return abs(sum(x * down - across * y for (x, y), (across, down) in pairwise((*ring, ring[0])))) / 2
