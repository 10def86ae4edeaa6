"""What a person probably meant by a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known name, or empty where none is near."""
    names = list(known)
    lowered = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(written.casefold(), lowered, n=1, cutoff=0.7)
    return f'did you mean "{lowered[close[0]]}"?' if close else ""
