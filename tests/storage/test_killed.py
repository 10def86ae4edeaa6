"""A process that is killed while it publishes leaves the old version or the new one, whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage import past
from tests.storage.published import publish

KILLS = 5


def test_a_kill_leaves_the_old_version_or_the_new_one(database: Database, url: str) -> None:
    """What was told to be published is there, the record fits, and the next publish goes on from it."""
    versions = Versions(database)
    for seed in range(KILLS):
        told = _killed(url, random.Random(seed).uniform(0, 0.03))
        log = versions.log()
        assert told <= len(log) <= told + 1
        assert [each.version for each in log] == list(range(1, len(log) + 1))
        assert versions.verify() == []
        assert publish(versions, "after", len(log) or None).number == len(log) + 1


def test_a_kill_leaves_the_file_whole(sqlite: Database, file: Path) -> None:
    """SQLite finds nothing amiss in its own file."""
    _killed(f"sqlite:///{file}", 0.01)
    assert past.ask(f"sqlite:///{file}", "PRAGMA integrity_check") == [("ok",)]


def _killed(url: str, seconds: float) -> int:
    """The last number that a publishing process told before it was killed, so long after its first."""
    command = [sys.executable, "-m", "tests.storage.publishing", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        numbers = [first, *process.stdout.read().splitlines(keepends=True)]
    return int([number for number in numbers if number.endswith("\n")][-1])
