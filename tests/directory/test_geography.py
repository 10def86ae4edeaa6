"""The tables of regions/geography/ load, hang together, and fit the region files."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from helpline.directory.geography import load
from helpline.directory.spelling import fold
from helpline.errors import GeographyFault

REGIONS = Path(__file__).parents[2] / "regions"
TABLES = REGIONS / "geography"
REAL = load(TABLES)

FILES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(REGIONS.glob("*.toml"))
}
ORGANISATIONS = {slug: file for slug, file in FILES.items() if slug != "landelijk"}
CLAIMS = [(name, slug) for slug in ORGANISATIONS for part in FILES[slug]["municipalities"] for name in part["names"]]
NUMBERS = [
    number
    for file in FILES.values()
    for line in ("advice", "doctors")
    for number in file.get(line, {}).get("numbers", [])
]
DOUBTFUL = ["1382", "1902", "2993", "3341", "5104", "5107", "5157", "6121", "6678", "6961", "7351", "7694"]


def organisations_of(postcode: str) -> set[str]:
    """The organisations in whose areas a postcode lies."""
    claims = dict(CLAIMS)
    return {claims[REAL.municipalities[code].name] for code, _ in REAL.postcodes[postcode].municipalities}


def test_tables_are_whole() -> None:
    """All municipalities, postcodes, places and area codes of the country are there."""
    sizes = len(REAL.municipalities), len(REAL.postcodes), len(REAL.places), len(REAL.area_codes)

    assert sizes == (342, 4746, 2770, 141)


def test_municipality_names_are_unique() -> None:
    """A municipality's name says which one is meant, so region files can use it."""
    assert len({municipality.name for municipality in REAL.municipalities.values()}) == 342


def test_every_municipality_of_a_postcode_or_a_place_exists() -> None:
    """No postcode and no place lies in a municipality that the tables do not know."""
    named = {code for postcode in REAL.postcodes.values() for code, _ in postcode.municipalities}
    named |= {place.municipality for place in REAL.places}

    assert named - set(REAL.municipalities) == set()


def test_every_municipality_has_a_postcode_and_a_name_that_callers_say() -> None:
    """Each municipality is the main one of a postcode, and a place in it bears its name."""
    mains = {postcode.municipalities[0][0] for postcode in REAL.postcodes.values()}
    said = {(fold(name), place.municipality) for place in REAL.places for name in (place.name, *place.also)}

    assert mains == set(REAL.municipalities)
    assert {(fold(town.name), town.code) for town in REAL.municipalities.values()} - said == set()


def test_municipalities_of_a_postcode_after_the_main_one_fall() -> None:
    """The main municipality comes first, the others by falling share; all together are no more than the whole."""
    shares = [[share for _, share in postcode.municipalities] for postcode in REAL.postcodes.values()]

    assert [parts for parts in shares if parts[1:] != sorted(parts[1:], reverse=True)] == []
    assert max(sum(parts) for parts in shares) < 100.2


def test_doubtful_postcodes_are_these_and_no_others() -> None:
    """Thirteen postcodes lie in two organisations' areas; only their callers are asked for the municipality."""
    assert [postcode for postcode in REAL.postcodes if len(organisations_of(postcode)) > 1] == DOUBTFUL


@pytest.mark.parametrize(
    ("name", "municipality"),
    [
        ("Den Haag", "'s-Gravenhage"),
        ("The Hague", "'s-Gravenhage"),
        ("Den Bosch", "'s-Hertogenbosch"),
        ("Ljouwert", "Leeuwarden"),
        ("Gorkum", "Gorinchem"),
        ("Mokum", "Amsterdam"),
        ("Damsco", "Amsterdam"),
        ("Roffa", "Rotterdam"),
        ("Utca", "Utrecht"),
        ("Spakenburg", "Bunschoten"),
        ("Driebergen", "Utrechtse Heuvelrug"),
        ("Almere Buiten", "Almere"),
    ],
)
def test_what_people_say_is_among_the_places(name: str, municipality: str) -> None:
    """What people call a place, though no rule makes it of the official name, leads to one municipality."""
    found = {p.municipality for p in REAL.places if fold(name) in map(fold, (p.name, *p.also))}

    assert {REAL.municipalities[code].name for code in found} == {municipality}


def test_short_name_of_two_places_is_borne_by_both() -> None:
    """Who says "Ouderkerk" may mean the one on the Amstel or the one on the IJssel, and must be asked."""
    found = {p.municipality for p in REAL.places if "Ouderkerk" in (p.name, *p.also)}

    assert {REAL.municipalities[code].name for code in found} == {"Krimpenerwaard", "Ouder-Amstel"}


def test_each_organisation_has_a_file_with_municipalities() -> None:
    """There are twenty-six organisations, and each covers at least one municipality."""
    assert len(ORGANISATIONS) == 26
    assert {slug for _, slug in CLAIMS} == set(ORGANISATIONS)


