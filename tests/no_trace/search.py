"""Every trace of a caller in what a service wrote; and what of it is chance, which only four figures can be.

1. Whatever cannot be anywhere by chance is looked for in every reading of all bytes: see private.py and readings.py.
2. A keyed postcode in what is text, such as a log or the rows of a table, is a trace where its figures stand alone.
   What has figures of its own there is taken out before: moments, processes, lines of code, milliseconds.
3. In a file of a database figures stand beside others without anything between them. There the keyed postcodes are
   counted together, and must not be more frequent than ten times as many that nobody keyed let expect: by chance they
   would be once in a million runs. A leak of each keyed postcode is found, one of a single call may not be; but each
   row is looked at as text as well.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.no_trace.private import Private
from tests.no_trace.readings import pieces, plain, readings, squeezed

AROUND = 40  # bytes shown of where it was
MOST_DEVIATIONS = 5
_MOMENT = rb"\d{4}-\d\d-\d\d[t ]\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?"
_OF_ITS_OWN = re.compile(
    rb'"(?:pid|ms|count)": [\d.]+|\.py:\d+|_\d+\.(?:db|alive|new)\b|\[\d+\]|helpline-metrics-\w{8}|[0-9a-f]{32,}|'
    + _MOMENT
)
_ALONE = re.compile(rb"(?<![0-9])(?<![0-9]\.)[1-9][0-9]{3}(?![0-9]|\.[0-9])")
_HASHES = re.compile(rb"[0-9a-f]{32,}|" + _MOMENT)
_FIGURES = re.compile(rb"[0-9]{4,}")


@dataclass(frozen=True)
class Trace:
    """Something of a caller, where it was found, and what stands around it."""

    where: str
    what: str
    around: str


def traces(private: Private, where: str, data: bytes, *, but: Iterable[str] = ()) -> Iterator[Trace]:
    """What cannot be there by chance, but for what has a name that begins so."""
    needles = {what: _squeezed(needle) for what, needle in private.needles().items() if not what.startswith((*but,))}
    for reading, text in (each for piece in pieces(data) for each in readings(piece)):
        for what, needle in needles.items():
            if needle in text:
                yield Trace(where, what, f"{reading}: {_around(text, text.index(needle))}")
    for what, written in private.needles().items():
        for encoding in ("utf-16-le", "utf-16-be"):  # what has no zeros to leave out
            if not written.isascii() and (encoded := written.encode(encoding)) in data:
                yield Trace(where, what, f"{encoding}: {_around(data, data.index(encoded))}")


def postcodes_alone(private: Private, where: str, data: bytes) -> Iterator[Trace]:
    """Keyed postcodes in text."""
    text = _OF_ITS_OWN.sub(b" ", plain(data))
    keyed = {digits.encode() for digits in private.keyed}
    for found in _ALONE.finditer(text):
        if found[0] in keyed:
            yield Trace(where, f"postcode {found[0].decode()}", _around(text, found.start()))


def postcodes_in_all(private: Private, where: str, data: bytes) -> Iterator[Trace]:
    """Keyed postcodes that are more frequent than by chance."""
    counted: Counter[bytes] = Counter()
    for piece in pieces(data):
        runs = _FIGURES.findall(_HASHES.sub(b" ", plain(piece)))
        counted.update(run[start : start + 4] for run in runs for start in range(len(run) - 3))
    keyed, unkeyed = _sum(counted, private.keyed), _sum(counted, private.unkeyed)
    if keyed > at_most(unkeyed, len(private.keyed) / len(private.unkeyed)):
        yield Trace(where, "postcodes", f"keyed {keyed} times, others {unkeyed} times")


def at_most(unkeyed: int, share: float) -> float:
    """How often the keyed ones may be there by chance, where so many others are, of which they are that share."""
    expected = (unkeyed + 1) * share
    return expected + MOST_DEVIATIONS * math.sqrt(expected * (1 + share)) + MOST_DEVIATIONS


def _sum(counted: Mapping[bytes, int], postcodes: Iterable[str]) -> int:
    return sum(counted.get(digits.encode(), 0) for digits in postcodes)


def _squeezed(needle: str) -> bytes:
    return squeezed(needle.lower().encode())


def _around(text: bytes, at: int) -> str:
    return repr(text[max(0, at - AROUND) : at + AROUND])
