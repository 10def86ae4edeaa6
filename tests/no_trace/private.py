"""What is private of made-up callers, and such that wherever it turns up it can have come from nobody but them.

1. What is long, rare or marked cannot be anywhere by chance: a subscriber's number, a SID, a name, a whole postcode, a
   place that is in no file of ours. One hit is a trace.
2. Four figures can: in a hash, a count, a process's number. So many postcodes are keyed, and ten times as many of the
   same kind are not: see search.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from helpline.directory.table import Table
from tests.cli.test_command import made_up
from tests.conftest import REGIONS

MARK = "5eb1c7a9d20f4368"  # in every SID of a caller's
NAME = "Zwiepmans"  # of every caller, and in every sentence
ARABIC = "جارتي تبكي كل ليلة"  # in no file of ours
BY_NOBODY = "+266696687"  # how Twilio writes a number that is withheld
LEAST_POSTCODE = 4000  # above any year, line of code, place in a list and count in these tests
KEYED, UNKEYED = 40, 400
PLACES = 24
KEYS = 12
SHORTEST_PLACE = 9  # letters


@dataclass(frozen=True)
class Caller:
    """Who rings: the number as Twilio tells it, and the parts of it that no other way of writing leaves out."""

    number: str
    told: str  # figures; empty where the number is nobody's


@dataclass(frozen=True)
class Private:
    """All that callers have, say and key in one test."""

    callers: Sequence[Caller]
    keyed: Sequence[str]
    unkeyed: Sequence[str]
    doubtful: Sequence[str]
    places: Sequence[str]
    keys: Sequence[str]

    def whole_postcodes(self) -> Sequence[str]:
        """With letters, as they stand in texts."""
        return [f"{digits} QZ" for digits in self.keyed]

    def needles(self) -> dict[str, str]:
        """What is looked for, by what it is, without the four figures of postcodes."""
        return {
            "a SID": MARK,
            "a name": NAME,
            "a sentence": ARABIC,
            **{f"number {caller.number}": caller.told for caller in self.callers if caller.told},
            **{f"place {name}": name for name in self.places},
            **{f"keys {keys}": keys for keys in self.keys},
            **{f"postcode {written}": written for written in self.whole_postcodes()},
        }


def private_of(table: Table, seed: int) -> Private:
    """Another set for each seed."""
    random = Random(seed)
    ours = "\n".join(path.read_text("utf-8") for path in REGIONS.glob("*.toml")).casefold()
    figures = re.sub(r"\D", "", ours + made_up(ours) + table.version)
    codes = [str(code) for code in range(LEAST_POSTCODE, 10_000) if str(code) not in figures]
    sure = [code for code in codes if table.of_postcode(code) in table.organisations]
    doubtful = [code for code in codes if table.of_postcode(code).startswith("doubt")]
    names = sorted({place.name for place in table.country.geography.places})
    rare = [name for name in names if _is_rare(name) and name.casefold() not in ours]
    drawn = random.sample(sure, KEYED + UNKEYED)
    return Private(
        tuple(_callers(random)),
        [*drawn[:KEYED], *doubtful],
        drawn[KEYED:],
        doubtful,
        random.sample(rare, PLACES),
        [_figures(random, 9) for _ in range(KEYS)],
    )


def call_sid(number: int) -> str:
    """The SID of a call, or of a leg of one."""
    return f"CA{MARK}{number:016x}"


def text_sid(number: int) -> str:
    """The SID of a text."""
    return f"SM{MARK}{number:016x}"


def _callers(random: Random) -> Iterator[Caller]:
    """Mobile telephones, landlines that mean one organisation and such that do not, foreigners, and nobody."""
    for _ in range(14):
        yield _caller("31", f"66{_figures(random, 7)}")  # a range in which nobody has a telephone
    for code in ("30", "10", "50", "111", "411", "33"):
        yield _caller("31", code + _figures(random, 9 - len(code)))
    for country in ("49", "1"):
        yield _caller(country, _figures(random, 10))
    for number in ("", BY_NOBODY, "Anonymous", "+31"):
        yield Caller(number, "")


def _caller(country: str, subscriber: str) -> Caller:
    return Caller(f"+{country}{subscriber}", subscriber)


def _figures(random: Random, count: int) -> str:
    """So many, of which the first is no 0 and none is like the one before."""
    figures = random.choice("23456789")
    while len(figures) < count:
        figures += random.choice([figure for figure in "123456789" if figure != figures[-1]])
    return figures


def _is_rare(name: str) -> bool:
    return len(name) >= SHORTEST_PLACE and name.isascii() and name.isalpha()
