"""The fields of a form, read as the standard library reads them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from helpline.carrier import form

PIECES = st.sampled_from(
    ["a", "=", "&", "+", "%", "%2B", "%3D", "%3d", "%C3%A9", "%ff", "%0", ";", "#", " ", "é", "\x00", "%25", "B="]
)


def as_the_library(encoded: bytes) -> form.Fields:
    """Each field as the standard library gives it, blank ones too."""
    return parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True)


@given(st.lists(PIECES, max_size=12))
def test_whatever_is_sent_is_read_as_the_library_reads_it(pieces: list[str]) -> None:
    """Also what is no form at all."""
    encoded = "".join(pieces).encode()
    assert form.read(encoded) == as_the_library(encoded)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_as_the_library_reads_them(encoded: bytes) -> None:
    """Nothing that is sent raises."""
    assert form.read(encoded) == as_the_library(encoded)


@given(st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=20), max_size=30))
def test_what_is_written_is_read_back(fields: dict[str, str]) -> None:
    """Every value of every field, in every script."""
    try:
        encoded = urlencode(fields).encode()
    except UnicodeEncodeError:  # half a character, which no form can hold
        return
    assert form.first_of_each(form.read(encoded)) == fields
