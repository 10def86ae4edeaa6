"""The simulated evening loses nobody, repeats itself, and goes as a real call goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.capacity.__main__ import BEGIN, END, main, put_between_marks
from benchmarks.capacity.assumed import USUAL, Assumed
from benchmarks.capacity.callers import Caller, callers, rate, staff_of
from benchmarks.capacity.counted import after_broadcast, counted, evenings, peak, waiting
from benchmarks.capacity.evening import FIRST, NOBODY, OUTCOMES, UNREACHED, WENT, Ended, Evening
from benchmarks.capacity.report import calls_a_minute
from benchmarks.capacity.script import Conversation, Over, Rung, Spoken
from benchmarks.capacity.what_if import neighbours, standing_in
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL
from helpline.simulator import events
from helpline.simulator.party import Busy, Keys, NoAnswer, RingReply
from helpline.simulator.player import Telephone
from tests.simulator.scripted import Scripted

SHORT = replace(USUAL, runs=3, minutes_before=20, minutes_after=40)
PATIENT = 1e9
NEVER = (False,) * 99


@pytest.fixture(scope="session")
def spoken(table: Table) -> Spoken:
    """How long words take, in the shipped table."""
    return Spoken(table)


def a_caller(rings_at: float = 0.0, region: str = "utrecht", talk: float = 600.0, patience: float = PATIENT) -> Caller:
    """Somebody whose rings no free worker misses."""
    return Caller(rings_at, region, talk, patience, NEVER)


def unreached(ended: list[Ended]) -> int:
    """How many heard nobody."""
    return sum(each.outcome in UNREACHED for each in ended)


def test_a_seed_is_an_evening(table: Table) -> None:
    """The same seed gives the very same calls, another one others."""
    assert evenings(table, SHORT) == evenings(table, SHORT)
    assert evenings(table, SHORT) != evenings(table, replace(SHORT, seed=9))


def test_every_caller_ends_once(table: Table, spoken: Spoken) -> None:
    """Whoever rings ends in one outcome, and nobody else does; a wait and a talk take their time."""
    everybody = callers(table, SHORT, 1)
    ended = Evening(spoken, staff_of(table, SHORT), SHORT).play(everybody)
    assert Counter(each.caller for each in ended) == Counter(everybody)
    assert {each.outcome for each in ended} <= set(OUTCOMES)
    assert all(0 < each.waited <= each.caller.patience + 1e-6 for each in ended)
    assert all(each.over_at >= each.caller.rings_at + each.waited - 1e-6 for each in ended)


def test_every_worker_is_free_again(table: Table, spoken: Spoken) -> None:
    """At the end of an evening as many workers are free at each number as there were."""
    staff = staff_of(table, SHORT)
    evening = Evening(spoken, staff, SHORT)
    evening.play(callers(table, SHORT, 1))
    assert evening.free == staff


def test_without_load_all_are_answered_at_the_first_number(table: Table, spoken: Spoken) -> None:
    """One caller an hour, workers who miss no ring: the first number, after the opening and two rings."""
    everybody = [a_caller(3600.0 * hour, slug) for hour, slug in enumerate(table.organisations) if slug != NATIONAL]
    ended = Evening(spoken, staff_of(table, SHORT), SHORT).play(everybody)
    assert {each.outcome for each in ended} == {FIRST}
    assert max(each.waited for each in ended) < 30


def test_nobody_there_reaches_nobody(spoken: Spoken) -> None:
    """Without workers the patient hear the last words, and the others go when their patience is at its end."""
    ended = Evening(spoken, {}, SHORT).play([a_caller(), a_caller(patience=30.0)])
    assert sorted((each.outcome, each.waited == 30.0) for each in ended) == [(NOBODY, False), (WENT, True)]


@settings(max_examples=60)
@given(
    gaps=st.lists(st.integers(0, 200), min_size=1, max_size=25),
    workers=st.integers(0, 4),
    more=st.integers(1, 3),
)
def test_more_workers_never_reach_fewer(table: Table, spoken: Spoken, gaps: list[int], workers: int, more: int) -> None:
    """At one number, with talks that are all as long. Along chains it need not hold for each single evening."""
    number = table.organisation(NATIONAL).advice.numbers[0]
    everybody = [a_caller(float(sum(gaps[: place + 1])), NATIONAL) for place in range(len(gaps))]
    few = Evening(spoken, {number: workers}, SHORT).play(everybody)
    many = Evening(spoken, {number: workers + more}, SHORT).play(everybody)
    assert unreached(many) <= unreached(few)


def test_a_worker_more_everywhere_reaches_more(table: Table) -> None:
    """In the whole country, over some evenings, the chains as shipped."""
    everywhere = dict.fromkeys(table.organisations, 1)
    now, then = (counted(after_broadcast(evenings(table, SHORT, more)), 3) for more in ({}, everywhere))
    assert then.unreached < now.unreached / 2


@pytest.mark.parametrize(("reply", "seconds"), [(NoAnswer(), 25.0), (Busy(), 3.0)], ids=["no answer", "busy"])
def test_the_chain_takes_as_long_as_in_a_real_call(
    telephone: Telephone, spoken: Spoken, reply: RingReply, seconds: float
) -> None:
    """Where nobody answers, each number rings as long after the first, and the end comes as late, as it is played."""
    party = Scripted(Keys("3511"), rings=[reply] * 20)
    played = telephone.call("+31612345601", party).events
    rings = [each.at for each in played if isinstance(each, events.Rang)]
    over = next(each.at for each in played if isinstance(each, events.Ended))
    gaps = [then - before for before, then in pairwise([*rings, over])]

    conversation = Conversation("utrecht", spoken, 0.0)
    step, simulated = conversation.goes_on(), list[float]()
    while isinstance(step, Rung):
        step = conversation.goes_on("unanswered")
        simulated.append(seconds + step.after)
    assert isinstance(step, Over)
    assert simulated == pytest.approx(gaps)
    assert len(gaps) == 10


def test_the_crowd_is_as_large_as_the_rate_says() -> None:
    """Usual before the broadcast, twenty times as many at the height, and half of the rest ten minutes later."""
    usual = USUAL.calls_per_hour / 3600
    assert rate(-1, USUAL) == usual
    assert rate(60, USUAL) == pytest.approx(20 * usual)
    assert rate(660, USUAL) == pytest.approx(10.5 * usual)


def test_the_staff_is_dealt_by_inhabitants(table: Table) -> None:
    """Each organisation has at least two, one at each number; the large ones have more."""
    staff = staff_of(table, USUAL)
    numbers = {slug: each.advice.numbers for slug, each in table.organisations.items()}
    assert all(staff[number] >= 1 for its in numbers.values() for number in its)
    assert sum(staff[number] for number in numbers["utrecht"]) == 7
    assert sum(staff_of(table, USUAL, {"utrecht": 2}).values()) == sum(staff.values()) + 2


def test_waiting_is_shared_among_minutes() -> None:
    """Who waits from half a minute before to a whole one after counts for half in the first and whole in the second."""
    ended = [Ended(a_caller(-30.0), FIRST, 90.0, 600.0, 4)]
    assert waiting(ended, 1) == pytest.approx({-1: 0.5, 0: 1.0, 1: 0.0})


def test_the_peak_counts_calls_at_once() -> None:
    """Two that overlap are two; one that begins when another is over is not."""
    ended = [Ended(a_caller(at), FIRST, 10.0, at + 100.0, 4) for at in (0.0, 50.0, 100.0)]
    assert peak([ended]).calls_at_once == (2, 2)


def test_a_stand_in_can_be_tried(table: Table) -> None:
    """Neighbours share a postcode, and one put in as stand-in rings after the organisation's own numbers."""
    assert "zuid-holland-zuid" in neighbours(table)["rotterdam-rijnmond"]
    chain = [
        route.organisation
        for route in standing_in(table, "rotterdam-rijnmond", "zeeland").routes("advice", "rotterdam-rijnmond")
    ]
    assert list(dict.fromkeys(chain)) == ["rotterdam-rijnmond", "zeeland", NATIONAL]


def test_a_machine_carries_what_its_core_allows() -> None:
    """Half of one core at 1 ms a request, four requests a call: 7,500 calls a minute."""
    assert calls_a_minute(Assumed(turn_microseconds=1000, turns_per_call=4, cores=1, most_busy=0.5)) == 7500


def test_the_page_is_written_between_its_marks(tmp_path: Path) -> None:
    """What stands around the tables stays, the picture comes beside the page, and writing again changes nothing."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    asked = ["--runs", "1", "--minutes-after", "20", "--write", str(page)]
    main(asked)
    first = page.read_text("utf-8"), (tmp_path / "page.svg").read_text("utf-8")
    main(asked)
    assert (page.read_text("utf-8"), (tmp_path / "page.svg").read_text("utf-8")) == first
    assert first[0].startswith("before\n") and first[0].endswith("after\n") and "old" not in first[0]
    with pytest.raises(SystemExit):
        put_between_marks("no marks", "tables")
