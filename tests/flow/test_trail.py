"""The trail as text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.errors import Diverged
from helpline.flow import trail
from helpline.flow.trail import Trail

versions = st.from_regex(r"[A-Za-z0-9-]{1,40}", fullmatch=True)
names = st.from_regex(r"[a-z_]{1,40}", fullmatch=True)
endings = st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True)


@given(versions, st.lists(st.tuples(names, endings), max_size=12))
def test_what_is_written_is_read_back(version: str, entries: list[tuple[str, str]]) -> None:
    """A trail written into an address comes back the same."""
    whole = Trail(version, tuple(entries))
    assert trail.read(str(whole)) == whole


@given(versions, st.lists(st.tuples(names, endings), max_size=12))
def test_an_address_needs_no_escaping(version: str, entries: list[tuple[str, str]]) -> None:
    """A trail holds only characters that stand in a URL as they are (RFC 3986, unreserved)."""
    text = str(Trail(version, tuple(entries)))
    assert all(sign.isascii() and (sign.isalnum() or sign in "-._~") for sign in text)


@pytest.mark.parametrize(
    "text", ["", "~", "v1~", "v1~place", "v1~place.a.b", "v1~Place.utrecht", "v1~place.<b>", "v 1", "v1\n", "x" * 1801]
)
def test_anything_else_is_none_of_ours(text: str) -> None:
    """Text that we never wrote is refused, not guessed at."""
    with pytest.raises(Diverged):
        trail.read(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in an address, reading it gives a trail or Diverged, and nothing else."""
    with contextlib.suppress(Diverged):
        assert str(trail.read(text)) == text
