"""Segments of a text: how many, in which encoding, as a carrier counts them."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.prompts.segments import fits, is_gsm
from helpline.simulator.segments import BASIC, EXTENSION, Segments, segments

GSM = st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=700)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments("GSM-7", 0, 1)),
        ("a" * 160, Segments("GSM-7", 160, 1)),
        ("a" * 161, Segments("GSM-7", 161, 2)),
        ("a" * 306, Segments("GSM-7", 306, 2)),
        ("a" * 307, Segments("GSM-7", 307, 3)),
        ("€" * 80, Segments("GSM-7", 160, 1)),
        ("€" * 152, Segments("GSM-7", 304, 2)),  # 76 in each: the last septet stays empty
        ("€" * 153, Segments("GSM-7", 306, 3)),
        ("a" * 152 + "€" + "a" * 152, Segments("GSM-7", 306, 3)),
        ("é\n{}", Segments("GSM-7", 6, 1)),
        ("я" * 70, Segments("UCS-2", 70, 1)),
        ("я" * 71, Segments("UCS-2", 71, 2)),
        ("я" * 134, Segments("UCS-2", 134, 2)),
        ("я" * 135, Segments("UCS-2", 135, 3)),
        ("😀" * 35, Segments("UCS-2", 70, 1)),
        ("😀" * 66, Segments("UCS-2", 132, 2)),  # 33 in each
        ("😀" * 67, Segments("UCS-2", 134, 3)),
        ("ê", Segments("UCS-2", 1, 1)),
        ("`", Segments("UCS-2", 1, 1)),
    ],
)
def test_counts(text: str, expected: Segments) -> None:
    """Each row is a text, and what it takes."""
    assert segments(text) == expected


def test_alphabet() -> None:
    """The default alphabet has 127 characters besides the escape, the extension table ten that are sent."""
    assert (len(BASIC), len(EXTENSION), BASIC & EXTENSION) == (127, 10, frozenset())


@given(st.text(max_size=700))
def test_bounds(text: str) -> None:
    """A text takes no fewer segments than its units need, and at most one unit of each is left empty."""
    counted = segments(text)
    alone, joined = (160, 153) if counted.encoding == "GSM-7" else (70, 67)
    if counted.units <= alone:
        assert counted.count == 1
    else:
        assert ceil(counted.units / joined) <= counted.count <= ceil(counted.units / (joined - 1))


@given(GSM, GSM)
def test_longer_is_no_less(text: str, more: str) -> None:
    """What is added never takes a segment away."""
    assert segments(text).count <= segments(text + more).count


@given(st.text(max_size=700))
def test_units_of_ucs_2(text: str) -> None:
    """In UCS-2 a text takes half the bytes of UTF-16."""
    counted = segments(text + "я")
    assert counted.units == len((text + "я").encode("utf-16-be")) // 2


@given(GSM | st.text(max_size=200))
def test_the_service_never_counts_less(text: str) -> None:
    """What the service takes to fit in two segments does, in the same encoding."""
    assert is_gsm(text) is (segments(text).encoding == "GSM-7")
    assert not fits(text) or segments(text).count <= 2
