"""The effects of a change of the routing table, in words for a person and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC

from helpline.directory.effect import Change, Effect, Kind, counted, written

NO_EFFECT = "Nothing changes for callers."
MOST_POSTCODES = 3  # shown one by one; who needs all of them asks for JSON
_OF: Mapping[Kind, str] = {
    "area code": "area code {}",
    "numbers": "{} numbers",
    "answers": "{} answers",
    "hours": "{} hours",
    "stand-in": "{} stand-in",
    "name": "{} name",
    "organisation": "organisation {}",
    "diversion": "diversion of {}",
    "announcement": "announcement of {}",
}


def told(effects: tuple[Effect, ...]) -> str:
    """For a person: each moment on the clock of Amsterdam, with a line for each change."""
    return "\n".join(line for effect in effects for line in _lines(effect)) or NO_EFFECT


def as_json(effects: tuple[Effect, ...]) -> str:
    """For programs; `begins` is null for what changes at once."""
    shown = [
        {
            "begins": effect.begins and effect.begins.astimezone(UTC).isoformat(),
            "changes": [asdict(change) for change in effect.changes],
        }
        for effect in effects
    ]
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _lines(effect: Effect) -> Iterator[str]:
    yield f"From {written(effect.begins)}:" if effect.begins else "At once:"
    for change in effect.changes:
        yield f"  {_line(change)}"


def _line(change: Change) -> str:
    what = f"{change.before} → {change.after}"
    match change.kind:
        case "postcodes":
            return f"{change.of} with {counted(change.inhabitants, 'inhabitant')}: {what} ({_some(change.postcodes)})"
        case "chain":
            return f"{change.of}: {change.after}"
        case _:
            return f"{_OF.get(change.kind, '{}').format(change.of)}: {what}"


def _some(postcodes: tuple[str, ...]) -> str:
    more = len(postcodes) - MOST_POSTCODES
    return ", ".join(postcodes[:MOST_POSTCODES]) + (f" and {more:,} more" if more > 0 else "")
