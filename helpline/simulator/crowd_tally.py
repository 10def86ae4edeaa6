"""What became of a crowd, counted call by call as each is over."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import ceil

from helpline.simulator.crowd_judging import Judged
from helpline.simulator.crowd_rings import kind_of
from helpline.simulator.events import Warned
from helpline.simulator.words import reply_for

MOST_KEPT = 5  # of the calls with which something is wrong: those with the lowest seeds
NOBODY = "(no telephone rang)"


@dataclass
class Counted:
    """The calls of one kind: how they came out, how many were wrongly routed, and the seconds until one rang."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """How many there were."""
        return self.outcomes.total()

    def add(self, judged: Judged) -> None:
        """One more."""
        self.outcomes[judged.outcome] += 1
        self.wrong += bool(judged.wrong)
        if judged.seconds_to_ring is not None:
            self.seconds.append(judged.seconds_to_ring)

    def seconds_of(self, share: float) -> float | None:
        """So many seconds or fewer had this share of those for whom a telephone rang; None where none did."""
        ordered = sorted(self.seconds)
        return ordered[max(ceil(share * len(ordered)) - 1, 0)] if ordered else None


@dataclass
class Complaints:
    """What Twilio would show in its debugger, by its number: how often, and the words of the first."""

    often: Counter[int] = field(default_factory=Counter)
    words: dict[int, str] = field(default_factory=dict)

    def add(self, warned: Warned) -> None:
        """One more."""
        self.often[warned.code] += 1
        self.words.setdefault(warned.code, warned.text)


@dataclass
class Tally:
    """The whole crowd, and by who rang, what about, and whose telephone rang first."""

    all: Counted = field(default_factory=Counted)
    who: defaultdict[str, Counted] = field(default_factory=lambda: defaultdict(Counted))
    about: defaultdict[str, Counted] = field(default_factory=lambda: defaultdict(Counted))
    organisations: defaultdict[str, Counted] = field(default_factory=lambda: defaultdict(Counted))
    rings: Counter[str] = field(default_factory=Counter)
    errors: Complaints = field(default_factory=Complaints)
    warnings: Complaints = field(default_factory=Complaints)
    faulty: int = 0
    latest: Judged | None = None
    slowest: Judged | None = None  # of those for whom a telephone rang
    kept: list[Judged] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        """One more call is over."""
        self.latest = judged
        self.slowest = max((each for each in (self.slowest, judged) if each), key=_slowness)
        organisation = judged.first.partition(" ")[0] or NOBODY
        caller = judged.caller
        for counted in (
            self.all,
            self.who[caller.who],
            self.about[caller.about],
            self.organisations[organisation],
        ):
            counted.add(judged)
        self.rings.update(kind_of(reply) for ring in judged.rings if (reply := reply_for(ring.reply)))
        for complaints, warned in ((self.errors, judged.errors), (self.warnings, judged.warnings)):
            for each in warned:
                complaints.add(each)
        if not judged.is_well:
            self.faulty += 1
            self.kept = sorted([*self.kept, judged], key=lambda each: each.caller.seed)[:MOST_KEPT]

    @property
    def is_pass(self) -> bool:
        """Whether nobody was lost or wrongly routed, and Twilio had nothing to complain of."""
        return self.faulty == 0 < self.all.calls


def _slowness(judged: Judged) -> tuple[float, int]:
    """The longer until a telephone rang, the slower; of equals the one with the lower seed."""
    return judged.seconds_to_ring or 0.0, -judged.caller.seed
