"""What is remembered of earlier calls gives a later one the very turn that it would have had without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.errors import Diverged
from helpline.flow import trail as trails
from helpline.flow.dialled import Dialled
from helpline.flow.replay import stands
from helpline.switchboard.turn import Keyed, Spoken
from tests.clock import Clock
from tests.conftest import TODAY
from tests.switchboard.test_switchboard import ANSWERED, BUSY

CALLERS = st.sampled_from(["anonymous", "+31300000001", "+31612345601", "+32470123456"])
ANSWERS = st.lists(
    st.sampled_from([Keyed(""), Keyed("3511"), Keyed("01"), Keyed("09"), Keyed("1"), Spoken("Bergen"), BUSY, ANSWERED]),
    max_size=10,
)


@given(st.lists(st.tuples(CALLERS, ANSWERS), min_size=1, max_size=3))
def test_a_remembered_turn_is_the_turn(
    helpline: Helpline, calls: list[tuple[str, list[Keyed | Spoken | Dialled]]]
) -> None:
    """For callers of every kind, one after the other, whatever they answer: the same turn and the same document."""
    for caller, answers in calls:
        turn = helpline.switchboard.incoming(caller)
        for answer in answers:
            assert stands(turn.trail) == helpline.switchboard._stands(turn.trail)
            assert turn == helpline.switchboard._resumed(turn.trail, turn.table, caller)
            assert helpline.documents.turn(turn) == helpline.documents._turn(turn)
            try:
                turn = helpline.switchboard.proceed(trails.read(str(turn.trail)), caller, answer)
            except Diverged:
                break  # an answer to another kind of question
        assert helpline.documents.turn(turn) == helpline.documents._turn(turn)


def test_who_rings_is_asked_anew(helpline: Helpline) -> None:
    """The first turn of a call is that of its caller, not of the one before."""
    guesses = [
        dict(helpline.switchboard.incoming(caller).trail.entries)["region_of_caller"]
        for caller in ("+31300000001", "anonymous", "+31300000001")
    ]
    assert guesses == ["utrecht", "unknown", "utrecht"]


@pytest.mark.parametrize("first", ["open", "closed"])
def test_the_clock_is_asked_anew(helpline: Helpline, clock: Clock, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    """Doctors who come along the same trail are put through by the hour in which each of them rings."""
    hours = {"open": TODAY.replace(hour=11), "closed": TODAY.replace(hour=23)}
    for word in (first, *hours, first):
        monkeypatch.setattr(clock, "moment", hours[word])
        turn = helpline.switchboard.incoming("anonymous")
        for keys in ("01", "3511"):
            turn = helpline.switchboard.proceed(turn.trail, "anonymous", Keyed(keys))
        assert ("doctors_line", word) in turn.trail.entries
