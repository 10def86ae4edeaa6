"""What the callers of a crowd are about: what each does at the questions, and who is then right to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from helpline.simulator.crowd_atlas import Atlas, Spot, Town
from helpline.simulator.crowd_shares import CHOICE, LANGUAGES, pick
from helpline.simulator.crowd_words import NOISE, as_digits, as_said, mumbled
from helpline.simulator.party import CallerHangsUp, GatherReply, Keys, Silent, Spoken

NO_CODES = ("04", "05", "07", "08")  # begin like a code and are none
LATE_SECONDS = 7.0  # longer than any question waits for a key
HOUSE_NUMBERS = ("1", "12", "120")


@dataclass(frozen=True)
class Errand:
    """What a caller does at the questions for a place, in turn, the last again where she is asked more often.

    `right` are the organisations of which one must ring first. `town` is what she means where she is asked which one,
    `name` what she calls it. Where a spoken place is asked back, `unconfirmed` takes the place of `right` if she does
    not confirm it, and `alike` are right too if what she confirms could be another place of that name.
    """

    acts: tuple[GatherReply, ...]
    right: frozenset[str]
    doctor: bool = False
    language: str = ""
    choice: str = "the right key"
    name: str = ""
    town: Town | None = None
    unconfirmed: frozenset[str] = frozenset()
    alike: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drawing:
    """What an errand is drawn with; `guess` is the organisation that the caller's area code means, or ""."""

    chance: Random
    atlas: Atlas
    guess: str

    @property
    def otherwise(self) -> frozenset[str]:
        """Who is right where nothing usable was keyed or said."""
        return frozenset({self.guess or self.atlas.national})

    def often(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share


def errand(about: str, drawing: Drawing) -> Errand:
    """An errand of this kind, one of `ABOUT`."""
    return ERRANDS[about](drawing)


def _silence(drawing: Drawing) -> GatherReply:
    return Keys("#") if drawing.often(0.15) else Silent()


def _wrong(drawing: Drawing) -> GatherReply:
    """An entry that is no postcode and no code."""
    chance = drawing.chance
    some = drawing.atlas.postcodes.draw(chance).written
    entries = (some[:1], some[:2], f"{some[0]}2{some[2]}"[:3], f"{some[:2]}*{some[3]}", "*", chance.choice(NO_CODES))
    return Keys(chance.choice((*entries, chance.choice(drawing.atlas.unserved))))


def _unusable(drawing: Drawing) -> GatherReply:
    """An answer after which she is asked once more: silence too, unless it connects her."""
    return _wrong(drawing) if drawing.guess or drawing.often(0.4) else _silence(drawing)


def _code(drawing: Drawing, code: str) -> Keys:
    return Keys(f"{code}#" if drawing.often(0.2) else code)


def _keys(drawing: Drawing, *before: GatherReply) -> Errand:
    """Keys a postcode at last; of a doubtful one she means any of its towns."""
    return _keys_of(drawing.atlas.postcodes.draw(drawing.chance), drawing, *before)


def _keys_of(spot: Spot, drawing: Drawing, *before: GatherReply) -> Errand:
    choice, town = pick(drawing.chance, CHOICE), drawing.chance.choice(spot.towns)
    right = town if choice == "the right key" else spot.towns[0]  # else the one it mainly lies in decides
    acts = (*before, Keys(spot.written))
    return Errand(acts, frozenset({right.organisation}), choice=choice, name=town.municipality, town=town)


def _is_silent(drawing: Drawing) -> Errand:
    return Errand((_silence(drawing),), drawing.otherwise)


def _is_silent_then_keys(drawing: Drawing) -> Errand:
    keyed = _keys(drawing, _silence(drawing))
    return replace(keyed, right=drawing.otherwise) if drawing.guess else keyed


def _keys_wrongly_twice(drawing: Drawing) -> Errand:
    return Errand((_wrong(drawing), _wrong(drawing)), drawing.otherwise)


def _keys_on(drawing: Drawing) -> Errand:
    """Her house number too: the rest of it must answer no other question."""
    spot = drawing.atlas.postcodes.draw(drawing.chance)
    while len(spot.organisations) > 1:
        spot = drawing.atlas.postcodes.draw(drawing.chance)
    return Errand((Keys(spot.written + drawing.chance.choice(HOUSE_NUMBERS)),), spot.organisations)


def _keys_too_slowly(drawing: Drawing) -> Errand:
    """Too late for this question: taken for silence, or for an answer to the next."""
    spot = drawing.atlas.postcodes.draw(drawing.chance)
    late = Keys(spot.written, after=LATE_SECONDS) if drawing.often(0.5) else Keys(spot.written, between=LATE_SECONDS)
    return Errand((late,), drawing.otherwise | spot.organisations)


def _doctor(drawing: Drawing) -> Errand:
    code = _code(drawing, "01")
    if drawing.often(0.1):
        return Errand((code, Silent()), drawing.otherwise, doctor=True)
    before: list[GatherReply] = [code]
    if drawing.often(0.2):
        before.insert(drawing.chance.choice((0, 1)), _unusable(drawing))
    return replace(_keys(drawing, *before), doctor=True)


def _cannot_speak(drawing: Drawing) -> Errand:
    code = _code(drawing, "02")
    if drawing.often(0.15):
        return Errand((code, Silent()), drawing.otherwise)
    return _keys(drawing, *((_unusable(drawing), code) if drawing.often(0.15) else (code,)))


def _national_desk(drawing: Drawing) -> Errand:
    return Errand((_code(drawing, "03"),), frozenset({drawing.atlas.national}))


def _another_language(drawing: Drawing) -> Errand:
    return replace(_keys(drawing, _code(drawing, "09")), language=pick(drawing.chance, LANGUAGES))


def _doctor_in_another_language(drawing: Drawing) -> Errand:
    codes = [_code(drawing, "01"), _code(drawing, "09")]
    drawing.chance.shuffle(codes)
    return replace(_keys(drawing, *codes), doctor=True, language=pick(drawing.chance, LANGUAGES))


def _hears_the_codes(drawing: Drawing) -> Errand:
    then = drawing.chance.choice((_keys, _doctor, _cannot_speak, _national_desk, _another_language))(drawing)
    return replace(then, acts=(_code(drawing, "0"), *then.acts))


def _keys_112(drawing: Drawing) -> Errand:
    return Errand((Keys("112"),), drawing.otherwise)


def _says(drawing: Drawing, spot: Spot, words: str) -> Errand:
    """At the second asking; where the name is asked back she means the first of its towns."""
    town = spot.towns[0]
    return Errand(
        (_unusable(drawing), Spoken(words, drawing.chance.choice((0.4, 0.7, 0.9, None)))),
        frozenset({town.organisation}),
        choice=pick(drawing.chance, CHOICE),
        name=spot.written,
        town=town,
        unconfirmed=drawing.otherwise,
        alike=spot.organisations,
    )


def _says_the_place(drawing: Drawing) -> Errand:
    spot = drawing.atlas.places.draw(drawing.chance)
    return _says(drawing, spot, as_said(drawing.chance, spot.written))


def _mumbles_the_place(drawing: Drawing) -> Errand:
    """May be understood or not, but never as a place of another organisation."""
    spot = drawing.atlas.places.draw(drawing.chance)
    said = _says(drawing, spot, mumbled(drawing.chance, spot.written))
    return replace(said, right=said.right | drawing.otherwise)


def _says_the_postcode(drawing: Drawing) -> Errand:
    keyed = _keys(drawing, _unusable(drawing))
    [*before, act] = keyed.acts
    assert isinstance(act, Keys)
    return replace(keyed, acts=(*before, Spoken(as_digits(drawing.chance, act.keys))))


def _says_something_else(drawing: Drawing) -> Errand:
    return Errand((_unusable(drawing), Spoken(drawing.chance.choice(NOISE))), drawing.otherwise)


def _hangs_up(drawing: Drawing) -> Errand:
    before = drawing.chance.choice(((), (_wrong(drawing),), (_code(drawing, "01"),), (_code(drawing, "0"),)))
    return Errand((*before, CallerHangsUp()), drawing.otherwise)


ERRANDS: Mapping[str, Callable[[Drawing], Errand]] = {
    "keys a postcode": _keys,
    "stays silent": _is_silent,
    "is silent, then keys": _is_silent_then_keys,
    "keys wrongly, then right": lambda drawing: _keys(drawing, _wrong(drawing)),
    "keys wrongly twice": _keys_wrongly_twice,
    "keys a post-office box": lambda drawing: _keys_of(drawing.atlas.po_boxes.draw(drawing.chance), drawing),
    "keys on after the postcode": _keys_on,
    "keys too slowly": _keys_too_slowly,
    "a doctor": _doctor,
    "cannot speak": _cannot_speak,
    "the national desk": _national_desk,
    "another language": _another_language,
    "a doctor, another language": _doctor_in_another_language,
    "hears the codes": _hears_the_codes,
    "keys 112": _keys_112,
    "says the place": _says_the_place,
    "mumbles the place": _mumbles_the_place,
    "says the postcode": _says_the_postcode,
    "says something else": _says_something_else,
    "hangs up at a question": _hangs_up,
}
