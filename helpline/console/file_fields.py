"""What operators change most in a region file, as fields, and the text of the file with what was typed in them.

1. A field that was left as it was leaves its line in the file to the letter, with its comment.
2. What was typed goes into the file even where it is no number and no day: the check of the file says so.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from helpline.directory.rewriting import with_value

_DATES = re.compile(r"\s+(vanaf|from|tot|until)\s+(\S+)", re.IGNORECASE)
_TABLES = {"advice": ("numbers", "answers", "checked"), "doctors": ("numbers", "answers", "hours", "checked")}
_KEYS = {"vanaf": "from", "from": "from", "tot": "until", "until": "until"}


@dataclass(frozen=True)
class Field:
    """One field: where its value stands in the file, and what stands in it."""

    table: str
    key: str
    value: str

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"{self.table}.{self.key}" if self.table else self.key


def fields_of(text: str, words: Mapping[str, str]) -> list[Field] | None:
    """The fields of a file, dates in these words for from and until; None where it is no TOML.

    What is not sound in it is there all the same, as it was written.
    """
    try:
        return list(_fields(tomllib.loads(text), words))
    except (ValueError, RecursionError):
        return None


def with_fields(text: str, typed: Mapping[str, str], words: Mapping[str, str]) -> str:
    """The text with what was typed in its fields."""
    for field in fields_of(text, words) or []:
        value = typed.get(field.name, field.value)
        if value.split() != field.value.split():
            text = with_value(text, field.table, field.key, _written(field.key, value))
    return text


def _fields(told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Field]:
    yield Field("", "stand_in", str(told.get("stand_in", "")))
    for table, keys in _TABLES.items():
        if isinstance(line := told.get(table), dict):
            yield from (Field(table, key, _said(line.get(key, ""), words)) for key in keys)


def _said(value: object, words: Mapping[str, str]) -> str:
    """A value as the form has it: one entry a line, with its dates behind it."""
    if isinstance(value, list):
        return "\n".join(_said(each, words) for each in value)
    if isinstance(value, dict):
        dates = "".join(f" {word} {value[key]}" for key, word in words.items() if key in value)
        return f"{value.get('number', value.get('hours', ''))}{dates}"
    return str(value)


def _written(key: str, value: str) -> str | None:
    """A value as TOML; None where there shall be none."""
    value = value.strip()
    match key:
        case "numbers" | "hours":
            return f"[{', '.join(_entry(key, line.strip()) for line in value.splitlines() if line.strip())}]"
        case "checked":
            return _day(value)
        case "stand_in" if not value:
            return None
        case _:
            return _quoted(value)


def _entry(key: str, line: str) -> str:
    dates = "".join(f", {_KEYS[match[1].lower()]} = {_day(match[2])}" for match in _DATES.finditer(line))
    said = _quoted(_DATES.sub("", line).strip())
    return f"{{ {key.removesuffix('s') if key == 'numbers' else key} = {said}{dates} }}" if dates else said


def _day(written: str) -> str:
    """A day as TOML writes it; anything else as text, of which the check says that it is no day."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return _quoted(written)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
