"""All that bytes may say, whatever way it was written: so that each thing has to be looked for in one way only.

1. UTF-16 and UTF-32 are plain without their zeros; escapes of URLs and of JSON are undone; case does not count.
2. What could be base64 or hexadecimal is decoded, wherever in the bytes it may begin.
3. For what is looked for without its blanks and signs, all is read without them: "06 1234-5678" is 0612345678.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

PIECE, OVERLAP = 4 << 20, 4 << 10  # bytes: a log of a database has hundreds of MB

_ESCAPED = re.compile(rb"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_HEXADECIMAL = re.compile(rb"[0-9a-fA-F]{12,}")
_SIGNS = re.compile(rb"[\s.,;:'()/+_-]+")


def pieces(data: bytes) -> Iterator[bytes]:
    """One after another, each with the end of the one before, so that nothing is cut in two."""
    for start in range(0, max(len(data), 1), PIECE):
        yield data[max(0, start - OVERLAP) : start + PIECE]


def plain(data: bytes) -> bytes:
    """Without zeros, escapes and capitals."""
    text = data.replace(b"\0", b"")
    if b"%" in text:
        text = unquote_to_bytes(text.replace(b"+", b" "))
    return _ESCAPED.sub(_unescaped, text).lower()


def squeezed(text: bytes) -> bytes:
    """Without blanks and signs."""
    return _SIGNS.sub(b"", text)


def readings(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each reading, by its name, without blanks and signs."""
    yield "plain", squeezed(plain(data))
    yield "base64", b"\n".join(squeezed(plain(each)) for each in _from_base64(data))
    yield "hexadecimal", b"\n".join(squeezed(plain(each)) for each in _from_hexadecimal(data))


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[2]:
        return bytes([int(found[2], 16)])
    return chr(int(found[1], 16)).encode("utf-8", "surrogatepass")


def _from_base64(data: bytes) -> Iterator[bytes]:
    """It may begin at any of four signs."""
    for run in set(_BASE64.findall(data)):
        plain_signs = run.translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            signs = plain_signs[start:]
            if len(signs) % 4 == 1:  # what one sign alone says is less than a byte
                signs = signs[:-1]
            yield base64.b64decode(signs + b"=" * (-len(signs) % 4))


def _from_hexadecimal(data: bytes) -> Iterator[bytes]:
    """Or at either of two."""
    for run in set(_HEXADECIMAL.findall(data)):
        for start in range(2):
            whole = (len(run) - start) // 2 * 2
            yield bytes.fromhex(run[start : start + whole].decode())
