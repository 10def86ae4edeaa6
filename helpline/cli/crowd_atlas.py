"""The country as the routing table has it, made into the plain facts that a crowd of callers needs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from helpline.directory.choice import inhabitants
from helpline.directory.table import Route, Table
from helpline.flow.steps import NATIONAL, Say
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.simulator.crowd_atlas import Atlas, Lines, Spot, Spots, Town

_SAID_PLAINLY = re.compile(r"['’]?[^\W\d]+(?:[ '’-][^\W\d]+)*")  # no brackets, abbreviations or figures
_MARKED = re.compile(r"\b(gem|AC|ca|GN|Gn|Gld|L|NB|NH|Ut|St)\b")  # what tables put behind a name, and nobody says
NUMBERS_TO_A_CODE = {3: 10, 4: 1}  # by its length: an area code of three digits has room for ten times as many


def atlas_of(table: Table, moment: datetime | None) -> Atlas:
    """The facts of a table; without a moment it is not known whether a vertrouwensarts is on duty."""
    return Atlas(
        postcodes=Spots([spot for spot in _postcodes(table) if spot.people]),
        po_boxes=Spots([Spot(spot.written, 1, spot.towns) for spot in _postcodes(table) if not spot.people]),
        unserved=[str(digits) for digits in range(1000, 10_000) if not table.of_postcode_choices(str(digits))],
        places=Spots(list(_places(table))),
        area_codes=Spots(list(_area_codes(table))),
        lines={name: _lines(name, table, moment) for name in table.organisations},
        accepting=frozenset(route.number for route in _every_route(table) if route.accept),
        national=NATIONAL,
        last_words=_last_words(table),
        line_of=table.line_of,
    )


def _postcodes(table: Table) -> Iterator[Spot]:
    for digits, postcode in table.country.geography.postcodes.items():
        towns: dict[str, Town] = {}  # the first of each organisation: who is asked, is asked by these
        for code, _ in postcode.municipalities:
            town = _town(code, table)
            towns.setdefault(town.organisation, town)
        yield Spot(digits, postcode.inhabitants, tuple(towns.values()))


def _town(code: str, table: Table) -> Town:
    municipality = table.country.geography.municipalities[code]
    return Town(municipality.name, municipality.province, table.region_of_municipality[code])


def _places(table: Table) -> Iterator[Spot]:
    """Each name in each municipality that has it; half of the people name their municipality, half their village."""
    geography = table.country.geography
    people = inhabitants(geography)
    names = Counter({(town.name, code): people[code] for code, town in geography.municipalities.items()})
    villages = Counter(place.municipality for place in geography.places)
    for place in geography.places:
        names[place.name, place.municipality] += people[place.municipality] // villages[place.municipality]
    everywhere = defaultdict(set)
    for name, code in names:
        everywhere[name].update({code, *table.country.municipalities_called(name)})
    for (name, code), number in names.items():
        if _SAID_PLAINLY.fullmatch(name) and not _MARKED.search(name):
            others = sorted(everywhere[name] - {code})
            yield Spot(name, number, tuple(_town(each, table) for each in (code, *others)))


def _area_codes(table: Table) -> Iterator[Spot]:
    for code in table.country.geography.area_codes:
        region = table.region_of_area_code.get(code)
        yield Spot(code, NUMBERS_TO_A_CODE[len(code)], (Town("", "", region),) if region else ())


def _lines(name: str, table: Table, moment: datetime | None) -> Lines:
    advice = tuple(route.number for route in table.routes("advice", name))
    doctors = frozenset(route.number for route in table.routes("doctors", name)[:1])
    duty = table.doctors_line(name, moment) if moment else "unknown"
    first = {"open": doctors, "unknown": doctors | set(advice[:1])}.get(duty, frozenset(advice[:1]))
    return Lines(advice, first)


def _every_route(table: Table) -> Iterator[Route]:
    for name in table.organisations:
        for kind in ("advice", "doctors"):
            yield from table.routes(kind, name)


def _last_words(table: Table) -> tuple[str, ...]:
    """In each language; where they are a recording, as the simulator tells of one."""
    catalogue = Catalogue(language.load())
    speeches = [catalogue.speech(Say("nobody_reached", code), table) for code in catalogue.languages]
    return tuple(f"[sound {speech.recording}]" if speech.recording else speech.text for [speech] in speeches)
