"""How many segments a text takes on its way: GSM-7 where every letter has a place in it, else UCS-2.

Source: 3GPP TS 23.038, the basic alphabet and its extension; TS 23.040 for the room that joining segments takes.
"""

from __future__ import annotations

import unicodedata

MOST_SEGMENTS = 2
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # two septets each
_GSM_ROOM, _UCS_ROOM = 153, 67  # in each of several segments


def fits(text: str) -> bool:
    """True where the text takes at most two segments; counted as if it always took two, so a short one fits too."""
    if not is_gsm(text):
        return len(text.encode("utf-16-be")) // 2 <= MOST_SEGMENTS * _UCS_ROOM
    septets = sum(2 if letter in _EXTENDED else 1 for letter in text)
    spare = 1 if any(letter in _EXTENDED for letter in text) else 0  # a pair of septets is not split
    return septets + spare <= MOST_SEGMENTS * _GSM_ROOM


def is_gsm(text: str) -> bool:
    """True where every letter has a place in GSM-7."""
    return all(letter in _BASIC or letter in _EXTENDED for letter in text)


def in_gsm(name: str) -> str:
    """A name with the nearest letters of GSM-7 in place of others: "Súdwest-Fryslân" is "Sudwest-Fryslan"."""
    return "".join(letter if is_gsm(letter) else _plain(letter) for letter in name)


def _plain(letter: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if is_gsm(each))
