"""Who serves a postcode, a place or a number: what decided, and where that stands."""

from __future__ import annotations

import pytest

from helpline.directory.country import Country
from helpline.directory.find import find
from tests.conftest import REGIONS, TODAY, version_of


@pytest.mark.parametrize(
    ("what", "kind", "regions", "by"),
    [
        ("1382", "postcode", ["amsterdam-amstelland", "gooi-en-vechtstreek"], "Amsterdam"),
        ("3511 ab", "postcode", ["utrecht"], "Utrecht"),
        ("35111", "postcode", [], ""),
        ("Zeist", "place", ["utrecht"], "Zeist"),
        ("030", "area code", ["utrecht"], ""),
        ("030 000 0001", "number", ["utrecht"], "advice 1"),
        ("+31 30 000 0003", "number", ["utrecht"], "doctors 1"),
        ("030 231 2345", "area code", ["utrecht"], ""),
    ],
)
def test_what_decided(land: Country, what: str, kind: str, regions: list[str], by: str) -> None:
    """A number of ours by its line, any other by its area code; a postcode and a place by the municipality."""
    found = find(what, version_of(REGIONS, land), TODAY)
    assert (found.kind, [each.region for each in found.decided]) == (kind, regions)
    assert found.found == bool(regions)
    assert [each.by for each in found.decided][:1] == [by] * bool(regions)
    assert all(each.where.startswith(f"regions/{each.region}.toml:") for each in found.decided)
    assert found.text.startswith(found.written if regions else "There is no postcode 35111.")


def test_an_area_code_of_several(land: Country) -> None:
    """Where its people live, with the percent of them."""
    found = find("0348", version_of(REGIONS, land), TODAY)
    assert [(slug, share) for slug, _, share in found.shares] == [("utrecht", 94.2), ("hollands-midden", 5.8)]
    assert found.text.startswith(
        "0348: asked, since its people live in more than one area: Veilig Thuis Utrecht 94.2 %"
    )
