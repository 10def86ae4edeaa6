"""Callers' numbers, and numbers a table may dial."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory import numbers
from helpline.directory.numbers import Unsound, area_code_of, is_placeholder, to_dial


@pytest.mark.parametrize(
    ("caller", "code"),
    [
        ("+31300123456", "030"),
        ("0300123456", "030"),
        ("0031300123456", "030"),
        ("+31 118 012 345", "0118"),
        ("sip:+31300123456@sip.example", "030"),
        ("sip:0118012345@sip.example;user=phone", "0118"),
    ],
)
def test_a_sound_landline_has_an_area_code(caller: str, code: str) -> None:
    """A Dutch landline gives its area code, in whatever form the carrier sends it."""
    assert area_code_of(caller) == code


@pytest.mark.parametrize(
    "caller",
    [
        *("", " ", "anonymous", "Anonymous", "unknown", "restricted", "unavailable", "private", "withheld", "null"),
        *(
            "+266696687",
            "+7378742833",
            "+7378742883",
            "+17378742833",
            "+2562533",
            "+8656696",
            "+86282452253",
            "+464",
            "266696687",
        ),
        *("+31612345601", "0612345601", "+31850000000", "+31880000000", "+318000000", "+31900000000", "14030"),
        *("+3230000000", "+4930000000", "+15005550006", "+3130012345", "+313001234567", "030", "+31"),
        *("client:demo", "sip:anonymous@anonymous.invalid", "sip:@", "sip:", "not a number", "+", "٠٣٠", "🙂"),
    ],
)
def test_every_other_caller_has_none(caller: str) -> None:
    """Withheld in all its spellings, mobile, 085, 088, 14xx, foreign, too short or long, garbage: no guess."""
    assert area_code_of(caller) is None


@given(st.integers(100_000_000, 999_999_999))
def test_the_area_code_of_a_dutch_number_is_the_librarys(number: int) -> None:
    """Whatever comes behind the digits by which it is remembered."""
    assert area_code_of(f"+31{number}") == numbers._area_code_of(f"+31{number}")


def test_each_area_code_is_the_librarys() -> None:
    """For all digits that a Dutch number can begin with."""
    for begins in range(1000, 10_000):
        assert area_code_of(f"+31{begins}99999") == numbers._area_code_of(f"+31{begins}99999")


@given(st.text(max_size=60))
def test_no_caller_breaks_the_reading(caller: str) -> None:
    """Whatever stands where a number should, there is an area code or none."""
    code = area_code_of(caller)
    assert code is None or code.startswith("0")


@pytest.mark.parametrize(
    "written",
    ["+31 30 000 0001", "030-0000001", "030 000 00 01", "0031300000001", "+31 (0)30 000 0001", "+31300000001"],
)
def test_a_number_is_taken_as_people_write_it(written: str) -> None:
    """However it is written, a sound number becomes E.164."""
    assert to_dial(written) == "+31300000001"


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("+31 30 OOO 0001", "letter O"),
        ("utrecht", "not a telephone number"),
        ("112", "not a number of the Dutch plan"),
        ("911", "not a number of the Dutch plan"),
        ("+31 30 000 001", "not a number of the Dutch plan"),
        ("+32 2 000 00 01", "foreign"),
        ("0900 0000", "premium-rate"),
        ("0906 0000000", "premium-rate"),
        ("0800-2000", "the helpline itself"),
        ("066 0000000", "pager"),
    ],
)
def test_a_number_that_cannot_be_meant_is_refused(written: str, what: str) -> None:
    """Each refusal says what is wrong and what to write instead."""
    refused = to_dial(written)
    assert isinstance(refused, Unsound)
    assert what in refused.what
    assert refused.help


@pytest.mark.parametrize("e164", ["+31300000001", "+31118000001", "+31700000900", "+31612345601"])
def test_placeholders_are_known(e164: str) -> None:
    """A subscriber part that begins with 0, or an example mobile, is nobody's."""
    assert is_placeholder(e164)


@given(st.integers(1_000_000, 9_999_999))
def test_other_numbers_are_not_placeholders(subscriber: int) -> None:
    """A subscriber part that begins with any other digit could be somebody's."""
    assert not is_placeholder(f"+3130{subscriber}")
