"""A share of calls in words that are never wrong by rounding."""

from __future__ import annotations


def share(count: int, of: int) -> str:
    """A whole percentage, which says 0 % and 100 % only of none and all; empty of no calls."""
    if not of:
        return ""
    percent = round(100 * count / of)
    if percent == 0 and count:
        return "<1%"
    return ">99%" if percent == 100 and count < of else f"{percent}%"
