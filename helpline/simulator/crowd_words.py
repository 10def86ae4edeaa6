"""What callers of a crowd say, as speech recognition writes it down: names, slips of a name, postcodes, noise."""

from __future__ import annotations

from random import Random

NOISE = (
    "hallo",
    "ja hallo bent u daar",
    "ik weet het niet",
    "kunt u mij helpen",
    "nee dat wil ik niet zeggen",
    "***",
    "mama stil",
    "een twee drie",
    "uh",
)
_AROUND = ("{}", "{}", "{}", "in {}", "{} graag", "het gaat om {}", "uh {}")
_DIGITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_SHORTEST = 5  # letters: a shorter name has too many neighbours for a slip to be heard as it


def as_said(chance: Random, name: str) -> str:
    """A name as somebody answers with it."""
    return chance.choice(_AROUND).format(name)


def mumbled(chance: Random, name: str) -> str:
    """A name with one letter lost, doubled or taken for another; a short one as it is."""
    places = [place for place, sign in enumerate(name) if sign.isalpha() and place > 0]
    if len(places) < _SHORTEST:
        return name
    place = chance.choice(places)
    instead = chance.choice(("", 2 * name[place], chance.choice("aeioubdklmnprst")))
    return name[:place] + instead + name[place + 1 :]


def as_digits(chance: Random, postcode: str) -> str:
    """A postcode as it is said: digit by digit, in figures, or with its two letters."""
    said = " ".join(_DIGITS[int(digit)] for digit in postcode)
    return chance.choice((said, postcode, " ".join(postcode), f"{postcode} AB", f"{said} graag"))
