"""The ways to write or say one place's name meet in one spelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpline.directory.geography import load
from helpline.directory.spelling import fold

REAL = load(Path(__file__).parents[2] / "regions" / "geography")
NAMES = [name for place in REAL.places for name in (place.name, *place.also)]
ARTICLES = ("De ", "de ", "Den ", "Het ", "It ", "'t ")

SAME = [
    ["'s-Gravenhage", "s Gravenhage", "’s‑Gravenhage", "ʼs-Gravenhage", "'S-GRAVENHAGE", "Gravenhage", "sGravenhage"],
    ["'s-Hertogenbosch", "s Hertogenbosch", "shertogenbosch", "Hertogenbosch"],
    ["Den Haag", "den haag", "Haag", " Den  Haag. "],
    ["'t Loo", "t Loo", "Het Loo", "Loo"],
    ["De Rijp", "de ryp", "RIJP", "Rĳp"],
    ["It Hearrenfean", "Hearrenfean"],
    ["Súdwest-Fryslân", "Sudwest Fryslan", "súdwest fryslân"],
    ["St.-Annaparochie", "St. Annaparochie", "Sint Annaparochie", "Sint-Annaparochie", "st.annaparochie"],
    ["Alphen aan den Rijn", "Alphen a/d Rijn", "Alphen a.d. Rijn", "Alphen a d Rijn", "Alphen Ad Ryn"],
    ["Capelle aan den IJssel", "Capelle a/d IJssel", "Capelle Ad Yssel", "capelle aan de ijssel"],
    ["IJsselstein", "Ijsselstein", "Ysselstein", "ĲSSELSTEIN"],
    ["Bergen (NH.)", "Bergen (NH)", "Bergen (L.)", "Bergen (Noord-Holland)", "Bergen gem. NH", "Bergen"],
    ["Ursem gem. S", "Ursem"],
    ["Maria Hoop", "Mariahoop", "maria-hoop"],
    ["1e Exloërmond", "Eerste Exloermond", "1e exloermond"],
    ["Ohé en Laak", "Ohe & Laak"],
    ["Utrecht", "gemeente Utrecht"],
]
DIFFERENT = [
    ("Hoorn", "Horn"),
    ("Beek Lb", "Beek"),
    ("Bergen", "Bergen op Zoom"),
    ("Oudega (Smallingerland)", "Oudega (Wymbritseradeel)"),
    ("Spaarndam gem. Haarlem", "Spaarndam"),
    ("Middelburg", "Middelbeers"),
]


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: str(ways[0]))
def test_ways_to_write_one_name_meet(ways: list[str]) -> None:
    """However a name is written, it comes out as one."""
    assert {fold(way) for way in ways} == {fold(ways[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_stay_apart(one: str, other: str) -> None:
    """Names that differ in more than spelling do not meet."""
    assert fold(one) != fold(other)


@given(st.text() | st.lists(st.sampled_from([*"sdta&('ijst.)", "st", "aan", "den", "gem", "NH", " "])).map(" ".join))
@example("ʰSt ﬆ")
@example("De St")
@example("eer ste")
def test_folding_twice_changes_nothing(name: str) -> None:
    """A folded name is its own folding, whatever it was made of."""
    assert fold(fold(name)) == fold(name)


def test_real_names_fold_to_something_once_and_for_all() -> None:
    """No name of the tables folds to nothing, and each folds to plain small letters and figures."""
    assert [name for name in NAMES if not (fold(name).isascii() and fold(name).isalnum())] == []


def test_article_alone_is_a_name() -> None:
    """An article with nothing behind it is kept: the outcome is not empty."""
    assert fold("De") == "de"


def test_few_places_meet_only_for_their_article() -> None:
    """Dropping articles lets these short names, in different municipalities, meet; callers are asked which is meant."""
    said = {(name, place.municipality) for place in REAL.places for name in (place.name, *place.also)}
    bare = {(fold(name), town) for name, town in said if not name.startswith(ARTICLES)}
    dropped = {(fold(name), town) for name, town in said if name.startswith(ARTICLES)} - bare

    assert {name for name, _ in dropped} & {name for name, _ in bare} == {
        *("andel", "hoek", "hoorn", "horn", "koog", "loo", "waal", "wilp", "wyk"),
    }
