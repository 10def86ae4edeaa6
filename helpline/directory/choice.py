"""The places a caller can be asked about, each as a voice says it, and the organisation that serves it.

1. A place has one entry in each municipality it lies in; a municipality and its town of the same name are one.
2. A name that is the only one of its sound is said plainly. Otherwise its province follows, or its municipality
   where the province would not tell them apart: "Hengelo in Gelderland", "Nes, gemeente Ameland".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from helpline.directory.geography import Geography, Municipality
from helpline.directory.sound import sounds_like

_SAID = {"'s-Gravenhage": "Den Haag", "'s-Hertogenbosch": "Den Bosch"}  # nobody says the long name
# What tables put behind a name to tell it from another; "ca" and "AC" are older municipalities (cum annexis, Alphen).
_MARK = re.compile(r" *\(.*\)$| gem\.? .*$| (AC|ca|GN|Gn|Gld|L|NB|NH|Ut)$")
_WRITTEN_SHORT = ((re.compile(r"^St\.[ -]*"), "Sint "), (re.compile("^1e"), "Eerste"), (re.compile("^2e"), "Tweede"))
_ALSO_TOWNS = {"Groningen", "Utrecht"}  # "Elst in Utrecht" would be heard as the town


# What towns are called in the languages offered, where the tables do not have it; also as a sentence inflects them.
_ABROAD = {
    "Amsterdam": "Амстердам Амстердамі Амстердаме أمستردام امستردام Amsterdamie",
    "Rotterdam": "Роттердам Роттердамі Роттердаме روتردام Roterdam Róterdam Rotterdamie",
    "'s-Gravenhage": "Гаага Гаазі Гааге لاهاي Hadze Haia",
    "Utrecht": "Утрехт Утрехті Утрехте أوتريخت اوترخت Utrechcie",
    "Eindhoven": "Ейндговен Ейндховен Эйндховен آيندهوفن أيندهوفن",
    "Groningen": "Гронінген Гронинген خرونينغن Groninga Groningue",
    "Tilburg": "Тілбург Тилбург تيلبورغ",
    "Almere": "Алмере ألميره",
    "Breda": "Бреда بريدا",
    "Nijmegen": "Неймеген Наймеген نايميخن Nimega Nimègue",
    "Arnhem": "Арнем Арнхем أرنهم",
    "Haarlem": "Гарлем Харлем هارلم",
    "Leiden": "Лейден ليدن Leyde Lejda",
    "Maastricht": "Маастрихт ماستريخت",
    "'s-Hertogenbosch": "Гертогенбос Хертогенбос سيرتوخيمبوس Bolduque Bois-le-Duc Herzogenbusch",
    "Vlissingen": "Flessingue Flesinga Vlissinge",
}


class Choice(NamedTuple):
    """One of the places a postcode or a name may mean, and the organisation that serves it."""

    place: str
    region: str


class Choosable(NamedTuple):
    """A choice, all that it is called, and how many people live in its municipality."""

    choice: Choice
    names: tuple[str, ...]  # as a voice says it, then all others
    people: int


class _Entry(NamedTuple):
    said: str
    sound: str
    municipality: Municipality
    names: tuple[str, ...]


def choosable(geography: Geography, region_of_municipality: Mapping[str, str]) -> tuple[Choosable, ...]:
    """Every place that can be chosen, municipalities first, in an order that depends on the tables only."""
    people = inhabitants(geography)
    entries = _entries(geography)
    sounds = _by_sound(entries)
    return tuple(
        Choosable(
            Choice(_told_apart(entry, sounds[entry.sound]), region_of_municipality[entry.municipality.code]),
            (*entry.names, *_with_its_area(entry, sounds[entry.sound])),
            people[entry.municipality.code],
        )
        for entry in entries
    )


def inhabitants(geography: Geography) -> Mapping[str, int]:
    """How many people live in each municipality, near enough: a postcode counts for its main one."""
    counted: Counter[str] = Counter()
    for postcode in geography.postcodes.values():
        counted[postcode.municipalities[0][0]] += postcode.inhabitants
    return counted


def said(name: str) -> str:
    """The name as a voice reads it out: without brackets and abbreviations."""
    name = _SAID.get(name, _MARK.sub("", name))
    for pattern, whole in _WRITTEN_SHORT:
        name = pattern.sub(whole, name)
    return name


def _entries(geography: Geography) -> Sequence[_Entry]:
    names: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for code, name, also in _rows(geography):
        abroad = _ABROAD.get(name, "").split()
        names[said(name), code].update(dict.fromkeys((said(name), name, *also, *abroad)))
    return [
        _Entry(spoken, sounds_like(spoken), geography.municipalities[code], tuple(called))
        for (spoken, code), called in names.items()
    ]


def _rows(geography: Geography) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for municipality in geography.municipalities.values():
        yield municipality.code, municipality.name, municipality.also
    for place in geography.places:
        yield place.municipality, place.name, place.also


def _by_sound(entries: Sequence[_Entry]) -> Mapping[str, Sequence[_Entry]]:
    """The entries that are called something of a sound; one for each municipality, since these need telling apart."""
    found: dict[str, dict[str, _Entry]] = defaultdict(dict)
    for entry in entries:
        for key in dict.fromkeys((entry.sound, *map(sounds_like, entry.names[1:]))):
            found[key].setdefault(entry.municipality.code, entry)
    return {key: tuple(alike.values()) for key, alike in found.items()}


def _told_apart(entry: _Entry, alike: Sequence[_Entry]) -> str:
    province = entry.municipality.province
    if len(alike) == 1:
        return entry.said
    if [other.municipality.province for other in alike].count(province) == 1:
        return f"{entry.said} in {f'de provincie {province}' if province in _ALSO_TOWNS else province}"
    return f"{entry.said}, gemeente {said(entry.municipality.name)}"


def _with_its_area(entry: _Entry, alike: Sequence[_Entry]) -> Iterator[str]:
    """What a caller says who knows that there are more: "Bergen Limburg", "Bergen in Limburg"."""
    if len(alike) > 1:
        for area in dict.fromkeys((entry.municipality.province, said(entry.municipality.name))):
            yield f"{entry.said} {area}"
            yield f"{entry.said} in {area}"
            yield f"{entry.said} gemeente {area}"
