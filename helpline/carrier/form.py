"""The fields of a request, from its query or its body, with blank values kept: the signature covers them too."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from fast_query_parsers import parse_query_string

Fields = list[tuple[str, str]]

FORM = "application/x-www-form-urlencoded"
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]|%[89A-Fa-f]")


def read(encoded: bytes) -> Fields:
    """The fields in the order sent. Never raises: what is not a form has no fields, and then no signature fits.

    The compiled parser reads broken UTF-8, and a name without a value, in a way of its own: those are left to the
    standard library.
    """
    if not _BEYOND_ASCII.search(encoded):
        fields = parse_query_string(encoded, "&")
        names = "".join([name for name, _ in fields])
        if "%" not in names and "+" not in names:
            return fields
    return parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True)


def first_of_each(fields: Fields) -> dict[str, str]:
    """One value for each name: the first, so that a name added behind cannot replace it."""
    return dict(reversed(fields))
