"""Counts for researchers, in which rare kinds are told together."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from helpline.reports.days import Days
from helpline.reports.export import ANY, FEWEST_AT_ALL, Kind, exported, told_together
from helpline.reports.small_counts import FEWEST
from helpline.storage.counts import Counts
from helpline.storage.database import Database
from tests.reports.made import HUNG_UP, UNDER_WAY, Made, keep

DAYS = Days(date(2026, 11, 23), date(2026, 11, 24))
NEXT_DAY = "2026-11-24T11"
WORDS = st.sampled_from("ab")
KINDS = st.builds(Kind, st.just("2026-11-23"), WORDS, WORDS, WORDS, WORDS, WORDS)
A = Kind("2026-11-23", "utrecht", "advice", "nl", "answered", "keyed")


def stands_for(row: Kind, kind: Kind) -> bool:
    """Whether a row may hold calls of a kind."""
    return all(told in (ANY, word) for told, word in zip(row, kind, strict=True))


@given(st.dictionaries(KINDS, st.integers(1, 8)), st.sampled_from([FEWEST_AT_ALL, FEWEST]))
def test_no_row_is_of_few_calls_and_no_call_is_in_two(kinds: dict[Kind, int], fewest: int) -> None:
    """All calls of a day are in the rows but for a few; a kind that is frequent enough has its own row."""
    rows, left = told_together(Counter(kinds), fewest)
    assert rows.total() + left.total() == sum(kinds.values())
    assert left.total() < fewest
    assert all(count >= fewest for count in rows.values())
    own = {kind: count for kind, count in kinds.items() if count >= fewest}
    assert {kind: count for kind, count in rows.items() if ANY not in kind} == own
    for row, count in rows.items():
        rare = sum(number for kind, number in kinds.items() if stands_for(row, kind) and kind not in own)
        assert count <= own.get(row, rare)


def test_what_is_rare_gives_up_its_last_word_first() -> None:
    """Two ways to find the place are told together, before two outcomes are, before two languages."""
    kinds = Counter({A: 9, A._replace(found="spoken"): 3, A._replace(found="desk"): 2, A._replace(language="tr"): 4})
    kinds[A._replace(language="pl", outcome="gone")] = 1
    rows, left = told_together(kinds, FEWEST)
    assert rows == {A: 9, A._replace(found=ANY): 5, A._replace(language=ANY, outcome=ANY, found=ANY): 5}
    assert not left


def test_days_come_in_order_and_what_is_left_of_them_at_the_end(database: Database, counts: Counts) -> None:
    """Three calls on one day and two on the other are told for no day; under way counts nowhere."""
    keep(database, (6, Made()), (3, Made(line="doctors")), (9, UNDER_WAY), (5, HUNG_UP))
    keep(database, (7, Made(hour=NEXT_DAY)), (2, Made(hour=NEXT_DAY, organisation="zeeland")))
    assert [(",".join(kind), calls) for kind, calls in exported(counts, DAYS)] == [
        ("2026-11-23,none,advice,nl,hung up,none", 5),
        ("2026-11-23,utrecht,advice,nl,answered,keyed", 6),
        ("2026-11-24,utrecht,advice,nl,answered,keyed", 7),
        ("*,*,*,*,*,*", 5),
    ]


def test_a_single_call_is_never_a_row(database: Database, counts: Counts) -> None:
    """Not even where small counts are wanted; what is left is told when it is two."""
    keep(database, (1, Made()), (2, Made(language="tr")), (1, Made(hour=NEXT_DAY)))
    assert [*exported(counts, DAYS)] == []
    assert [(",".join(kind), calls) for kind, calls in exported(counts, DAYS, small_counts=True)] == [
        ("2026-11-23,utrecht,advice,tr,answered,keyed", 2),
        ("*,*,*,*,*,*", 2),
    ]


def test_without_calls_there_are_no_rows(counts: Counts) -> None:
    """And nothing is asked day by day."""
    assert [*exported(counts, Days(date(2000, 1, 1), date(2099, 1, 1)))] == []


def test_a_day_of_25_hours_is_one_day(database: Database, counts: Counts) -> None:
    """From midnight to midnight in Amsterdam."""
    keep(database, *((1, Made(hour=hour)) for hour in ("2026-10-24T22", "2026-10-25T00", "2026-10-25T01")))
    keep(database, (2, Made(hour="2026-10-25T22")), (5, Made(hour="2026-10-25T23")), (9, Made(hour="2026-10-24T21")))
    rows = exported(counts, Days(date(2026, 10, 24), date(2026, 10, 26)))
    assert [(kind.day, calls) for kind, calls in rows] == [("2026-10-24", 9), ("2026-10-25", 5), ("2026-10-26", 5)]
