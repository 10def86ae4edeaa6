"""The fields of a request, from its query or its body, with blank values kept: the signature covers them too."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from fast_query_parsers import parse_query_string

Fields = list[tuple[str, str]]

FORM = "application/x-www-form-urlencoded"
_EQUALS_IN_NAME = re.compile(rb"(?:^|&)[^=&]*%3[Dd]")


def read(encoded: bytes) -> Fields:
    """The fields in the order sent. Never raises: what is not a form has no fields, and then no signature fits.

    What the compiled parser cannot decode it leaves as it is, in the name or outside, and an encoded = in a name it
    takes for the end of the name; that is left to the standard library.
    """
    has_equals = b"%3D" in encoded or b"%3d" in encoded
    if encoded.isascii() and not (has_equals and _EQUALS_IN_NAME.search(encoded)):
        fields = parse_query_string(encoded, "&")
        names = "".join([name for name, _ in fields])
        if "%" not in names and "+" not in names:
            return fields
    return parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True)


def first_of_each(fields: Fields) -> dict[str, str]:
    """One value for each name: the first, so that a name added behind cannot replace it."""
    return dict(reversed(fields))
