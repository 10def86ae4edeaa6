"""Calls whose dials end as a test says, turn by turn, with the alerts told of each as the service tells them."""

from __future__ import annotations

from itertools import count

from helpline.bootstrap import Helpline
from helpline.flow import trail as trails
from helpline.flow.dialled import Dialled
from helpline.switchboard.turn import Keyed, PutThrough, Turn
from helpline.upkeep.alerts import Alerts

CALLER = "+31612345601"
POSTCODE = "3511"  # Utrecht
ANSWERED = Dialled("picked-up", bridged=True, seconds=300, caller_there=True)
GONE = Dialled("canceled", None, None, caller_there=False)
_legs = count()
NO_ANSWER = Dialled("no-answer", None, None, caller_there=True)
BUSY = Dialled("busy", None, None, caller_there=True)


def begun(helpline: Helpline, keys: tuple[str, ...] = (POSTCODE,)) -> Turn:
    """The turn in which the first number rings."""
    turn = helpline.switchboard.incoming(CALLER)
    for digits in keys:
        turn = helpline.switchboard.proceed(trails.read(str(turn.trail)), CALLER, Keyed(digits))
    return turn


def dialled(helpline: Helpline, alerts: Alerts, turn: Turn, *ends: Dialled) -> Turn:
    """The turn after these dials."""
    for end in ends:
        trail = trails.read(str(turn.trail))
        after = helpline.switchboard.proceed(trail, CALLER, end)
        alerts.dialled(f"CA{next(_legs)}", helpline.switchboard.ringing(trail), after)
        turn = after
    return turn


def until_over(helpline: Helpline, alerts: Alerts) -> None:
    """A call that nobody answers, to its end."""
    turn = begun(helpline)
    while isinstance(turn.then, PutThrough):
        turn = dialled(helpline, alerts, turn, NO_ANSWER)
