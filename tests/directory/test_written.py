"""Postcodes as people write them into a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory.written import four_figures, postcodes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3011ab", ["3011"]),
        ("3011 AB Rotterdam", ["3011"]),
        ("ik woon sinds 2019 in 3011 AB", ["3011"]),
        ("3011 AB of 1012 AB?", ["3011", "1012"]),
        ("3011AB 3011 AB", ["3011"]),
        ("2019 is het begonnen", []),
        ("3011", []),
        ("0301 AB", []),
        ("30111 AB", []),
        ("24-11-2026 AB", []),
        ("3011 ABC", []),
        ("", []),
    ],
)
def test_which_postcodes_a_text_has(text: str, found: list[str]) -> None:
    """Each row is a text and the whole postcodes in it."""
    assert postcodes(text) == found


@pytest.mark.parametrize("text", ["06 1234 5678", "0800-2000", "24-11-2026", "12.5000", "+31612345601", "30111"])
def test_part_of_a_number_is_not_four_figures_alone(text: str) -> None:
    """Figures that touch others are no postcode, whatever stands between them."""
    assert not four_figures.search(text)


@given(st.text(max_size=1600))
def test_any_text_will_do(text: str) -> None:
    """Whatever is texted, what is found is four figures of which the first is no zero."""
    assert all(len(digits) == 4 and digits.isascii() and digits[0] != "0" for digits in postcodes(text))
