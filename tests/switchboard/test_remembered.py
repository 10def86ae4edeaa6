"""What is remembered of earlier calls gives a later one the very turn that it would have had without."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.errors import Diverged
from helpline.flow import trail as trails
from helpline.flow.dialled import Dialled
from helpline.flow.replay import stands
from helpline.switchboard.turn import Keyed, Spoken
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
            assert helpline.documents.turn(turn) == helpline.documents._turn(turn)
            try:
                turn = helpline.switchboard.proceed(trails.read(str(turn.trail)), caller, answer)
            except Diverged:
                break  # an answer to another kind of question
        assert helpline.documents.turn(turn) == helpline.documents._turn(turn)
