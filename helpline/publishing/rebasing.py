"""A draft brought onto the live version: what either changed is kept; what both changed is for a person to say.

1. A file that one side alone changed is that side's; of a file that both changed, so is each line.
2. What both made alike is no conflict. Lines that stand next to each other are one: what one side made of them may not
   fit what the other did.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from helpline.directory.content import Content

_Edit = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True)
class Conflict:
    """A file that both changed: what it was, what is live now, and what the draft has; empty where it is not there."""

    organisation: str
    was: str
    live: str
    draft: str


@dataclass(frozen=True)
class Rebased:
    """The files of the draft on the live version. `theirs` were changed in between, `ours` by the draft.

    In `files` a conflict has the draft's text until somebody has said what it shall be.
    """

    files: Mapping[str, str]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def rebased(was: Content, live: Content, draft: Content) -> Rebased:
    """The draft, which was begun on `was`, on what is live now."""
    names = sorted({*was.files, *live.files, *draft.files})
    texts = {name: tuple(each.files.get(name) for each in (was, live, draft)) for name in names}
    theirs = tuple(name for name, (before, now, _) in texts.items() if now != before)
    ours = tuple(name for name, (before, _, mine) in texts.items() if mine != before)
    both = [name for name in theirs if name in ours and texts[name][1] != texts[name][2]]
    woven = {name: _woven(*(text or "" for text in texts[name])) for name in both}
    files = {name: mine if name in ours else now for name, (_, now, mine) in texts.items()} | {
        name: text for name, text in woven.items() if text is not None
    }
    return Rebased(
        {name: text for name, text in files.items() if text is not None},
        theirs,
        ours,
        tuple(Conflict(name, *(text or "" for text in texts[name])) for name in both if woven[name] is None),
    )


def _woven(was: str, live: str, draft: str) -> str | None:
    """One text with the lines that either changed; None where both changed the same, or lines beside each other."""
    lines = was.splitlines(keepends=True)
    edits = sorted({*_edits(lines, live), *_edits(lines, draft)})
    if any(edit[1] >= after[0] for edit, after in pairwise(edits)):
        return None
    for start, end, instead in reversed(edits):
        lines[start:end] = instead
    return "".join(lines)


def _edits(lines: list[str], text: str) -> list[_Edit]:
    """Which lines became which, from where to where."""
    after = text.splitlines(keepends=True)
    steps = difflib.SequenceMatcher(None, lines, after, autojunk=False).get_opcodes()
    return [(start, end, tuple(after[a:b])) for kind, start, end, a, b in steps if kind != "equal"]
