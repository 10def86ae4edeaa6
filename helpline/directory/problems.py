"""Problems of a routing table, shown as file:line:column, code, what is wrong, the line itself, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from helpline.directory.positions import KeyPath, Position, position_of

# Every code, each explained in docs/errors.md. A code never changes its meaning: programs and people look for it.
Code = Literal[
    "announcement-number",
    "announcement-of-nobody",
    "announcement-words",
    "area-code-share",
    "chain-too-long",
    "checked-ahead",
    "checked-long-ago",
    "claimed-twice",
    "dates",
    "diversion-circle",
    "diversion-number",
    "diversion-of-nobody",
    "encoding",
    "file-name",
    "hours",
    "merged-municipality",
    "missing",
    "name",
    "national-desk-accepts",
    "national-desk-region",
    "no-files",
    "no-hours",
    "no-national-desk",
    "no-number",
    "number",
    "number-twice",
    "own-number",
    "placeholder",
    "stand-in-circle",
    "toml",
    "unclaimed-municipality",
    "unknown-area-code",
    "unknown-key",
    "unknown-municipality",
    "unknown-organisation",
    "unknown-stand-in",
    "unknown-word",
    "unlisted-area-code",
    "unreadable",
    "wrong-kind",
]


@dataclass(frozen=True)
class Problem:
    """One problem: its stable code, the file and the value in it, what is wrong, and what to do.

    `at` says where it stands where that is not a value of a region file; `warning` is True where calls can be routed
    all the same.
    """

    code: Code
    file: str
    path: KeyPath
    what: str
    help: str
    at: Position | None = None
    warning: bool = False


@dataclass(frozen=True)
class Report:
    """All problems found at once; `sources` holds the text of each file by the name that problems give it."""

    problems: tuple[Problem, ...]
    sources: Mapping[str, str]

    @property
    def refused(self) -> bool:
        """True when a table with these problems must not be used: one of them is more than a warning."""
        return any(not problem.warning for problem in self.problems)

    @cached_property
    def placed(self) -> list[tuple[Problem, Position | None]]:
        """Each problem with where it stands, in the order of the files; None where it stands in no file's text."""
        found = [(problem, self._position(problem)) for problem in self.problems]
        return sorted(found, key=_order)

    def text(self) -> str:
        """For a person at a terminal: with the line itself, a caret under the value, and what to do."""
        return "\n\n".join(self._shown(problem, position) for problem, position in self.placed)

    def one_line_each(self) -> str:
        """For editors and for grep: file:line:column, code, what is wrong, what to do."""
        return "\n".join(f"{_head(problem, position)} ({problem.help})" for problem, position in self.placed)

    def as_json(self) -> str:
        """For programs; line and column are null where the problem stands in no file's text."""
        return json.dumps([_fields(*pair) for pair in self.placed], ensure_ascii=False, indent=2)

    def counted(self) -> str:
        """How many, in words."""
        return "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"

    def _position(self, problem: Problem) -> Position | None:
        if problem.at or problem.file not in self.sources:
            return problem.at
        return position_of(self.sources[problem.file], problem.path)

    def excerpt(self, problem: Problem, position: Position | None) -> list[str]:
        """The line with the problem, and a caret under the value; empty where it stands in no file's text."""
        lines = self.sources.get(problem.file, "").split("\n")
        if position is None or lines == [""] or position.line > len(lines):
            return []
        number = f"{position.line:>5} | "
        caret = " " * (len(number) - 1 + position.column) + "^" * position.width
        return [number + lines[position.line - 1], caret]

    def _shown(self, problem: Problem, position: Position | None) -> str:
        told = (_head(problem, position), *self.excerpt(problem, position), f"      help: {problem.help}")
        return "\n".join(told)


def _order(found: tuple[Problem, Position | None]) -> tuple[str, int, int, str]:
    problem, position = found
    return (problem.file, position.line if position else 0, position.column if position else 0, problem.code)


def _head(problem: Problem, position: Position | None) -> str:
    where = f"{problem.file}:{position.line}:{position.column}" if position else problem.file
    return f"{where}: {'warning' if problem.warning else 'error'} {problem.code}: {problem.what}"


def _fields(problem: Problem, position: Position | None) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "code": problem.code,
        "warning": problem.warning,
        "message": problem.what,
        "help": problem.help,
    }
