"""Postcodes as people write them into a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory.written import postcodes_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3011", ["3011"]),
        ("  3011ab", ["3011"]),
        ("3011 AB Rotterdam", ["3011"]),
        ("postcode:3011.", ["3011"]),
        ("stop 3011", ["3011"]),
        ("ik woon sinds 2019 in 3011 AB", ["3011"]),
        ("3011 of 1012?", ["3011", "1012"]),
        ("3011 3011", ["3011"]),
        ("٣٠١١", ["3011"]),
        ("0301", []),
        ("30111", []),
        ("0800-2000", []),
        ("24-11-2026", []),
        ("€ 12.5000", []),
        ("+31612345601", []),
        ("06 12345601", []),
        ("", []),
    ],
)
def test_which_postcodes_a_text_has(text: str, found: list[str]) -> None:
    """Each row is a text and the postcodes in it."""
    assert postcodes_in(text) == found


@given(st.text(max_size=1600))
def test_any_text_will_do(text: str) -> None:
    """Whatever is texted, what is found is four figures of which the first is no zero."""
    assert all(len(digits) == 4 and digits.isascii() and digits[0] != "0" for digits in postcodes_in(text))
