"""Municipalities that merge: the geography as it is on a day.

1. From its day on a merged municipality is no more; its postcodes and places are those of the one it became part of.
2. Its name stays, as a place of that one: people go on saying it for years.
3. A municipality in which no postcode lies is not there: one yet to be founded has none before its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from helpline.directory.geography import Geography, Place, Postcode

Parts = tuple[tuple[str, float], ...]  # municipalities by code, with the percent of a postcode's area


def on(geography: Geography, day: date) -> Geography:
    """The geography with all mergers up to and including `day` done; the same object where that changes nothing."""
    done = [merger for merger in geography.mergers if merger.day <= day]
    became: dict[str, str] = {}
    for merger in done:  # in the order of their days, so that a chain of mergers leads to its end
        became = {old: merger.into if new == merger.municipality else new for old, new in became.items()}
        became[merger.municipality] = became.get(merger.into, merger.into)
    postcodes = geography.postcodes
    if done:
        postcodes = {digits: _postcode(postcode, became) for digits, postcode in postcodes.items()}
    made_up = {postcode.municipalities for postcode in postcodes.values()}
    there = {code for parts in made_up for code, _ in parts}
    if not done and geography.municipalities.keys() <= there:
        return geography
    return Geography(
        {code: town for code, town in geography.municipalities.items() if code in there},
        postcodes,
        (*(_place(place, became) for place in geography.places), *_names_that_stay(geography, became)),
        geography.area_codes,
        tuple(merger for merger in geography.mergers if merger not in done),
        geography.municipality_table,
    )


def _postcode(postcode: Postcode, became: Mapping[str, str]) -> Postcode:
    parts = _parts(postcode.municipalities, became)
    return postcode if parts is postcode.municipalities else postcode._replace(municipalities=parts)


def _parts(parts: Parts, became: Mapping[str, str]) -> Parts:
    """The same parts under the new codes, the main one first; two of one municipality are one."""
    if not any(code in became for code, _ in parts):
        return parts
    found: dict[str, float] = {}
    for code, percent in parts:
        now = became.get(code, code)
        found[now] = round(found.get(now, 0) + percent, 1)
    if len(found) == len(parts):
        return tuple(found.items())
    return tuple(sorted(found.items(), key=lambda part: -part[1]))  # together two may be more than the first was


def _place(place: Place, became: Mapping[str, str]) -> Place:
    now = became.get(place.municipality)
    return place._replace(municipality=now) if now else place


def _names_that_stay(geography: Geography, became: Mapping[str, str]) -> list[Place]:
    towns = geography.municipalities
    return [
        Place(towns[old].name, "former-municipality", now, towns[old].also)
        for old, now in became.items()
        if towns[old].name not in {place.name for place in geography.places if place.municipality == old}
    ]
