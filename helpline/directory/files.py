"""The region files as read: what each says, what is wrong with its shape, and its text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from helpline.directory.positions import Position
from helpline.directory.problems import Problem
from helpline.directory.shape import DoctorsLine, Line, Municipalities, Number, OpeningHours, Part, RegionFile
from helpline.directory.suggest import did_you_mean

READABLE = "make it a file that the service may read, or put the committed one back"
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_WITH_DATES = {"numbers": "number", "hours": "hours"}
_LISTS: Mapping[str, type[Part]] = {"numbers": Number, "hours": OpeningHours}
_TABLES: Mapping[str, type[Part]] = {"advice": Line, "doctors": DoctorsLine, "municipalities": Municipalities}


@dataclass(frozen=True)
class RegionFiles:
    """All region files, by the name of their organisation.

    `texts` holds the text of each that could be read at all, `folder` the name of their folder for errors to show.
    """

    regions: Mapping[str, RegionFile]
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    folder: str = "regions"

    def shown(self, organisation: str) -> str:
        """An organisation's file as errors name it."""
        return f"{self.folder}/{organisation}.toml"

    @property
    def sources(self) -> Mapping[str, str]:
        """The text of each file by the name that errors give it."""
        return {self.shown(name): text for name, text in self.texts.items()}

    def days(self) -> set[date]:
        """Every day on which something begins or ends."""
        return {day for region in self.regions.values() for _, entry in region.dated() for day in entry.days()}


def read(folder: Path) -> RegionFiles:
    """Every *.toml of the folder. Never raises for what is in it: faults of the files come back as problems."""
    texts: dict[str, str] = {}
    unread: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            texts[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            unread.append(_unreadable(f"{folder.name}/{path.name}", fault))
    return parse(texts, folder.name, tuple(unread))


def parse(texts: Mapping[str, str], folder: str = "regions", unread: tuple[Problem, ...] = ()) -> RegionFiles:
    """The region files with these texts by organisation; `unread` are the problems of those that have no text."""
    regions: dict[str, RegionFile] = {}
    problems = [*unread]
    for name in sorted(texts):
        shown = f"{folder}/{name}.toml"
        try:
            regions[name] = RegionFile.model_validate(tomllib.loads(texts[name]))
        except ValidationError as fault:
            problems += [_shape_problem(shown, error) for error in fault.errors()]
        except tomllib.TOMLDecodeError as fault:
            problems.append(_toml_problem(shown, str(fault), texts[name]))
        except RecursionError:
            problems.append(_toml_problem(shown, "Arrays are nested too deeply", texts[name]))
        except ValueError as fault:  # such as a number of thousands of digits
            problems.append(_toml_problem(shown, str(fault), texts[name]))
    if not texts and not unread:
        what, todo = f"There is no region file in {folder}.", "set HELPLINE_REGIONS to their folder"
        problems.append(Problem("no-files", folder, (), what, todo))
    return RegionFiles(regions, tuple(problems), texts, folder)


def _shape_problem(shown: str, error: Any) -> Problem:
    path = tuple(error["loc"])
    key = ".".join(str(part) for part in path)
    match error["type"]:
        case "missing":
            return Problem("missing", shown, path, f"{key} is missing.", f"add a line for {path[-1]}")
        case "extra_forbidden":
            return Problem("unknown-key", shown, path, f"{key} is not a key here.", _known_keys(path))
        case "literal_error":
            what = f"{key} must be {error['ctx']['expected']}."
            return Problem("unknown-word", shown, path, what, "write one of these words")
        case "model_type" if path[-2:-1] in (("numbers",), ("hours",)):
            what = f"{key} is neither text nor a table with dates."
            todo = f'write "…", or with dates {{ {_WITH_DATES[str(path[-2])]} = "…", from = 2027-01-01 }}'
            return Problem("wrong-kind", shown, path, what, todo)
        case "date_type":
            todo = "write it without quotes, such as 2027-01-01"
            return Problem("wrong-kind", shown, path, f"{key} is not a day.", todo)
        case _:
            what = f"{key}: {error['msg']}."
            return Problem("wrong-kind", shown, path, what, "write it as the other region files do")


def _known_keys(path: tuple[str | int, ...]) -> str:
    """What can be written where a key is not known."""
    model = _TABLES.get(str(path[0]), RegionFile) if len(path) > 1 else RegionFile
    model = _LISTS.get(str(path[1]), model) if len(path) > 3 else model
    known = [field.alias or name for name, field in model.model_fields.items()]
    return did_you_mean(str(path[-1]), known) or f"the keys here are {', '.join(_in_order(known))}"


def _in_order(keys: list[str]) -> Iterator[str]:
    """Dates, which every such table can have, after what it is about."""
    yield from (key for key in keys if key not in ("from", "until"))
    yield from (key for key in keys if key in ("from", "until"))


def _toml_problem(shown: str, message: str, text: str) -> Problem:
    match = _WHERE.search(message)
    line, column = (int(match[1]), int(match[2])) if match and match[1] else (max(text.count("\n"), 1), 1)
    what = _WHERE.sub("", message).strip() + "."
    at = Position(line, column, 1)
    return Problem("toml", shown, (), what, "mend the line; nothing else in this file was read", at)


def _unreadable(shown: str, fault: OSError | UnicodeDecodeError) -> Problem:
    if isinstance(fault, UnicodeDecodeError):
        return Problem("encoding", shown, (), "The file is not UTF-8.", "save it again as UTF-8")
    return Problem("unreadable", shown, (), f"The file cannot be read: {fault.strerror}.", READABLE)
