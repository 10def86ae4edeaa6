"""How a Dutch name sounds, roughly.

1. A sound is a key that names share. It stands on the one spelling of spelling.py: article, case, accents and blanks
   are gone, "ij" is "y".
2. Too coarse is safe: names that share a key are asked back. Too fine is not: they could be taken for each other.
3. Cyrillic letters are read as the Latin ones they stand for, so that "Зейст" meets "Zeist".
"""

from __future__ import annotations

import re

from helpline.directory.spelling import fold

_WORD_END = re.compile(r"[\s-]")
_ARTICLES = {"de": "de", "den": "den", "het": "het", "it": "het", "t": "het", "s": "s"}
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдезийіклмнопрстуфхыэё", "abvggdeziiiklmnoprstufgieo", strict=True))
    | {"є": "je", "ж": "z", "ц": "ts", "ч": "tsj", "ш": "sj", "щ": "sj", "ю": "ju", "я": "ja", "ь": "", "ъ": ""}
)
# In this order: what one rule makes, a later one may meet.
_RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch", "sg"),  # Schagen; English and German recognisers write sg or sh
        ("sh", "sg"),
        ("c?kh?|q(u(?=[aeiou]))?|ch(?=[lr])", "k"),
        ("[cg]h|ch", "g"),
        ("ph|v|w(?=[rk])", "f"),
        ("x", "ks"),
        ("c(?=[eiy])|ç", "s"),
        ("c", "k"),
        ("(?<=[tr])h", ""),  # Thorn, Rhenen
        ("z|ß", "s"),
        ("dt", "t"),
        ("ae", "a"),  # the old spelling of a long a: Schaesberg
        ("(?<=[aou])[yj]", "i"),  # Ooij, Goy, Ruyven
        ("e[iy]y?|yi?", "y"),
        ("ie", "i"),
        ("au|ou", "ou"),
        ("(?<=[aeiou])uw|(?<=[ou])w(?![aeiou])", "u"),
        ("oe|ue", "u"),
        (r"(.)\1+", r"\1"),  # a long vowel, a doubled consonant
        ("d(?![aeiouyrwj])", "t"),  # no voice at the end of a syllable
        ("b(?![aeiouylrj])", "p"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.e)n$", ""),  # the n of -en is seldom said
    )
]


def sounds_like(name: str) -> str:
    """Give the key of a name; empty only where its one spelling is."""
    spelt = fold(name)
    key = spelt.translate(_CYRILLIC)
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key or spelt


def article(name: str) -> str:
    """The article at the head of a name, which its one spelling leaves out."""
    first = fold(_WORD_END.split(name.strip(" '’‘ʼ´`"), maxsplit=1)[0])
    return _ARTICLES.get(first, "")
