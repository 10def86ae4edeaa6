"""A program that makes a backup, or restores one, slowly, to be killed; it says when rows were copied."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from helpline.storage.backup import back_up
from helpline.storage.database import Database
from helpline.storage.restore import restore
from tests.storage.published import BEGIN


def copied(rows: int) -> None:
    """Says so, and then takes its time."""
    sys.stdout.write(f"{rows}\n")
    sys.stdout.flush()
    time.sleep(0.2)


if __name__ == "__main__":
    _, act, url, path = sys.argv
    if act == "backup":
        back_up(Database(url), Path(path), copied)
    else:
        restore(Database(url), Path(path), at=BEGIN, by="an", copied=copied)
