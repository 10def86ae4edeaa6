"""Rules of bounds: steps, waiting, the length of an address; and that a replayed call is the same call."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from helpline.errors import Diverged, HelplineError
from helpline.flow.breach import Breach
from helpline.flow.call import RING_SECONDS
from helpline.flow.measures import entry, most, raw
from helpline.flow.paths import Branching, Walk, World
from helpline.flow.replay import play, stands
from helpline.flow.steps import Ask, Lookup, Ring
from helpline.flow.trail import LONGEST, Trail, read

MOST_STEPS = 32  # look-ups, questions and rings; up to seven look up announcements, which ask nothing of the caller
MOST_WAITING_SECONDS = 420  # of ringing, with the five that Twilio adds to each ring, and of silence
RING_AND_PICK_UP_SECONDS = RING_SECONDS + 5


def no_call_goes_on_for_ever(walk: Walk, _world: World) -> Iterator[Breach]:
    """No path has more steps than a caller could live through, and none goes in a circle."""
    steps = most(walk, lambda step, move: 1)
    if steps is None:
        yield Breach("no_call_goes_on_for_ever", "There is a way that never ends.", len(walk.steps) - 1)
    elif max(steps) > MOST_STEPS:
        yield Breach("no_call_goes_on_for_ever", f"A call can have {max(steps)} steps.", steps.index(max(steps)))


def waiting_is_bounded(walk: Walk, _world: World) -> Iterator[Breach]:
    """The ringing and the silences of one call, all added up, are bounded."""
    seconds = most(walk, lambda step, move: _seconds(step)) or [0]
    worst = max(seconds) + RING_AND_PICK_UP_SECONDS
    if worst > MOST_WAITING_SECONDS:
        yield Breach("waiting_is_bounded", f"A caller can wait {worst} s.", seconds.index(max(seconds)))


def replay_gives_the_same_turn(walk: Walk, _world: World) -> Iterator[Breach]:
    """Written into an address and read back, every way leads to the same step."""
    stand = partial(stands, conversation=walk.conversation)
    for state, step in enumerate(walk.steps):
        if isinstance(step, Lookup):
            continue  # no address is made while the house answers itself
        trail = Trail("v1")
        for passed, move in walk.way_to(state):
            trail = trail.then(passed.name, raw(passed, move.ending))
        try:
            replayed = play(read(str(trail)), _asked_again, stand).pause
        except HelplineError as fault:
            yield Breach("replay_gives_the_same_turn", f"It cannot be replayed: {fault}", state)
        else:
            if replayed is None or _heard(replayed) != _heard(step):
                yield Breach("replay_gives_the_same_turn", f"Replayed, the call is in {replayed}.", state)


def addresses_stay_short(walk: Walk, _world: World) -> Iterator[Breach]:
    """The longest trail fits into a URL that every server and proxy takes."""
    longest = most(walk, lambda step, move: len(entry(step, move.ending)) + 1) or [0]
    if max(longest) + 40 > LONGEST:
        yield Breach(
            "addresses_stay_short", f"A trail can have {max(longest)} characters.", longest.index(max(longest))
        )


def _seconds(step: Branching) -> int:
    """How long a caller can wait in a step for what does not come."""
    if isinstance(step, Ring):
        return RING_AND_PICK_UP_SECONDS
    return step.seconds if isinstance(step, Ask) else 0


def _heard(step: Branching) -> Branching:
    """A step without the choices, which the walk has as one sign for all that a table can leave open."""
    return step._replace(choices="") if isinstance(step, Ask) else step


def _asked_again(step: Lookup) -> str:
    raise Diverged(f"{step.name} is asked again, though the trail has its answer.")
