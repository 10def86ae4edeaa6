"""Ways to find the organisation of a spoken place: ours, and what one would otherwise reach for, each with one answer.

Each but ours takes the name that it holds for the nearest: to ask back is no part of it. Where the organisations of
that one name are several, it is counted as asked back all the same, since any caller of it would have to.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz, process

from benchmarks.mishearings import Names
from helpline.directory.spelling import fold
from helpline.directory.table import Table

SURE, CLOSE = 90, 0.9  # the cut-offs with which one takes only what is very near: of 100, and of 1


@dataclass(frozen=True)
class Taken:
    """What a matcher makes of an answer: an organisation for sure, or those it asks between, or neither."""

    sure: str | None = None
    asked: frozenset[str] = frozenset()


Matcher = Callable[[str], Taken]


def matchers(table: Table, names: Names) -> Mapping[str, Matcher]:
    """Each by what a report calls it; the last is the limit: a name that is known as it is spelt, or nothing."""
    known = names.organisations
    spelt = list(known)
    return {
        "ours": partial(_ours, table),
        "rapidfuzz `extractOne`": partial(_extracted, known, spelt, 0),
        f"rapidfuzz `extractOne`, cut off at {SURE}": partial(_extracted, known, spelt, SURE),
        "difflib `get_close_matches`": partial(_close, known, spelt, 0.6),  # its own default
        f"difflib `get_close_matches`, cut off at {CLOSE}": partial(_close, known, spelt, CLOSE),
        "an exact dictionary": lambda words: _one_or_asked(known.get(fold(words), set())),
    }


def _ours(table: Table, words: str) -> Taken:
    heard = table.gazetteer.heard(words, "nl")
    return Taken(heard.region, frozenset(table.gazetteer.choices[place].region for place in heard.candidates))


def _extracted(known: Mapping[str, set[str]], spelt: list[str], cut_off: int, words: str) -> Taken:
    best = process.extractOne(fold(words), spelt, scorer=fuzz.ratio, score_cutoff=cut_off)
    return _one_or_asked(known[best[0]] if best else set())


def _close(known: Mapping[str, set[str]], spelt: list[str], cut_off: float, words: str) -> Taken:
    best = difflib.get_close_matches(fold(words), spelt, n=1, cutoff=cut_off)
    return _one_or_asked(known[best[0]] if best else set())


def _one_or_asked(organisations: set[str]) -> Taken:
    return Taken(min(organisations)) if len(organisations) == 1 else Taken(asked=frozenset(organisations))
