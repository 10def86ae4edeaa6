"""Whether words occur in what was heard: case, punctuation, and blanks between digits do not count."""

from __future__ import annotations

import re

_BETWEEN_GROUPS = re.compile(r"(?<=\d)[\s\-]+(?=\d)")  # 0800-2000, 06 12 34
_BETWEEN_SINGLE = re.compile(r"(?<=\b\d)\W+(?=\d\b)")  # 1, 1, 2
_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words and numbers of a text; digits said singly are one number."""
    joined = _BETWEEN_SINGLE.sub("", _BETWEEN_GROUPS.sub("", text))
    return _TOKEN.findall(joined.casefold())


def find(words: str, heard: list[str], start: int = 0) -> int | None:
    """Where these words end in what was heard, looking from `start`; None if they do not occur."""
    wanted = tokens(words)
    for begin in range(start, len(heard) - len(wanted) + 1):
        if heard[begin : begin + len(wanted)] == wanted:
            return begin + len(wanted)
    return None
