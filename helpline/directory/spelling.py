"""The one spelling under which all ways to write or say a place's name meet: "Den Haag" is "haag".

1. Case, accents, apostrophes, hyphens, full stops and blanks do not count, nor "ij" against "y".
2. An article at the head does not count ('s-, 't, De, Den, Het, It), nor the word "gemeente".
3. "St" is "Sint"; "a/d", "a.d." and "aan den" are "ad"; "Eerste" is "1e".
4. A mark of the province counts only where it could be part of the name: "Bergen (NH.)" and "Ursem gem. S"
   lose theirs, "Beek Lb" keeps it.

Rules 2 to 4 ask for more than one word and the outcome is one word, so folding twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata

# Signs that Unicode holds for letters or takes apart, and that people mean as an apostrophe; and "&".
_SIGNS = str.maketrans({"´": " ", "ʼ": " ", "ʻ": " ", "ʹ": " ", "&": " en "})
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LEADING = frozenset({"s", "t", "d", "de", "den", "het", "it", "gem", "gemeente"})
_AMONG_OTHERS = {"st": "sint", "gemeente": "gem", "eerste": "1e", "tweede": "2e"}
_AAN_DEN = {("aan", word) for word in ("de", "den", "der", "het", "t")} | {("a", "d"), ("a", "den")}
_PROVINCES = {
    *("gr", "gn", "groningen", "fr", "friesland", "fryslan", "dr", "drenthe", "fl", "flevoland"),
    *("o", "ov", "overijssel", "g", "gld", "gelderland", "u", "ut", "utrecht", "nh", "noordholland"),
    *("zh", "zuidholland", "z", "zld", "zeeland", "nb", "noordbrabant", "l", "lb", "limburg"),
    "s",  # Schermer: the municipality that "Ursem gem. S" was in
}
# 's-Gravenhage, 's-Heerenberg and 's-Hertogenbosch are often written in one; no other name begins so.
_S_IN_ONE = re.compile(r"^s(?=grav|heer|hertog)")


def fold(name: str) -> str:
    """Give the one spelling of a place's name; empty only where nothing in it is a letter or a figure."""
    words = _without_province(_words(_BRACKETS.sub(_unless_province, _plain(name))))
    while len(words) > 1 and words[0] in _LEADING:
        del words[0]
    if len(words) > 1:
        words = [_AMONG_OTHERS.get(word, word) for word in _with_aan_den_as_one(words)]
    return _S_IN_ONE.sub("", "".join(words).replace("ij", "y"))


def letters(name: str) -> str:
    """The letters and figures of a name, without case, accents and signs; no word of it is left out."""
    return "".join(_words(_plain(name)))


def _plain(name: str) -> str:
    """Drop case and accents; twice, since a letter can be made of one that has a case or an accent itself."""
    for _ in range(2):
        name = unicodedata.normalize("NFKD", name.translate(_SIGNS).casefold())
    return "".join(sign for sign in name if not unicodedata.combining(sign))


def _words(plain: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def _unless_province(brackets: re.Match[str]) -> str:
    inside = "".join(_words(brackets[1]))
    return " " if inside in _PROVINCES and brackets.start() > 0 else f" {brackets[1]} "


def _without_province(words: list[str]) -> list[str]:
    if len(words) > 2 and words[-2] in {"gem", "gemeente"} and words[-1] in _PROVINCES:
        return words[:-2]
    return words


def _with_aan_den_as_one(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and (joined[-1], word) in _AAN_DEN:
            joined[-1] = "ad"
        else:
            joined.append(word)
    return joined
