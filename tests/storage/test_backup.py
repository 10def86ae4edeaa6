"""A backup of either kind of database: one moment of it, whole or not there at all."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from helpline.errors import BackupAway, BackupRefused, DatabaseAway, DatabaseEmpty
from helpline.storage.backup import BESIDE, back_up
from helpline.storage.database import Database
from helpline.storage.in_backup import Holdings
from helpline.storage.restore import look
from helpline.storage.versions import Versions
from tests.postgresql import Server
from tests.storage.copied import nothing
from tests.storage.filled import fill


def test_it_tells_what_is_in_it(database: Database, tmp_path: Path) -> None:
    """The same as whoever looks into it finds: only calls that are over, and the record's last hash."""
    fill(database)
    copied: list[int] = []
    told = back_up(database, tmp_path / "backup.db", copied.append)
    log = Versions(database).log()
    assert told == Holdings(2, len(log), 3, 1, log[-1].hash)
    assert look(tmp_path / "backup.db") == told
    assert sum(copied) == 2 + len(log) + 3 + 6 + 1 + 4  # with dials, texts, a draft, a day, and two test calls


def test_it_is_one_file_for_us_only(database: Database, tmp_path: Path) -> None:
    """Nothing else is left beside it, and it can be read where nothing can be written."""
    folder = tmp_path / "safe"
    folder.mkdir()
    back_up(database, folder / "backup.db", nothing)
    assert [path.name for path in folder.iterdir()] == ["backup.db"]
    assert stat.S_IMODE((folder / "backup.db").stat().st_mode) == 0o600
    with closing(sqlite3.connect(f"file:{folder}/backup.db?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    assert [path.name for path in folder.iterdir()] == ["backup.db"]


def test_it_takes_the_place_of_nothing(database: Database, tmp_path: Path) -> None:
    """Nor of what came to stand there while it was made."""
    file, late = tmp_path / "backup.db", tmp_path / "late.db"
    file.write_text("of yesterday")
    with pytest.raises(BackupRefused, match=r"backup\.db is there already"):
        back_up(database, file, nothing)

    def somebody_is_first(_: int) -> None:
        late.write_text("of somebody")

    fill(database)
    with pytest.raises(BackupRefused, match=r"late\.db is there already"):
        back_up(database, late, somebody_is_first)
    assert (file.read_text(), late.read_text()) == ("of yesterday", "of somebody")
    assert list(tmp_path.glob(f"{BESIDE}*")) == []


def test_it_holds_one_moment(database: Database, url: str, tmp_path: Path) -> None:
    """While versions are published and calls kept, each is of a state that was: no call before its version."""
    database.upgrade()
    with subprocess.Popen([sys.executable, "-m", "tests.storage.busy", url], stdout=subprocess.PIPE) as busy:  # noqa: S603
        assert busy.stdout
        numbers = [int(busy.stdout.readline())]

        def goes_on(_: int) -> None:
            """The service publishes and keeps a call between any two tables."""
            numbers.append(int(busy.stdout.readline()) if busy.stdout else 0)

        told = [back_up(database, tmp_path / f"{number}.db", goes_on) for number in range(3)]
        busy.kill()
    for number, each in enumerate(told):
        assert look(tmp_path / f"{number}.db") == each  # the record fits, and each dial has its call
        assert each.versions == each.entries
        assert each.versions - each.calls in (0, 1)
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(numbers) > 10


def test_a_kill_leaves_nothing_under_its_name(database: Database, url: str, tmp_path: Path) -> None:
    """And is in nobody's way: the next one can have the name."""
    fill(database)
    file = tmp_path / "backup.db"
    command = [sys.executable, "-m", "tests.storage.killed_in_backup", "backup", url, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        assert process.stdout.readline() == b"2\n"
        process.kill()
    assert not file.exists()
    [left] = tmp_path.glob(f"{BESIDE}*")
    assert stat.S_IMODE(left.stat().st_mode) == 0o700
    assert look_after(database, file).versions == 2


def look_after(database: Database, file: Path) -> Holdings:
    """What is in a backup that is made now."""
    back_up(database, file, nothing)
    return look(file)


@pytest.mark.parametrize("most", [50_000, 150_000])
def test_a_full_disk_is_told(database: Database, url: str, tmp_path: Path, most: int) -> None:
    """Whether the tables are made or rows are copied, it is of the backup, and nothing is left."""
    fill(database, calls=500)
    safe = tmp_path / "safe"
    safe.mkdir()
    code = (
        "import resource; from pathlib import Path; from helpline.storage.backup import back_up\n"
        f"from helpline.storage.database import Database; database = Database({url!r})\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, resource.RLIM_INFINITY))\n"
        f"try: back_up(database, Path({str(safe / 'backup.db')!r}), lambda rows: None)\n"
        "except Exception as fault: print(type(fault).__name__, fault)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert told in (
        f"BackupAway The backup cannot be written to {safe}/backup.db: {words}.\n"
        for words in ("database or disk is full", "disk I/O error")
    )
    assert list(safe.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(database: Database, tmp_path: Path) -> None:
    """And not made: where a disk is not mounted the backup would lie on another."""
    with pytest.raises(BackupAway, match=r"written to .*/backup\.db: No such file or directory") as told:
        back_up(database, tmp_path / "safe" / "backup.db", nothing)
    assert told.value.help.startswith("See that its folder is there")
    assert not (tmp_path / "safe").exists()


def test_a_database_that_is_not_there_is_told(url: str, tmp_path: Path) -> None:
    """And not made."""
    with pytest.raises(DatabaseEmpty, match="there is nothing to back up"):
        back_up(Database(url), tmp_path / "backup.db", nothing)
    assert not Database(url).is_there
    assert not (tmp_path / "backup.db").exists()


def test_a_server_that_goes_away_meanwhile_is_told(postgresql: Server, postgresql_url: str, tmp_path: Path) -> None:
    """As away, not as a fault of the backup; nothing is left of it."""
    fill(Database(postgresql_url))
    with pytest.raises(DatabaseAway):
        back_up(Database(postgresql_url), tmp_path / "backup.db", lambda _: postgresql.stop(at_once=True))
    assert [path.name for path in tmp_path.iterdir() if path.name != "var"] == []
