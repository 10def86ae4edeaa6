"""A whole postcode as people write it into a text, four figures and two letters: "3011ab", "3011 AB, Rotterdam"."""

from __future__ import annotations

import re

# Figures alone, no part of a date, an amount or a telephone number.
four_figures = re.compile(r"(?<![\d+])(?<!\d[ .,:/-])[1-9]\d{3}(?![ .,:/-]?\d)")
_WHOLE = re.compile(r"(?<![\d+])(?<!\d[.,:/-])([1-9]\d{3})(?: ?[A-Z]{2}|[a-z]{2})(?![A-Za-z])")


def postcodes(text: str) -> list[str]:
    """The four figures of each whole postcode in a text, in the order written, each once.

    A blank before small letters makes it none: "2019 is" is a year.
    """
    return list(dict.fromkeys(_WHOLE.findall(text)))
