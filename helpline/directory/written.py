"""A postcode as people write it into a text: "3011", "3011ab", "postcode 3011 AB, Rotterdam".

1. Four figures count when they stand alone: no part of a date, an amount or a telephone number.
2. Where some are followed by two letters, as a whole postcode is, only those count: the others are a year or a number.
"""

from __future__ import annotations

import re
import unicodedata

_FOUR = re.compile(r"(?<![\d+])(?<!\d[.,:/-])([1-9]\d{3})(?:\s?([A-Za-z]{2})(?![A-Za-z]))?(?![\d]|[.,:/-]\d)")


def postcodes_in(text: str) -> list[str]:
    """The four figures of each postcode in a text, in the order written, each once; of any script."""
    found = _FOUR.findall(_latin_figures(text))
    whole = [digits for digits, letters in found if letters.isupper()] or [digits for digits, _ in found]
    return list(dict.fromkeys(whole))


def _latin_figures(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
