"""The page that a tester reads: what became of a crowd, and each call that did not go well."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from helpline.simulator.crowd_callers import draw
from helpline.simulator.crowd_judging import HUNG_UP, LAST_WORDS, LOST, TALKED, Judged
from helpline.simulator.crowd_report import one_call, report, verdict
from helpline.simulator.crowd_tally import MOST_KEPT, Counted, Tally
from helpline.simulator.events import Ended, Event, Heard, How, Rang, RingEnded, Warned
from helpline.simulator.player import Call
from tests.simulator.small_country import ATLAS, FIRST

HEARD = Heard("Direct gevaar? Bel 1 1 2.", "nl-NL", "", 0.0)


def call(seed: int, outcome: str = TALKED, *more: Event, at: float = 16.5, lost: str = "", wrong: str = "") -> Judged:
    """A call of this caller that came out so."""
    rang = Rang(FIRST, "+31300004000", at)
    ended = RingEnded(FIRST, "answered", "completed", True, 120.0, at + 120)
    events = (HEARD, rang, ended, *more, Ended(How.HUNG_UP, at + 120))
    caller = draw(seed, ATLAS)
    return Judged(caller, Call(caller.number, events), outcome, lost, wrong, "utrecht advice 1")


def tally_of(calls: Iterable[Judged]) -> Tally:
    """All of them counted."""
    tally = Tally()
    for each in calls:
        tally.add(each)
    return tally


def test_the_page() -> None:
    """Who rang, what about, whose telephone, how the rings ended, what Twilio would show; the verdict is last."""
    told = report(tally_of([call(1), call(2, LAST_WORDS, at=30.0), call(5, HUNG_UP)]), ATLAS.line_of)
    lines = told.splitlines()
    assert " ".join(lines[1].split()) == "calls talked last words hung up lost wrong median 95 % most"
    assert lines[2].split() == ["all", "3", "1", "1", "1", "-", "-", "16.5", "30.0", "30.0"]
    assert next(line for line in lines if line.startswith("  utrecht ")).split()[1:3] == ["3", "1"]
    assert "how 3 rings ended\n  answered                         3  100.0%\n" in told
    assert "longest until a telephone rang: 30.0 s\n" in told
    assert "\n  Again: helpline call --calls 1 --seed 2\n" in told
    assert "Twilio's errors: none\nschema warnings: none\n" in told
    assert lines[-1] == "PASS: 3 calls, 0 lost, 0 wrongly routed, 0 errors, 0 schema warnings."
    assert max(map(len, lines)) <= 100
    assert "did not go well" not in told


def test_the_columns_stand_under_their_heads() -> None:
    """Every row of the table is as long as its head, with large numbers too."""
    tally = Tally()
    tally.all.outcomes[TALKED] = tally.who["a mobile"].outcomes[TALKED] = 100_000
    tally.all.seconds = [123.4]
    head, _, rows = report(tally, ATLAS.line_of).partition("\n\n")[0].splitlines()
    assert len(head) == len(rows)


def test_a_call_that_did_not_go_well() -> None:
    """It is shown as a transcript, with what is wrong and how it is played again alone."""
    bad = call(7, LOST, lost="it ended without a person", wrong="another rang")
    told = one_call(bad, ATLAS.line_of)
    assert told.splitlines()[1:4] == [
        "# LOST: it ended without a person.",
        "# WRONGLY ROUTED: another rang.",
        "# Again: helpline call --calls 1 --seed 7",
    ]
    assert told.startswith(f"# {bad.caller.who[0].upper()}{bad.caller.who[1:]}: {bad.caller.about}; keys ")
    assert "rings         utrecht advice 1  # 16.5 s\nanswered  # 136.5 s\n" in told
    page = report(tally_of([call(1), bad]), ATLAS.line_of)
    assert f"calls that did not go well, all:\n\n{told}\n\nNO PASS: 2 calls, 1 lost, 1 wrongly routed" in page


def test_only_the_first_are_shown() -> None:
    """Those with the lowest seeds, whatever the order in which they ended; all are counted."""
    calls = [call(seed, LOST, lost="gone") for seed in range(40)]
    random.Random(1).shuffle(calls)
    tally = tally_of(calls)
    assert [each.caller.seed for each in tally.kept] == list(range(MOST_KEPT))
    told = report(tally, ATLAS.line_of)
    assert "calls that did not go well, the first 5 of 40:" in told
    assert told.count("# Again:") == MOST_KEPT
    assert told.count("  Again: helpline call --calls 1 --seed 0\n") == 1  # of all the slowest, the first


def test_the_page_is_the_same_in_any_order() -> None:
    """Calls end as they end."""
    calls = [call(seed, at=float(seed)) for seed in range(60)] + [call(99, LOST, lost="gone")]
    shuffled = random.Random(2).sample(calls, len(calls))
    assert report(tally_of(calls), ATLAS.line_of) == report(tally_of(shuffled), ATLAS.line_of)


@pytest.mark.parametrize(
    ("bad", "counted"),
    [
        (call(1, LOST, lost="gone"), "1 lost, 0 wrongly routed, 0 errors, 0 schema warnings"),
        (call(1, wrong="another rang"), "0 lost, 1 wrongly routed, 0 errors, 0 schema warnings"),
        (call(1, TALKED, Warned(15003, "status", 1.0)), "0 lost, 0 wrongly routed, 1 error, 0 schema warnings"),
        (call(1, TALKED, Warned(12200, "colour", 1.0)), "0 lost, 0 wrongly routed, 0 errors, 1 schema warning"),
    ],
)
def test_one_is_enough(bad: Judged, counted: str) -> None:
    """Among hundreds one lost call, wrong route, error or warning is no pass."""
    tally = tally_of([*(call(seed) for seed in range(200)), bad])
    assert not tally.is_pass
    assert verdict(tally) == f"NO PASS: 201 calls, {counted}."


def test_nothing_played_is_no_pass() -> None:
    """Zero lost of zero calls shows nothing."""
    assert verdict(Tally()).startswith("NO PASS: 0 calls")


def test_twilios_complaints_are_counted_by_their_numbers() -> None:
    """With the words of the first of each."""
    calls = [call(1, TALKED, Warned(11200, "status 500", 1.0), Warned(11200, "status 502", 2.0))]
    told = report(tally_of(calls), ATLAS.line_of)
    assert "Twilio's errors: 2\n  11200  2 times, first: status 500\nschema warnings: none" in told


def test_seconds_of_a_share() -> None:
    """The median of three is the second; of nobody there is none."""
    assert Counted(seconds=[3.0, 1.0, 2.0]).seconds_of(0.5) == 2.0
    twenty = Counted(seconds=[float(each) for each in range(1, 21)])
    assert (twenty.seconds_of(0.95), twenty.seconds_of(1)) == (19.0, 20.0)
    assert Counted().seconds_of(0.5) is None
