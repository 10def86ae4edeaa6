"""A country of two organisations and a national desk, and callers in it, for crowds that ring a scripted service."""

from __future__ import annotations

from helpline.simulator.crowd_atlas import Atlas, Lines, Spot, Spots, Town
from helpline.simulator.crowd_callers import Caller
from helpline.simulator.crowd_errands import Errand
from helpline.simulator.crowd_judging import SHORTEST_TALK_SECONDS, Judged, judge
from helpline.simulator.crowd_party import CrowdParty
from helpline.simulator.party import Keys, RingReply
from tests.simulator.service import HELPLINE, Asked, Reply, Service, twiml

FIRST, SECOND, DOCTORS = "+31300000001", "+31300000002", "+31300000003"
OTHER, DESK = "+31200000001", "+31700000900"
NAMES = {FIRST: "utrecht advice 1", SECOND: "utrecht advice 2", DOCTORS: "utrecht doctors 1"}
NAMES |= {OTHER: "amsterdam advice 1", DESK: "landelijk advice 1"}
NOBODY_THERE = "Niemand is bereikbaar. In gevaar? Bel 112. Bel ons over tien minuten opnieuw."
IN_UTRECHT = Town("Utrecht", "Utrecht", "utrecht")
IN_AMSTERDAM = Town("Amsterdam", "Noord-Holland", "amsterdam")
EMERGENCY = "<Say>Direct gevaar? Bel 1 1 2.</Say>"
QUESTION = '<Gather numDigits="4" timeout="6" action="/place"><Say>Welke postcode?</Say></Gather>'

ATLAS = Atlas(
    postcodes=Spots([Spot("3511", 900, (IN_UTRECHT,)), Spot("1382", 100, (IN_AMSTERDAM, IN_UTRECHT))]),
    po_boxes=Spots([Spot("3500", 1, (IN_UTRECHT,))]),
    unserved=["5955"],
    places=Spots([Spot("Utrecht", 900, (IN_UTRECHT,)), Spot("Nes", 1, (IN_UTRECHT, IN_AMSTERDAM))]),
    area_codes=Spots([Spot("030", 10, (IN_UTRECHT,)), Spot("0294", 1)]),
    lines={
        "utrecht": Lines((FIRST, SECOND, DESK), frozenset({DOCTORS})),
        "amsterdam": Lines((OTHER, DESK), frozenset({OTHER})),
        "landelijk": Lines((DESK,), frozenset({DESK})),
    },
    accepting=frozenset({DOCTORS}),
    national="landelijk",
    last_words=[NOBODY_THERE],
    line_of=lambda number: NAMES.get(number, number),
)

KEYS_3511 = Errand((Keys("3511"),), frozenset({"utrecht"}), name="Utrecht", town=IN_UTRECHT)


def caller(errand: Errand = KEYS_3511, *, pace: str = "after the question") -> Caller:
    """One with a mobile, who waits until she is answered."""
    return Caller(1, "a mobile", "+31612345601", "keys a postcode", errand, pace, 0, reached=True)


class Told(CrowdParty):
    """A caller of the crowd for whom the telephones are answered as the test says."""

    def __init__(self, ringing: Caller, *rings: RingReply) -> None:
        super().__init__(ringing, ATLAS)
        self._told = list(rings)

    def at_ring(self, number: str) -> RingReply:
        """The next of the ends."""
        return self._told.pop(0)


def dial(number: str, *, then: str = "/after", whisper: bool = False) -> str:
    """Rings a number; what follows is asked at `then`."""
    url = ' url="/whisper"' if whisper else ""
    return f'<Dial callerId="{HELPLINE}" action="{then}"><Number{url}>{number}</Number></Dial>'


def judged(service: Service, party: CrowdParty, *, ringing: Caller | None = None) -> Judged:
    """What came of one call to this service."""
    ringing = ringing or caller()
    return judge(ringing, service.telephone().call(ringing.number, party), party.right, ATLAS)


def prepare(service: Service) -> None:
    """One question, then each of Utrecht's chain in turn, then the last words: nobody is lost here."""
    service.on("/voice", EMERGENCY + QUESTION + dial(DESK, then="/last"))
    service.on("/place", dial(FIRST, then="/second"))
    service.on("/second", lambda asked: _next(asked, dial(SECOND, then="/third")))
    service.on("/third", lambda asked: _next(asked, dial(DESK, then="/last")))
    service.on("/last", lambda asked: _next(asked, f"<Say>{NOBODY_THERE}</Say>"))


def _next(asked: Asked, verbs: str) -> Reply:
    """After a talk nothing follows, unless it was cut off."""
    talked = asked.fields["DialBridged"] == "true" and int(asked.fields["DialCallDuration"]) >= SHORTEST_TALK_SECONDS
    return twiml("<Hangup/>" if talked else verbs)
