"""The day on which a line was last rung, written into the text of a region file: that value and nothing else."""

from __future__ import annotations

import tomllib
from datetime import date

from helpline.directory.positions import position_of
from helpline.errors import ChangeRefused


def with_checked(text: str, line: str, day: date) -> str:
    """The text with `checked` of "advice" or "doctors" set to `day`; comments and all else as they were.

    The text must be a sound region file with that line. Raises ChangeRefused where the value is written in a way in
    which it cannot be found.
    """
    at = position_of(text, (line, "checked"))
    rows = text.split("\n")
    row, begins = rows[at.line - 1], at.column - 1
    rows[at.line - 1] = f"{row[:begins]}{day.isoformat()}{row[begins + at.width :]}"
    changed = "\n".join(rows)
    if not _differs_there_only(text, changed, line, day):
        raise ChangeRefused(
            f"The day in {line}.checked was not found in the file.", help=f"Write it by hand: checked = {day}"
        )
    return changed


def _differs_there_only(before: str, after: str, line: str, day: date) -> bool:
    """Where a key is written in an unusual way its place is not known, and something else was overwritten."""
    wanted = tomllib.loads(before)
    wanted[line]["checked"] = day
    try:
        return tomllib.loads(after) == wanted
    except tomllib.TOMLDecodeError:
        return False
