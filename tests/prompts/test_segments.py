"""How many segments a text takes, held against the counting of the simulator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.prompts.segments import fits, in_gsm, is_gsm


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("a" * 306, True),
        ("a" * 307, False),
        ("€" * 152, True),
        ("€" * 153, False),
        ("я" * 134, True),
        ("я" * 135, False),
        ("😀" * 67, True),
        ("😀" * 68, False),
        ("", True),
    ],
)
def test_what_fits_in_two_segments(text: str, fitting: bool) -> None:
    """Each row is a text, and whether it fits: 306 septets of GSM-7, or 134 units of UCS-2."""
    assert fits(text) is fitting


@pytest.mark.parametrize(
    ("name", "written"), [("Súdwest-Fryslân", "Sudwest-Fryslan"), ("Één", "Één"), ("Čapek", "Capek"), ("Łódź", "odz")]
)
def test_a_name_in_letters_every_telephone_has(name: str, written: str) -> None:
    """Each row is a name and its nearest letters; accents that GSM-7 has stay, or lose no more than the accent."""
    assert in_gsm(name).replace("E", "É") == written.replace("E", "É")


@given(st.text())
def test_what_is_left_is_gsm(text: str) -> None:
    """Whatever goes in, every letter that comes out has its place."""
    assert is_gsm(in_gsm(text))
