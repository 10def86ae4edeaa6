"""The map of the organisations: a picture whose every area is a link, what its marks mean, and a list that lights up.

Numbers go by the alphabet, so that a name is found in the list and its number on the map, or the other way round.
All needs map.css and nothing else: no script, and no style attribute, which the pages' security policy would refuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from helpline.console.map_picture import Area, picture
from helpline.console.map_states import State, fill, foremost, in_words, words
from helpline.directory.outlines import Outlines

OURS = "Veilig Thuis "  # before every name, so that it tells none from another

_SWATCH = Markup(
    '<svg class="map-swatch" viewBox="0 0 360 360" aria-hidden="true"><rect {} width="360" height="360"/></svg>'
)
_KIND = Markup('<li class="is-{state}">{swatch}<span>{told}</span> <b>{count}</b></li>')
_SEVERAL = Markup('<li><b class="map-plus">+</b><span>{}</span></li>')
_KEY = Markup('<ul class="map-key">{}</ul>')
_ROW = Markup(
    '<li class="is-{state} at-{number}"><a href="{href}"><b>{number}</b>{swatch}'
    '<span class="map-what"><span>{name}</span> <span class="map-told">{told}</span></span></a></li>'
)
_LIST = Markup('<ol class="map-list" id="{id}" aria-label="{label}">\n{rows}\n</ol>')
_FIGURE = Markup(
    '<figure class="map"><a class="map-skip" href="#{id}">{skip}</a>\n{picture}\n<figcaption>\n{key}\n'
    '<p class="map-credit">{credit}</p></figcaption>\n{listed}\n</figure>'
)


@dataclass(frozen=True)
class Region:
    """What the map says of one organisation; `note` is what else there is to say, such as until when it is diverted."""

    slug: str
    name: str
    href: str
    states: frozenset[State]
    note: str = ""

    @property
    def short_name(self) -> str:
        """The name without what all have before it."""
        return self.name.removeprefix(OURS)


@dataclass(frozen=True)
class Map:
    """A map; `title` says what of, in the page's language; `kinds` are the states that are explained and counted.

    An organisation without an outline, such as the national desk, stands in the list only. A page may have several
    maps, each of other kinds.
    """

    outlines: Outlines
    regions: Sequence[Region]
    kinds: Sequence[State]
    title: str
    language: str

    def figure(self) -> Markup:
        """All of it: picture, explanation and list, as a <figure>."""
        told = words(self.language)
        credit = told["credit"].format(credit=self.outlines.credit)
        parts = {"picture": self.picture(), "key": self.key(), "listed": self.listed()}
        return _FIGURE.format(id=self._list_id, skip=told["skip"], credit=credit, **parts)

    def picture(self) -> Markup:
        """The picture alone, as an <svg>."""
        areas = [self._area(region) for region in self._by_alphabet if region.slug in self._number_of]
        return picture(self.outlines, areas, self.kinds, self.title)

    def key(self) -> Markup:
        """What the marks mean and how many organisations have each, as a <ul>."""
        told = words(self.language)
        counts = [sum(kind in region.states for region in self.regions) for kind in self.kinds]
        rows = [
            _KIND.format(state=kind, swatch=_SWATCH.format(fill(kind)), told=told["states"][kind], count=count)
            for kind, count in zip(self.kinds, counts, strict=True)
        ]
        if any(len(region.states) > 1 for region in self.regions):
            rows.append(_SEVERAL.format(told["several"]))
        return _KEY.format(Markup("").join(rows))

    def listed(self) -> Markup:
        """The organisations with their numbers and their states in words, as an <ol>."""
        rows = Markup("\n").join(map(self._row, self._by_alphabet))
        return _LIST.format(id=self._list_id, label=words(self.language)["list"], rows=rows)

    @property
    def _list_id(self) -> str:
        return f"list-{self.kinds[0]}"

    @cached_property
    def _by_alphabet(self) -> list[Region]:
        return sorted(self.regions, key=lambda region: region.short_name.casefold())

    @cached_property
    def _number_of(self) -> Mapping[str, int]:
        drawn = [region.slug for region in self._by_alphabet if region.slug in self.outlines.areas]
        return {slug: number for number, slug in enumerate(drawn, start=1)}

    def _area(self, region: Region) -> Area:
        number, states = self._number_of[region.slug], in_words(region.states, region.note, self.language)
        return Area(
            id=f"area-{self.kinds[0]}-{number}",
            number=number,
            href=region.href,
            state=foremost(region.states),
            more="+" if len(region.states) > 1 else "",
            told=words(self.language)["region"].format(name=region.name, states=states),
            outline=self.outlines.areas[region.slug],
        )

    def _row(self, region: Region) -> Markup:
        state = foremost(region.states)
        return _ROW.format(
            state=state,
            number=self._number_of.get(region.slug, ""),
            href=region.href,
            swatch=_SWATCH.format(fill(state)),
            name=region.short_name,
            told=in_words(region.states, region.note, self.language),
        )
