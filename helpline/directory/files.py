"""The region files as read from their folder: what each says, what is wrong with its shape, and its text."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from helpline.directory.positions import Position
from helpline.directory.problems import Problem
from helpline.directory.shape import DoctorsLine, Line, Municipalities, Part, RegionFile

READABLE = "make it a file that the service may read, or put the committed one back"
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


@dataclass(frozen=True)
class RegionFiles:
    """All region files of a folder by organisation.

    `shown` is each organisation's file as errors name it, `sources` the text of each file by that name.
    """

    regions: Mapping[str, RegionFile]
    shown: Mapping[str, str]
    problems: tuple[Problem, ...]
    sources: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Names exactly this content; the same on every machine that has the same files."""
        digest = hashlib.blake2s(digest_size=5)
        for name in sorted(self.sources):
            digest.update(f"{name}\0{self.sources[name]}\0".encode())
        return digest.hexdigest()


def read(folder: Path) -> RegionFiles:
    """Every *.toml of the folder. Never raises for what is in it: faults of the files come back as problems."""
    regions: dict[str, RegionFile] = {}
    problems: list[Problem] = []
    sources: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        shown = f"{folder.name}/{path.name}"
        try:
            sources[shown] = path.read_text(encoding="utf-8")
            regions[path.stem] = RegionFile.model_validate(tomllib.loads(sources[shown]))
        except ValidationError as fault:
            problems += [_shape_problem(shown, error) for error in fault.errors()]
        except tomllib.TOMLDecodeError as fault:
            problems.append(_toml_problem(shown, str(fault), sources[shown]))
        except RecursionError:
            problems.append(_toml_problem(shown, "Arrays are nested too deeply", sources[shown]))
        except (OSError, UnicodeDecodeError) as fault:
            problems.append(_unreadable(shown, fault))
        except ValueError as fault:  # such as a number of thousands of digits
            problems.append(_toml_problem(shown, str(fault), sources[shown]))
    if not sources and not problems:
        problems.append(
            Problem(
                "no-files",
                folder.name,
                (),
                f"There is no region file in {folder}.",
                "set HELPLINE_REGIONS to their folder",
            )
        )
    shown_names = {Path(shown).stem: shown for shown in sources}
    return RegionFiles(regions, shown_names, tuple(problems), sources)


def _shape_problem(shown: str, error: Any) -> Problem:
    path = tuple(error["loc"])
    key = ".".join(str(part) for part in path)
    match error["type"]:
        case "missing":
            return Problem("missing", shown, path, f"{key} is missing.", f"add a line for {path[-1]}")
        case "extra_forbidden":
            return Problem("unknown-key", shown, path, f"{key} is not a key here.", _did_you_mean(path))
        case "literal_error":
            return Problem(
                "unknown-word", shown, path, f"{key} must be {error['ctx']['expected']}.", "write one of these words"
            )
        case _:
            return Problem(
                "wrong-kind", shown, path, f"{key}: {error['msg']}.", "write it as the other region files do"
            )


def _did_you_mean(path: tuple[str | int, ...]) -> str:
    models: dict[str, type[Part]] = {"advice": Line, "doctors": DoctorsLine, "municipalities": Municipalities}
    model = models.get(str(path[0]), RegionFile) if len(path) > 1 else RegionFile
    known = list(model.model_fields)
    close = difflib.get_close_matches(str(path[-1]), known, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys here are {', '.join(known)}"


def _toml_problem(shown: str, message: str, text: str) -> Problem:
    match = _WHERE.search(message)
    line, column = (int(match[1]), int(match[2])) if match and match[1] else (max(text.count("\n"), 1), 1)
    what = _WHERE.sub("", message).strip() + "."
    return Problem(
        "toml",
        shown,
        (),
        what,
        "mend the line; nothing else in this file was read",
        Position(line, column, 1),
    )


def _unreadable(shown: str, fault: OSError | UnicodeDecodeError) -> Problem:
    if isinstance(fault, UnicodeDecodeError):
        return Problem("encoding", shown, (), "The file is not UTF-8.", "save it again as UTF-8", Position(1, 1, 1))
    return Problem("unreadable", shown, (), f"The file cannot be read: {fault.strerror}.", READABLE, Position(1, 1, 1))
