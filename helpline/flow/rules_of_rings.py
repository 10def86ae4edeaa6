"""Rules of who is rung: somebody always, the right one first, all of them before a call is given up."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.flow.breach import Breach
from helpline.flow.measures import least, moves
from helpline.flow.paths import Walk, World
from helpline.flow.steps import NATIONAL, Ask, Ring


def somebody_is_rung(walk: Walk, _world: World) -> Iterator[Breach]:
    """No call is over before somebody was rung."""
    rung = least(walk, lambda step: isinstance(step, Ring))
    for state, move in moves(walk):
        if move.to is None and not isinstance(walk.steps[state], Ring) and rung[state] == 0:
            yield Breach("somebody_is_rung", "The call ends, and nobody was rung.", state, move)


def all_is_tried_twice(walk: Walk, world: World) -> Iterator[Breach]:
    """Before a call is given up, every route of its advice line was rung, and then rung again."""
    rung = least(walk, lambda step: isinstance(step, Ring) and step.line == "advice")
    for state, move in moves(walk):
        step = walk.steps[state]
        if move.to is None and isinstance(step, Ring) and move.ending not in ("answered", "gone"):
            wanted = 2 * world.routes("advice", step.region)
            if rung[state] + 1 < wanted:
                yield Breach("all_is_tried_twice", f"Given up after {rung[state] + 1} of {wanted} rings.", state, move)


def an_answered_call_is_left_alone(walk: Walk, _world: World) -> Iterator[Breach]:
    """After a talk, and when the caller has gone, nobody is rung any more."""
    for state, move in moves(walk):
        if isinstance(walk.steps[state], Ring) and move.ending in ("answered", "gone") and move.to is not None:
            yield Breach("an_answered_call_is_left_alone", f"It goes on after {move.ending!r}.", state, move)


def doctors_lines_are_open(walk: Walk, _world: World) -> Iterator[Breach]:
    """A doctors' line rings only for a doctor, and when it was found open in this call."""
    for state, step in enumerate(walk.steps):
        memory = walk.memories[state]
        if (
            isinstance(step, Ring)
            and step.line == "doctors"
            and (memory.duty not in ("open", "rung") or not memory.doctor)
        ):
            yield Breach("doctors_lines_are_open", f"{step.region}'s doctors' line rings unasked or closed.", state)


def the_ring_follows_the_answer(walk: Walk, _world: World) -> Iterator[Breach]:
    """Whom a caller named is rung; who named nobody reaches the area code's organisation, or else the desk."""
    for state, step in enumerate(walk.steps):
        if isinstance(step, Ring) and step.region != walk.memories[state].wanted:
            what = f"{step.region} rings for a caller who wants {walk.memories[state].wanted}."
            yield Breach("the_ring_follows_the_answer", what, state)


def routes_ring_in_order(walk: Walk, _world: World) -> Iterator[Breach]:
    """An organisation's own numbers ring first, then its stand-in's, then the desk's."""
    for state, move in moves(walk):
        before, after = walk.steps[state], walk.steps[move.to] if move.to is not None else None
        if isinstance(after, Ring) and after.route != (before.route + 1 if isinstance(before, Ring) else 0):
            yield Breach("routes_ring_in_order", f"Number {after.route + 1} rings out of turn.", state, move)


def the_worker_is_told(walk: Walk, _world: World) -> Iterator[Breach]:
    """Whoever said to be a doctor, or not to be able to speak, is announced so by every ring."""
    for state, step in enumerate(walk.steps):
        memory = walk.memories[state]
        if isinstance(step, Ring) and (step.caller.doctor, step.caller.mute) != (memory.doctor, memory.mute):
            yield Breach("the_worker_is_told", "The worker does not hear what the caller keyed.", state)


def every_route_is_reached(walk: Walk, world: World) -> Iterator[Breach]:
    """Each number of each line of each organisation rings in some call."""
    rung = {(step.line, step.region, step.route) for step in walk.steps if isinstance(step, Ring)}
    for region in (*world.regions, NATIONAL):
        lines = ["advice", *(["doctors"] if "open" in world.duties(region) else [])]
        for line in lines:
            for route in range(world.routes(line, region)):
                if (line, region, route) not in rung:
                    yield Breach("every_route_is_reached", f"{region} {line} {route + 1} never rings.", 0)


def voice_is_never_needed(walk: Walk, _world: World) -> Iterator[Breach]:
    """Voice is taken when a place is asked for again, never at first and never of somebody who cannot speak."""
    listening = [state for state, step in enumerate(walk.steps) if isinstance(step, Ask) and step.speech]
    if not listening:
        yield Breach("voice_is_never_needed", "A place can never be said.", 0)
    for state in listening:
        if walk.steps[state].name != "place_again" or walk.memories[state].mute:
            yield Breach("voice_is_never_needed", "A voice is taken where it must not be.", state)
