"""What a dial that just ended tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpline.bootstrap import Helpline
from helpline.flow import trail as trails
from helpline.flow.dialled import Dialled
from helpline.switchboard.turn import Turn
from helpline.upkeep.ended_dial import EndedDial, ended_dial
from tests.upkeep.calls import ANSWERED, BUSY, CALLER, GONE, begun

DROPPED = Dialled("picked-up", bridged=True, seconds=3, caller_there=True)


def after(helpline: Helpline, ringing: Turn, end: Dialled) -> Turn:
    """The turn that comes of it."""
    return helpline.switchboard.proceed(trails.read(str(ringing.trail)), CALLER, end)


@pytest.mark.parametrize(
    ("end", "ending", "answered", "unanswered"),
    [
        (BUSY, "busy", False, True),
        (ANSWERED, "answered", True, False),
        (DROPPED, "dropped", True, False),
        (GONE, "gone", False, False),
    ],
)
def test_how_a_dial_ended(helpline: Helpline, end: Dialled, ending: str, answered: bool, unanswered: bool) -> None:
    """Whose line it was, and whether somebody came; a talk that was cut off was a talk."""
    ringing = begun(helpline)
    ended = ended_dial(ringing, after(helpline, ringing, end))
    assert ended == EndedDial("utrecht", "advice", "utrecht", ending, to_desk=False, nobody=False)
    assert (ended.answered, ended.unanswered) == (answered, unanswered)


def test_a_call_that_is_over_rings_no_desk(helpline: Helpline) -> None:
    """Where the chain of a call does not end at the desk, as when that is diverted, nothing is told of the desk."""
    ringing = begun(helpline)
    assert not ended_dial(ringing, replace(after(helpline, ringing, BUSY), then=None)).to_desk
