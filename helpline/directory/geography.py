"""What is where in the Netherlands: municipalities, postcodes, places and area codes, as regions/geography/ says."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, get_args

from helpline.errors import GeographyFault

PostcodeKind = Literal["address", "address-new-or-special", "pobox", "retired-or-unknown"]
PlaceKind = Literal["woonplaats", "municipality", "city-district", "former-municipality"]
_T = TypeVar("_T")

_POSTCODE_KINDS: Mapping[str, PostcodeKind] = {kind: kind for kind in get_args(PostcodeKind)}
_PLACE_KINDS: Mapping[str, PlaceKind] = {kind: kind for kind in get_args(PlaceKind)}
_CODE = re.compile(r"GM[0-9]{4}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_AREA_CODE = re.compile(r"0[1-9][0-9]{1,2}")
_COUNT = re.compile(r"[0-9]+")
MUNICIPALITIES = "regions/geography/municipalities.csv"  # as errors name it
_SHARE = re.compile(r"[^:]+:(100|[0-9]{1,2}(\.[0-9])?)")


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality; `also` holds what else people call it."""

    code: str
    name: str
    province: str
    also: tuple[str, ...]


class Postcode(NamedTuple):  # there are thousands of these, and a dataclass takes three times as long to make
    """One postcode; `municipalities` are codes with the percent of its area, the main one first."""

    kind: PostcodeKind
    inhabitants: int
    municipalities: tuple[tuple[str, float], ...]


class Place(NamedTuple):
    """One name on the map, in one municipality (its code); a village across a border is two places."""

    name: str
    kind: PlaceKind
    municipality: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merger:
    """From `day` on a municipality is part of another; both are codes."""

    day: date
    municipality: str
    into: str


@dataclass(frozen=True, slots=True)
class Geography:
    """Municipalities by code, postcodes by "3011", places, and by "030" the percent of people per organisation.

    `mergers` are those that these tables do not have in them yet, in the order of their days; `municipality_table` is
    the text of that table, for errors to point into.
    """

    municipalities: Mapping[str, Municipality]
    postcodes: Mapping[str, Postcode]
    places: tuple[Place, ...]
    area_codes: Mapping[str, Mapping[str, float]]
    mergers: tuple[Merger, ...]
    municipality_table: str

    @property
    def organisations(self) -> frozenset[str]:
        """The organisations there are, by the names of their region files."""
        return frozenset(slug for shares in self.area_codes.values() for slug in shares)


def load(folder: Path) -> Geography:
    """Read the five tables whole, or raise a GeographyFault that names the file and the line."""
    towns = _by_key(folder / "municipalities.csv", "code,name,province,also", _municipality)
    return Geography(
        towns,
        _by_key(folder / "postcodes.csv", "postcode,kind,inhabitants,municipalities", _postcode_in(towns)),
        tuple(place for _, place in _each(folder / "places.csv", "name,kind,municipality,also", _place_in(towns))),
        _by_key(folder / "area_codes.csv", "code,place,shares", _area_code),
        tuple(merger for _, merger in _each(folder / "mergers.csv", "day,municipality,into", _merger_in(towns))),
        (folder / "municipalities.csv").read_text(encoding="utf-8"),
    )


def _municipality(code: str, name: str, province: str, also: str) -> tuple[str, Municipality]:
    return _like(_CODE, code, "the code of a municipality"), Municipality(
        code, name, province, tuple(filter(None, also.split("|")))
    )


def _postcode_in(known: Mapping[str, Municipality]) -> Callable[..., tuple[str, Postcode]]:
    @cache  # hundreds of postcodes lie whole in the same municipality: one tuple serves them
    def municipalities(shares: str) -> tuple[tuple[str, float], ...]:
        return tuple((known[code].code, percent) for code, percent in _shares(shares))

    def row(postcode: str, kind: str, inhabitants: str, shares: str) -> tuple[str, Postcode]:
        people = int(_like(_COUNT, inhabitants, "a number of inhabitants"))
        return _like(_POSTCODE, postcode, "a postcode"), Postcode(_POSTCODE_KINDS[kind], people, municipalities(shares))

    return row


def _place_in(known: Mapping[str, Municipality]) -> Callable[..., Place]:
    return lambda name, kind, code, also: Place(
        name, _PLACE_KINDS[kind], known[code].code, tuple(filter(None, also.split("|")))
    )


def _area_code(code: str, _place: str, shares: str) -> tuple[str, Mapping[str, float]]:
    return _like(_AREA_CODE, code, "an area code"), dict(_shares(shares))


def _merger_in(known: Mapping[str, Municipality]) -> Callable[..., Merger]:
    return lambda day, municipality, into: Merger(date.fromisoformat(day), known[municipality].code, known[into].code)


def _by_key(path: Path, header: str, row: Callable[..., tuple[str, _T]]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for line, (key, value) in _each(path, header, row):
        if key in found:
            raise GeographyFault(str(path), line, f"{key} stands in the table a second time.")
        found[key] = value
    return found


def _each(path: Path, header: str, row: Callable[..., _T]) -> Iterator[tuple[int, _T]]:
    columns = header.count(",") + 1
    for number, line in _lines(path, header):
        try:
            cells = next(csv.reader([line], strict=True)) if '"' in line else line.split(",")
            if len(cells) != columns:
                raise ValueError(f"The row has {len(cells)} column(s); they should be {header}.")
            made = row(*cells)
        except KeyError as fault:
            raise GeographyFault(str(path), number, f"{fault} is not known as a kind or a municipality.") from None
        except (csv.Error, ValueError) as fault:
            raise GeographyFault(str(path), number, str(fault)) from None
        yield number, made


def _lines(path: Path, header: str) -> Iterator[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise GeographyFault(str(path), 1, "The table is not there, or is not UTF-8 text.") from fault
    head = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if lines[head : head + 1] != [header]:
        raise GeographyFault(str(path), head + 1, f"The head of the columns should be {header}.")
    return enumerate(lines[head + 1 :], head + 2)


def _like(pattern: re.Pattern[str], cell: str, what: str) -> str:
    if not pattern.fullmatch(cell):
        raise ValueError(f"{cell!r} is not {what}.")
    return cell


def _shares(text: str) -> Iterator[tuple[str, float]]:
    for part in text.split("|"):
        key, _, percent = _like(_SHARE, part, "a share, such as utrecht:92.3").partition(":")
        yield key, float(percent)
