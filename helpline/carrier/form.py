"""The fields of a request, from its query or its body, with blank values kept: the signature covers them too."""

from __future__ import annotations

from urllib.parse import parse_qsl

Fields = list[tuple[str, str]]

FORM = "application/x-www-form-urlencoded"


def read(encoded: bytes) -> Fields:
    """The fields in the order sent. Never raises: what is not a form has no fields, and then no signature fits."""
    return parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True)


def first_of_each(fields: Fields) -> dict[str, str]:
    """One value for each name: the first, so that a name added behind cannot replace it."""
    return dict(reversed(fields))
