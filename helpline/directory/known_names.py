"""Which known names are near what was heard or written: those that a bad line, a recogniser or a finger mistakes.

Loaded with the gazetteer, beside the calls: the library that compares takes as long as much of the rest of a start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from helpline.directory.sound import article, sounds_like
from helpline.directory.spelling import fold

NEAR, NEAR_SOUND = 80, 84  # of 100; measured: below this, sentences without a place begin to be taken for one
SHORTEST_NEAR = 5  # signs: almost any short word is near some short name
MUCH_FARTHER = 8  # of 100: a name that is so much worse than the best is not worth offering
SHORTEST_TYPED, MOST_SLIPS = 6, 2  # signs to a slip: "Slaat" and "wacht" are no mistyped villages
MOST_EDITS = 1  # of letters, between names that are held to be mistakable
_T = TypeVar("_T", int, str)


def _with_article(name: str) -> str:
    return article(name) + fold(name)


class KnownNames:
    """All that places are called, places being numbers; each index is made when it is first needed."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self._names = names  # of each place, its main one first

    def places(self, name: str) -> Sequence[int]:
        """The places of a name, whatever the article; none when unknown."""
        return self._by_name.get(fold(name), ())

    def exactly(self, name: str) -> Sequence[int]:
        """The places called so with this very article, or without any as the name is; none when unknown."""
        return self._by_article.get(_with_article(name), ())

    def taken_for(self, name: str) -> Iterator[int]:
        """The places whose names sound the same, differ by an edit, or begin with this one."""
        for alike in self._by_sound.get(sounds_like(name), ()):
            yield from self._by_name[alike]
        whole = _with_article(name)
        for alike, _, _ in process.extract(
            whole, self._by_article.keys(), scorer=Levenshtein.distance, score_cutoff=MOST_EDITS, limit=None
        ):
            yield from self._by_article[alike]
        yield from self._by_head.get(whole, ())

    def near(self, words: str, *, without: Collection[str]) -> Sequence[int]:
        """The places whose names are spelt or sound nearly so, the nearest first."""
        score = {name: near for name, near in self._scores(words) if name not in without}
        names = sorted(score, key=lambda name: (-score[name], name))
        return [
            place for name in names if score[name] > score[names[0]] - MUCH_FARTHER for place in self._by_name[name]
        ]

    def mistyped(self, words: str) -> Sequence[int]:
        """The places whose names are a slip or two of the fingers away; none for a short word, which is its own."""
        spelt = fold(words)
        slips = min(len(spelt) // SHORTEST_TYPED, MOST_SLIPS)
        found = process.extract(spelt, self._by_name.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [place for name, _, _ in found for place in self._by_name[name]] if slips else ()

    def _scores(self, words: str) -> Iterator[tuple[str, float]]:
        """Names with how near they are, of 100; the last of a name is its best."""
        spelt, sound = fold(words), sounds_like(words)
        if len(spelt) >= SHORTEST_NEAR:
            for name, score, _ in process.extract(spelt, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=NEAR):
                yield name, score
            for key, score, _ in process.extract(
                sound, self._by_sound.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_SOUND
            ):
                yield from ((name, score) for name in self._by_sound[key])
        if len(spelt) > 2:
            yield from ((name, 100) for name in self._by_sound.get(sound, ()))

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[int]]:
        return _grouped((fold(name), index) for index, names in enumerate(self._names) for name in names)

    @cached_property
    def _by_article(self) -> Mapping[str, Sequence[int]]:
        """The places by their names with the article: "Den Haag" is not nearly "Kaag"."""
        return _grouped((_with_article(name), index) for index, names in enumerate(self._names) for name in names)

    @cached_property
    def _by_head(self) -> Mapping[str, Sequence[int]]:
        """The places by the first words of their names: a recogniser may have lost the rest."""
        return _grouped(
            (_with_article(" ".join(words[:size])), index)
            for index, names in enumerate(self._names)
            for words in (names[0].replace("-", " ").split(),)
            for size in range(1, len(words))
        )

    @cached_property
    def _by_sound(self) -> Mapping[str, Sequence[str]]:
        return _grouped((sounds_like(name), name) for name in self._by_name)


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, Sequence[_T]]:
    groups: dict[str, list[_T]] = defaultdict(list)
    for key, value in pairs:
        if value not in groups[key]:  # there are few
            groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
