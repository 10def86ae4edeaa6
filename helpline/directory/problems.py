"""Problems in the region files, shown as file:line:column, code, what is wrong, the line itself, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpline.directory.positions import KeyPath, Position, position_of


@dataclass(frozen=True)
class Problem:
    """One problem: its stable code, the file and the value in it, what is wrong, and what to do.

    `at` says where it stands when the file could not be read as TOML at all; `warning` is True where calls can be
    routed all the same.
    """

    code: str
    file: str
    path: KeyPath
    what: str
    help: str
    at: Position | None = None
    warning: bool = False


def refused(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep a table from being used: all but the warnings."""
    return [problem for problem in problems if not problem.warning]


def placed(problem: Problem, sources: Mapping[str, str]) -> Position:
    """Where a problem stands in its file; the first character where the file has no such place."""
    if problem.at:
        return problem.at
    return position_of(sources.get(problem.file, ""), problem.path)


def report(problems: Iterable[Problem], sources: Mapping[str, str]) -> str:
    """All problems for a person at a terminal, in file order; `sources` holds the text of each file by its name."""
    ranked = sorted(
        ((problem, placed(problem, sources)) for problem in problems),
        key=lambda pair: (pair[0].file, pair[1].line, pair[1].column, pair[0].code),
    )
    return "\n\n".join(_shown(problem, position, sources) for problem, position in ranked)


def _shown(problem: Problem, position: Position, sources: Mapping[str, str]) -> str:
    kind = "warning" if problem.warning else "error"
    head = f"{problem.file}:{position.line}:{position.column}: {kind} {problem.code}: {problem.what}"
    text = sources.get(problem.file, "")
    lines = text.split("\n")
    shown = [head]
    if text and position.line <= len(lines):
        number = f"{position.line:>5} | "
        shown += [number + lines[position.line - 1]]
        shown += [" " * (len(number) - 2 + position.column) + " " + "^" * position.width]
    return "\n".join([*shown, f"      help: {problem.help}"])
