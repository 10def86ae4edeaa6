"""What a dial that just ended tells operators: of names and endings only, never of the caller."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.flow.steps import NATIONAL, RING_ENDINGS
from helpline.switchboard.turn import PutThrough, Turn

TALKED = ("answered", "dropped")  # somebody was there, however short the talk


@dataclass(frozen=True)
class EndedDial:
    """A dial of `line` of `organisation`, whose line really rang, for callers of `region`; `ending` of RING_ENDINGS.

    `to_desk` is True where the national desk is rung next since nobody else answered, `nobody` where it failed too.
    """

    organisation: str
    line: str
    region: str
    ending: str
    to_desk: bool
    nobody: bool

    @property
    def answered(self) -> bool:
        """Somebody talked with the caller; a caller who went first is neither answered nor unanswered."""
        return self.ending in TALKED

    @property
    def unanswered(self) -> bool:
        """Nobody came to the telephone."""
        return RING_ENDINGS[self.ending] == "unanswered"


def ended_dial(ringing: Turn, after: Turn) -> EndedDial:
    """The dial in which `ringing` waited and after which `after` came."""
    through = ringing.then
    assert isinstance(through, PutThrough)
    _, ending = after.trail.entries[len(ringing.trail.entries)]
    rang, ring = through.route.organisation, through.ring
    return EndedDial(
        rang,
        ring.line,
        ring.region,
        ending,
        to_desk=RING_ENDINGS[ending] == "unanswered" and rang != NATIONAL and _rings_desk(after),
        nobody=any(say.prompt == "nobody_reached" for say in after.said),
    )


def _rings_desk(turn: Turn) -> bool:
    """The desk is rung for another's callers, and in the first round: each call counts once."""
    if not isinstance(turn.then, PutThrough) or turn.then.ring.region == NATIONAL:
        return False
    rounds = [name for name, _ in turn.trail.entries].count("routes_advice")
    return turn.then.route.organisation == NATIONAL and rounds == 1
