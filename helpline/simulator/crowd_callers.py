"""Who rings in a crowd, drawn from a seed: the same seed is the same caller, alone or among others.

No caller has a number that can be anybody's: after an area code comes a 0, mobiles are those kept for examples, and
foreign ones are of the ranges that Ofcom, the NANPA, the Bundesnetzagentur and Arcep keep for fiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from helpline.simulator.crowd_atlas import Atlas
from helpline.simulator.crowd_errands import Drawing, Errand, errand
from helpline.simulator.crowd_shares import ABOUT, LUCK, PACE, PATIENCE, WHO, pick

NATIONAL_DIGITS = 9  # of a Dutch number after +31
FICTION = (("+447700900", 3), ("+442079460", 3), ("+120255501", 2), ("+493023125", 3), ("+33639980", 3))
# What carriers send in the place of a number, and what comes of one on a bad day.
MALFORMED = (
    *("", "+", "+31", "+310", "+3130", "+316", "0", "030", "0031", "+464", "+266696687", "+7378742833"),
    *("Anonymous", "RESTRICTED", "unavailable", "unknown", "client:browser", "sip:anonymous@anonymous.invalid"),
)
RINGS_WAITED = {"hangs up at the first ring": 1, "hangs up at the second ring": 2, "hangs up at the third ring": 3}


@dataclass(frozen=True)
class Caller:
    """One caller: her number as the carrier sends it (None: not at all), what she is about, and how she goes about it.

    `hangs_up_at` is the ring during which she hangs up, the first being 1, or 0; `reached` is False for the unlucky
    one whom nobody answers.
    """

    seed: int
    who: str
    number: str | None
    about: str
    errand: Errand
    pace: str
    hangs_up_at: int
    reached: bool


def draw(seed: int, atlas: Atlas) -> Caller:
    """The caller of this seed, in the country of this atlas."""
    chance = Random(seed)  # noqa: S311 - to be had again, not secret
    who, about = pick(chance, WHO), pick(chance, ABOUT)
    number, guess = _number(who, chance, atlas)
    return Caller(
        seed,
        who,
        number,
        about,
        errand(about, Drawing(chance, atlas, guess)),
        pick(chance, PACE),
        RINGS_WAITED.get(pick(chance, PATIENCE), 0),
        pick(chance, LUCK) != "nobody answers",
    )


def _number(who: str, chance: Random, atlas: Atlas) -> tuple[str | None, str]:
    """The number, and the organisation that its area code means, or ""."""
    match who:
        case "a landline":
            return _landline(chance, atlas)
        case "a mobile":
            return f"+316123456{chance.randrange(100):02}", ""
        case "a withheld number":
            return "anonymous", ""
        case "a foreign number":
            prefix, digits = chance.choice(FICTION)
            return f"{prefix}{chance.randrange(10**digits):0{digits}}", ""
        case "a malformed number":
            return chance.choice(MALFORMED), ""
    return None, ""


def _landline(chance: Random, atlas: Atlas) -> tuple[str, str]:
    """As most carriers send it, and sometimes in one of the other ways."""
    spot = atlas.area_codes.draw(chance)
    rest = NATIONAL_DIGITS - len(spot.written)  # the code's own 0 falls away, and the subscriber's is put in
    number = f"{spot.written[1:]}0{chance.randrange(10**rest):0{rest}}"
    written = chance.choices((f"+31{number}", f"0{number}", f"sip:+31{number}@voice.invalid"), weights=(90, 5, 5))[0]
    return written, spot.towns[0].organisation if spot.towns else ""
