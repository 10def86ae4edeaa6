"""Days as they are: calls of all organisations, more by day than by night, some unreached; and lines that went dead."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from helpline.storage.call_rows import written_hour
from helpline.storage.database import Database
from tests.conftest import REGIONS
from tests.reports.made import UNREACHED, Made, keep

NAMES = sorted(path.stem for path in REGIONS.glob("*.toml"))
OF_THE_HOUR = (2, 1, 1, 1, 1, 2, 4, 8, 14, 20, 24, 24, 20, 22, 24, 24, 20, 18, 16, 16, 14, 10, 6, 4)
OUTCOMES = ("answered",) * 80 + ("gone",) * 8 + ("unreached",) * 5 + ("hung up",) * 7
FIRST_TRIES = (("answered",),) * 8 + (("no-answer", "answered"),) + (("busy", "no-answer", "answered"),)
LANGUAGES = ("nl",) * 30 + ("en",) * 3 + ("ar", "pl", "tr", "uk")


def lively(database: Database, now: datetime, days: int, dead: Sequence[tuple[str, str]] = ()) -> None:
    """Writes the calls of so many days until `now`; nobody answers the `dead` lines since a short while."""
    chance = Random(7)
    first = now - timedelta(days=days)
    hours = [first + timedelta(hours=hour) for hour in range(days * 24 + 1)]
    made = [call for hour in hours for call in _calls_of(hour, chance)]
    unreached = UNREACHED._replace(hour=written_hour(now))
    last = [unreached._replace(organisation=name, line=line) for name, line in dead for _ in range(3)]
    keep(database, *((1, each) for each in [*made, *last]))


def with_real_numbers(folder: Path, names: Sequence[str] = NAMES) -> Path:
    """A copy of the region files in which these organisations have numbers that are no placeholders."""
    copy = Path(shutil.copytree(REGIONS, folder / "regions"))
    for name in names:
        path = copy / f"{name}.toml"
        path.write_text(re.sub(r"(\+31 \d+) 000 ", r"\1 234 ", path.read_text("utf-8")), "utf-8")
    return copy


def _calls_of(hour: datetime, chance: Random) -> Iterator[Made]:
    for name in NAMES:
        size = 0.2 + (hash_of(name) % 10) / 6
        for _ in range(round(chance.gauss(1, 0.4) * size * OF_THE_HOUR[hour.hour] / 12)):
            yield _call(written_hour(hour), name, chance)


def _call(hour: str, name: str, chance: Random) -> Made:
    outcome, language = chance.choice(OUTCOMES), chance.choice(LANGUAGES)
    line = "doctors" if chance.random() < 0.06 else "advice"
    seconds = round(chance.gauss(16, 4))
    if outcome == "hung up":
        return Made(hour, "", "advice", language, "", outcome, None, endings=())
    endings = {"answered": chance.choice(FIRST_TRIES), "unreached": ("no-answer", "busy"), "gone": ("gone",)}[outcome]
    return Made(hour, name, line, language, "keyed", outcome, seconds, endings=endings)


def hash_of(name: str) -> int:
    """The same number for a name in each run."""
    return sum(map(ord, name))
