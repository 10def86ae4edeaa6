"""How a crowd is made up: who rings, what about, how they press keys, and how the telephones are answered.

Nobody publishes such figures. The common things are as common here as they are likely to be; the rare ones are more
frequent than in life, so that ten thousand calls meet each of them many times. All numbers are shares of 1,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")
Shares = Mapping[T, int]

WHO: Shares[str] = {
    "a mobile": 480,
    "a landline": 330,  # by its area code, half of which mean one organisation
    "a withheld number": 100,
    "no number at all": 20,
    "a foreign number": 35,
    "a malformed number": 35,
}

ABOUT: Shares[str] = {
    "keys a postcode": 330,
    "stays silent": 90,
    "is silent, then keys": 50,
    "keys wrongly, then right": 80,
    "keys wrongly twice": 30,
    "keys a post-office box": 10,
    "keys on after the postcode": 20,
    "keys too slowly": 20,
    "a doctor": 60,
    "cannot speak": 40,
    "the national desk": 20,
    "another language": 60,
    "a doctor, another language": 10,
    "hears the codes": 20,
    "keys 112": 10,
    "says the place": 50,
    "mumbles the place": 30,
    "says the postcode": 20,
    "says something else": 20,
    "hangs up at a question": 30,
}

PACE: Shares[str] = {
    "after the question": 600,
    "over the question": 280,
    "slowly": 120,
}

# At a question with choices: a municipality, a place that is asked back, a language.
CHOICE: Shares[str] = {
    "the right key": 800,
    "no key": 120,
    "a key that means nothing": 80,
}

LANGUAGES: Shares[str] = {"en": 400, "ar": 100, "tr": 100, "pl": 100, "uk": 100, "de": 70, "fr": 65, "es": 65}

PATIENCE: Shares[str] = {
    "until somebody answers": 940,
    "hangs up at the first ring": 25,
    "hangs up at the second ring": 25,
    "hangs up at the third ring": 10,
}

LUCK: Shares[str] = {
    "as it comes": 960,
    "nobody answers": 40,  # the whole chain, to the last words
}

# A staffed switchboard is one whose file says so. There no machine picks up: the carrier would tell us of a person.
SWITCHBOARD: Shares[str] = {
    "answered": 755,
    "busy": 80,
    "no answer": 90,
    "failed": 20,
    "declined": 15,
    "cut off": 30,  # within seconds, while the caller is still there
    "an unknown word": 10,
}

ACCEPTING: Shares[str] = {
    "answered": 510,
    "busy": 80,
    "no answer": 100,
    "failed": 20,
    "declined": 40,
    "cut off": 30,
    "an unknown word": 10,
    "voicemail": 110,
    "no key": 60,  # somebody answers and does not press it
    "a wrong key": 40,
}

UNANSWERED = frozenset(ACCEPTING) - {"answered", "cut off"}


def pick(chance: Random, shares: Shares[T]) -> T:
    """One of these, by its share."""
    return chance.choices(list(shares), weights=list(shares.values()))[0]
