"""In how many segments a text goes over the air, counted as a carrier counts them.

1. GSM-7 where each of its characters is in the GSM 03.38 alphabet; else the whole text is UCS-2.
2. One segment holds 160 septets or 70 units. Several hold 153 or 67 each: a header of 6 bytes joins them again.
3. What takes two septets or two units (a surrogate pair) is not split: it begins the next segment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# GSM 03.38, the rows of its default alphabet; the escape at 0x1B is no character.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")  # an escape and a septet

GSM_ALONE, GSM_JOINED = 160, 153  # septets
UCS_ALONE, UCS_JOINED = 70, 67  # units of two bytes


@dataclass(frozen=True)
class Segments:
    """How a text is encoded, how many septets or units that takes, and in how many segments they go."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    count: int


def segments(text: str) -> Segments:
    """The segments of this text; one without a character takes one too."""
    if all(each in BASIC or each in EXTENSION for each in text):
        sizes = [2 if each in EXTENSION else 1 for each in text]
        return Segments("GSM-7", sum(sizes), _count(sizes, GSM_ALONE, GSM_JOINED))
    sizes = [2 if ord(each) > 0xFFFF else 1 for each in text]
    return Segments("UCS-2", sum(sizes), _count(sizes, UCS_ALONE, UCS_JOINED))


def _count(sizes: Iterable[int], alone: int, joined: int) -> int:
    """Into how many segments characters of these sizes go, each filled as far as whole characters allow."""
    total, count, filled = 0, 1, 0
    for size in sizes:
        total += size
        if filled + size > joined:
            count, filled = count + 1, 0
        filled += size
    return 1 if total <= alone else count
