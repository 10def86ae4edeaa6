"""Several machines at once, each a process of its own, on one server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from helpline.directory import files
from helpline.directory.content import Content
from helpline.storage.database import Database
from helpline.storage.last_good import LastGood
from helpline.storage.versions import Versions
from tests.conftest import REGIONS

MOST_SECONDS = 120
BEGIN = "from helpline import bootstrap; from helpline.settings import Settings; "
BEGIN += "bootstrap.begin(Settings(), placeholders_allowed=True)"
PUBLISH = """
import sys
from helpline.errors import PublishedMeanwhile
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage.published import publish
versions, won = Versions(Database(sys.argv[1])), 0
while (head := versions.head() or (0, ""))[0] < 20:
    try:
        publish(versions, "x", head[0] or None, author=sys.argv[2])
        won += 1
    except PublishedMeanwhile:
        pass
print(won)
"""


def at_once(commands: Sequence[list[str]], environments: Sequence[dict[str, str]]) -> list[str]:
    """What each prints; all must end well."""
    running = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", *command], env=os.environ | extra, stdout=subprocess.PIPE, text=True
        )
        for command, extra in zip(commands, environments, strict=True)
    ]
    told = [process.communicate(timeout=MOST_SECONDS)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return told


@pytest.mark.slow
def test_machines_that_begin_at_once_on_a_new_server_agree(postgresql_url: str, tmp_path: Path) -> None:
    """After a loss, one with a copy, one with an older copy and one with only its files: the newest copy is live."""
    content = Content(files.read(REGIONS).texts)
    environments = []
    for machine, number in enumerate((None, 3, 4)):
        path = tmp_path / f"last-good-{machine}.json"
        if number:
            LastGood(path).keep(str(number), content)
        environments.append({"DATABASE_URL": postgresql_url, "HELPLINE_LAST_GOOD": str(path)})
    at_once([[BEGIN]] * 3, environments)
    versions = Versions(Database(postgresql_url))
    assert versions.head() == (4, content.digest)
    assert versions.verify() == []


def test_machines_that_publish_at_once_are_never_in_each_others_way(postgresql_url: str) -> None:
    """Each number is published once, and each publication is told to the one whose it is."""
    database = Database(postgresql_url)
    database.upgrade()
    won = at_once([[PUBLISH, postgresql_url, name] for name in ("an", "bo")], [{}, {}])
    log = Versions(database).log()
    assert [entry.version for entry in log] == list(range(1, len(log) + 1))
    assert [str(sum(entry.author == name for entry in log)) + "\n" for name in ("an", "bo")] == won
    assert Versions(database).verify() == []