def test_every_municipality_stands_in_exactly_one_file() -> None:
    """No municipality is left out, none is claimed twice, none is unknown."""
    assert sorted(name for name, _ in CLAIMS) == sorted(town.name for town in REAL.municipalities.values())


def test_area_codes_are_those_of_which_95_percent_live_there() -> None:
    """A file lists each area code of which at least 95 percent of the people live in its area, and no other."""
    listed = {(code, slug) for slug, file in ORGANISATIONS.items() for code in file["area_codes"]}
    sure = {(code, slug) for code, shares in REAL.area_codes.items() for slug, part in shares.items() if part >= 95}

    assert listed == sure


def test_all_numbers_are_distinct_sound_placeholders() -> None:
    """Each number is of the Dutch plan, stands once, and has a subscriber part that begins with 0: nobody has it."""
    parsed = [phonenumbers.parse(number) for number in NUMBERS]
    lengths = [phonenumbers.length_of_geographical_area_code(number) for number in parsed]

    assert [n for n, count in Counter(map(phonenumbers.national_significant_number, parsed)).items() if count > 1] == []
    assert all(map(phonenumbers.is_valid_number, parsed))
    assert {str(number.national_number)[length] for number, length in zip(parsed, lengths, strict=True)} == {"0"}


def test_stand_ins_form_a_tree_that_ends_in_two() -> None:
    """Two organisations have no stand-in; from each other one, stand-ins lead to one of these and never round."""
    after = {slug: file["stand_in"] for slug, file in ORGANISATIONS.items() if "stand_in" in file}
    order = list(TopologicalSorter({slug: [stand_in] for slug, stand_in in after.items()}).static_order())

    assert set(order) == set(ORGANISATIONS)
    assert set(ORGANISATIONS) - set(after) == {"amsterdam-amstelland", "rotterdam-rijnmond"}


@pytest.mark.parametrize(
    ("table", "row", "what"),
    [
        ("municipalities.csv", "0344,Utrecht,Utrecht,", "'0344' is not the code of a municipality."),
        ("municipalities.csv", "GM0344,Utrecht,Utrecht,", "GM0344 stands in the table a second time."),
        ("municipalities.csv", "GM9999,Utrecht", "The row has 2 column(s); they should be code,name,province,also."),
        ("postcodes.csv", "351A,address,0,GM0344:100", "'351A' is not a postcode."),
        ("postcodes.csv", "9999,address,some,GM0344:100", "'some' is not a number of inhabitants."),
        ("postcodes.csv", "9999,garden,0,GM0344:100", "'garden' is not known as a kind or a municipality."),
        ("postcodes.csv", "9999,address,0,GM9999:100", "'GM9999' is not known as a kind or a municipality."),
        ("postcodes.csv", "9999,address,0,GM0344", "'GM0344' is not a share, such as utrecht:92.3."),
        ("postcodes.csv", "9999,address,0,GM0344:101", "'GM0344:101' is not a share, such as utrecht:92.3."),
        ("postcodes.csv", "3511,address,0,GM0344:100", "3511 stands in the table a second time."),
        ("places.csv", "Utrecht,village,GM0344,", "'village' is not known as a kind or a municipality."),
        ("places.csv", "Utrecht,woonplaats,GM9999,", "'GM9999' is not known as a kind or a municipality."),
        ("places.csv", '"Utrecht,woonplaats,GM0344,', "unexpected end of data"),
        ("places.csv", "", "The row has 1 column(s); they should be name,kind,municipality,also."),
        ("area_codes.csv", "30,Utrecht,utrecht:100", "'30' is not an area code."),
    ],
)
def test_bad_row_names_file_and_line(table: str, row: str, what: str, tmp_path: Path) -> None:
    """A row that cannot be read is told with its file, its line and what is wrong with it."""
    shutil.copytree(TABLES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / table
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, row, ""]), encoding="utf-8")

    with pytest.raises(GeographyFault) as caught:
        load(tmp_path)

    assert str(caught.value) == f"{path}:{len(lines) + 1}: {what}"
    assert (caught.value.file, caught.value.line) == (str(path), len(lines) + 1)


def test_missing_table_is_named(tmp_path: Path) -> None:
    """A table that is not there is told by its name."""
    with pytest.raises(GeographyFault, match=r"municipalities\.csv:1: The table is not there"):
        load(tmp_path)


def test_wrong_columns_are_told_with_what_they_should_be(tmp_path: Path) -> None:
    """A table whose columns have other names is refused at the line where they stand."""
    (tmp_path / "municipalities.csv").write_text("# a comment\nname,code\n", encoding="utf-8")

    with pytest.raises(GeographyFault, match=r":2: The head of the columns should be code,name,province,also\."):
        load(tmp_path)
