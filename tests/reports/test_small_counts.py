"""What is withheld of counts whose sum is told."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpline.reports.small_counts import FEWEST, is_small, withheld

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 7, 30]), min_size=1)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 5, "b": 0, "c": 9}, ""),
        ({"a": 3, "b": 9, "c": 7, "d": 0}, "ac"),  # and the next smallest, or a would be what is left
        ({"a": 4, "b": 9}, "ab"),
        ({"a": 3, "b": 2, "c": 9}, "ab"),  # together 5: a can be any of 1 to 4
        ({"a": 2, "b": 2, "c": 9, "d": 8}, "abd"),  # together 4, of which neither could be 4
        ({"a": 1, "b": 1, "c": 1, "d": 6}, "abcd"),  # together 3, so each would be 1
        ({"a": 1, "b": 4, "c": 0}, "ab"),
        ({"a": 1, "b": 1, "c": 1, "d": 2, "e": 0}, "abcde"),  # 5 in all: zeros too, or three would be 1 and one 2
    ],
)
def test_small_counts_take_the_next_smallest_along(counts: dict[str, int], hidden: str) -> None:
    """Until no small one can be told from what is left of the sum."""
    assert withheld(counts) == set(hidden)


@given(COUNTS)
def test_each_small_count_can_still_be_any_small_count(counts: dict[str, int]) -> None:
    """What is withheld leaves its sum to be shared out so that a small one is 1, and so that it is 4."""
    assume(sum(counts.values()) >= FEWEST)
    hidden = withheld(counts)
    least = 0 if hidden == counts.keys() else 1
    left = sum(counts[name] for name in hidden)
    assert {name for name, count in counts.items() if is_small(count)} <= hidden
    assert not hidden or len(hidden) > 1
    assert not hidden or left >= FEWEST - 1 + least * (len(hidden) - 1)
