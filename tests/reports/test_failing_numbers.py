"""The numbers that failed most, rounded so that nothing can be subtracted from them."""

from __future__ import annotations

from helpline.reports.failing_numbers import MOST_NUMBERS, FailingNumber, failing_numbers
from helpline.storage.counts import CountedDials


def dials(organisation: str, *, number: int = 1, **endings: int) -> list[CountedDials]:
    """Dials of a number of an advice line, by ending."""
    return [
        CountedDials(organisation, "advice", number, ending.replace("_", "-"), count)
        for ending, count in endings.items()
    ]


def failed(busy: int, no_answer: int, failed: int, unaccepted: int) -> dict[str, int]:
    """How many dials went unanswered in which way."""
    return {"busy": busy, "no-answer": no_answer, "failed": failed, "unaccepted": unaccepted}


def test_the_worst_comes_first_and_what_is_answered_is_not_told() -> None:
    """By the share that went unanswered; a caller who hung up counts as a dial, and not as unanswered."""
    counted = [
        *dials("utrecht", answered=15, busy=5),
        *dials("drenthe", answered=5, no_answer=5, gone=5, dropped=5),
        *dials("zeeland", number=2, failed=10, canceled=5, unaccepted=5),
        *dials("twente", answered=90),
    ]
    told = failing_numbers(counted, small_counts=True)
    assert [(each.organisation, each.number, each.dials, each.share) for each in told] == [
        ("zeeland", 2, 20, 1.0),
        ("drenthe", 1, 20, 0.25),
        ("utrecht", 1, 20, 0.25),
    ]
    assert told[0].failed == failed(0, 0, 15, 5)


def test_all_of_it_is_rounded_each_by_itself() -> None:
    """To fives: 17 of 24 went unanswered, of which 3 are told as 5 and 2 as none."""
    counted = dials("utrecht", answered=7, busy=2, no_answer=12, failed=3)
    assert failing_numbers(counted) == (FailingNumber("utrecht", "advice", 1, 25, 15, failed(0, 10, 5, 0)),)
    assert failing_numbers(counted, small_counts=True)[0].dials == 24


def test_numbers_at_which_few_went_unanswered_are_not_told() -> None:
    """Of a last number these are the callers whom nobody answered."""
    counted = [*dials("utrecht", busy=7), *dials("drenthe", answered=90, busy=2)]
    assert failing_numbers(counted) == ()
    assert len(failing_numbers(counted, small_counts=True)) == 2


def test_the_order_follows_what_is_told() -> None:
    """Two numbers that are told alike come in the order of their names, whichever fails more often."""
    counted = [*dials("utrecht", answered=8, busy=12), *dials("drenthe", answered=12, busy=9)]
    assert [each.organisation for each in failing_numbers(counted)] == ["drenthe", "utrecht"]


def test_organisations_whose_calls_are_withheld_are_left_out() -> None:
    """How often its number rang says nearly how many called."""
    counted = [*dials("utrecht", busy=14), *dials("drenthe", busy=9)]
    assert [each.organisation for each in failing_numbers(counted, without={"utrecht"})] == ["drenthe"]


def test_only_the_worst_are_told() -> None:
    """So many at most."""
    counted = [row for number in range(40) for row in dials(f"region {number}", busy=10 + number)]
    assert len(failing_numbers(counted)) == MOST_NUMBERS
