"""No small count can be worked out of a table from what is shown of it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpline.reports.covering import Place, Withheld, withheld_of
from helpline.reports.small_counts import FEWEST, is_small
from tests.reports.attacker import Printed, printed

SMALL = range(1, FEWEST)
COUNTS = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 40])
Table = dict[str, dict[str, int]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of up to seven rows and five columns, in which small counts are frequent."""
    columns = "abcde"[: draw(st.integers(1, 5))]
    rows = draw(st.lists(st.lists(COUNTS, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=7))
    return {f"row {number}": dict(zip(columns, row, strict=True)) for number, row in enumerate(rows)}


def still_open(seen: Printed, what: str | Place) -> list[int]:
    """What this can still be, of all small counts."""
    return [count for count in SMALL if seen.can_be(what, count)]


def given_away(table: Table, hidden: Withheld) -> dict[str | Place, list[int]]:
    """Each small count of the table of which something small can be ruled out, with what is left."""
    seen = printed(table, hidden)
    counts: dict[str | Place, int] = {
        **{name: sum(row.values()) for name, row in table.items()},
        **{column: sum(row[column] for row in table.values()) for column in next(iter(table.values()))},
        **{Place(name, column): count for name, row in table.items() for column, count in row.items()},
    }
    left = {what: still_open(seen, what) for what, count in counts.items() if is_small(count)}
    return {what: found for what, found in left.items() if found != list(SMALL)}


EXAMPLES: list[Table] = [  # what hypothesis found for programs with one thing left out
    {"row 0": {"a": 0, "b": 0}, "row 1": {"a": 0, "b": 4}, "row 2": {"a": 0, "b": 5}},
    {"row 0": {"a": 1, "b": 4}, "row 1": {"a": 4, "b": 3}},
    {"row 0": {"a": 0, "b": 0, "c": 5}, "row 1": {"a": 0, "b": 5, "c": 1}},
    {"row 0": {"a": 0, "b": 2, "c": 3}, "row 1": {"a": 0, "b": 3, "c": 3}},
    {"row 0": {"a": 0, "b": 2, "c": 2, "d": 5}},
    {"row 0": {"a": 0, "b": 0, "c": 4, "d": 5}},
    {"row 0": {"a": 3, "b": 5}},
    {"row 0": {"a": 1}, "row 1": {"a": 1}, "row 2": {"a": 1}, "row 3": {"a": 6}},
    {"row 0": {"a": 0, "b": 5, "c": 2, "d": 2}, "row 1": {"a": 2, "b": 0, "c": 1, "d": 3}},
]


@pytest.mark.parametrize("table", EXAMPLES, ids=map(str, range(len(EXAMPLES))))
def test_no_small_count_is_given_away(table: Table) -> None:
    """In tables that gave one away once."""
    assert given_away(table, withheld_of(table)) == {}


@settings(max_examples=200)
@given(tables())
def test_every_small_count_can_still_be_any_small_count(table: Table) -> None:
    """Whoever knows all that is shown, and the rules, can rule out none of 1 to 4 for any small count."""
    assume(sum(sum(row.values()) for row in table.values()) >= FEWEST)
    hidden = withheld_of(table)
    assume(hidden.rows != set(table))  # then no row is told of at all
    assert given_away(table, hidden) == {}


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    """Zeros are nobody."""
    assert withheld_of({"a": {"x": 5, "y": 0}, "b": {"x": 7, "y": 30}}) == Withheld(frozenset(), frozenset())


def test_one_small_count_takes_three_others_along() -> None:
    """One in its row, one in its column, and one across, where least is lost: the others could be subtracted."""
    table = {"a": {"x": 90, "y": 3, "z": 20}, "b": {"x": 80, "y": 9, "z": 10}, "c": {"x": 70, "y": 50, "z": 60}}
    assert withheld_of(table) == Withheld(
        frozenset(), frozenset({Place("a", "y"), Place("a", "z"), Place("b", "y"), Place("b", "z")})
    )


def test_a_group_with_few_calls_is_withheld_whole_with_the_next_smallest() -> None:
    """All cells of both, zeros too."""
    table = {"a": {"x": 3, "y": 0}, "b": {"x": 9, "y": 8}, "c": {"x": 80, "y": 70}}
    cells = {Place(row, column) for row in "ab" for column in "xy"}
    assert withheld_of(table) == Withheld(frozenset("ab"), frozenset(cells))


def test_what_cannot_be_covered_withholds_everything() -> None:
    """Five groups of one call each: their sum gives them away, so no row may be told of."""
    table = {name: {"x": 1} for name in "abcde"}
    assert withheld_of(table).rows == set("abcde")
