"""Two texts side by side, as the lines that were taken out and put in, with a line or two around them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Literal

AROUND = 2
_KINDS: dict[str, Literal["out", "in", "same", "gap"]] = {"-": "out", "+": "in", " ": "same", "@": "gap"}


@dataclass(frozen=True)
class Line:
    """A line that is in one of them only, or in both; a gap stands for lines that are alike."""

    kind: Literal["out", "in", "same", "gap"]
    text: str


def differing(before: str, after: str) -> list[Line]:
    """What becomes of a text; nothing where both are alike."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=AROUND, lineterm="")
    lines = [Line(_KINDS[line[0]], "" if line[0] == "@" else line[1:]) for line in list(found)[2:]]
    return lines[1:] if lines else []
