"""What is measured of a walk: the least and the most that can lie on the way to each state."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from helpline.flow.paths import Branching, Move, Walk
from helpline.flow.steps import MAYBE, RING_ENDINGS, Ring


def moves(walk: Walk) -> Iterator[tuple[int, Move]]:
    """Each move with the state it starts from."""
    for state, leaving in enumerate(walk.moves):
        for move in leaving:
            yield state, move


def entry(step: Branching, ending: str) -> str:
    """A step and its ending as a trail has them."""
    return f"{step.name}.{raw(step, ending)}"


def raw(step: Branching, ending: str) -> str:
    """An ending as a trail has it, the longest where several are told the script as one."""
    if isinstance(step, Ring):
        return max((word for word, heard in RING_ENDINGS.items() if heard == ending), key=len)
    return f"{ending}000-1234-1234" if ending.startswith(MAYBE) else ending  # as long as a table can make it


def least(walk: Walk, counts: Callable[[Branching], bool]) -> list[int]:
    """For each state, how many steps of a kind lie at least on the way to it."""
    least: list[int] = [-1] * len(walk.steps)
    least[0] = 0
    waiting = deque([0])
    while waiting:
        state = waiting.popleft()
        passed = least[state] + counts(walk.steps[state])
        for move in walk.moves[state]:
            if move.to is not None and (least[move.to] < 0 or passed < least[move.to]):
                least[move.to] = passed
                waiting.append(move.to)
    return least


def most(walk: Walk, weight: Callable[[Branching, Move], int]) -> list[int] | None:
    """For each state, the most that can have been added up on a way to it; None where there is a circle."""
    most = [0] * len(walk.steps)
    ways_in = [0] * len(walk.steps)
    for _, move in moves(walk):
        if move.to is not None:
            ways_in[move.to] += 1
    ready = [state for state, ways in enumerate(ways_in) if ways == 0]
    for state in ready:  # grows while it is gone through: a state is ready when all ways into it are counted
        for move in walk.moves[state]:
            if move.to is None:
                continue
            most[move.to] = max(most[move.to], most[state] + weight(walk.steps[state], move))
            ways_in[move.to] -= 1
            if ways_in[move.to] == 0:
                ready.append(move.to)
    return most if len(ready) == len(walk.steps) else None
