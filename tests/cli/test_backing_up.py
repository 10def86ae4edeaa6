"""`helpline database backup` and `restore`, as they are typed."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpline.cli import backing_up
from helpline.cli.backing_up import ANEW, Rows
from helpline.cli.command import helpline, main
from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.clock import Clock
from tests.conftest import TODAY
from tests.storage import past
from tests.storage.filled import fill

Run = Callable[..., Result]
Ended = Callable[..., tuple[object, list[str]]]
HASH = 64


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a service, with something in every table, in the folder where commands are typed."""
    monkeypatch.chdir(tmp_path)
    url = Settings(_env_file=None).database_url
    fill(Database(url))
    return url


@pytest.fixture
def run(url: str) -> Run:
    """The command as it is typed."""

    def invoked(*arguments: str, database: str = url) -> Result:
        return CliRunner().invoke(helpline, ("database", *arguments), obj=Clock(TODAY), env={"DATABASE_URL": database})

    return invoked


@pytest.fixture
def ended(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ended:
    """How the program ends, and the lines it tells on stderr; nothing is on stdout."""

    def ran(*arguments: str) -> tuple[object, list[str]]:
        monkeypatch.setattr(sys, "argv", ["helpline", "database", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        assert told.out == ""
        return end.value.code, told.err.splitlines()

    return ran


def test_both_tell_programs_what_is_in_it(run: Run) -> None:
    """With the whole hash; `restored` is whether it was, and not only looked at."""
    made = run("backup", "backup.db", "--json")
    told = json.loads(made.stdout)
    last = told["last_hash"]
    holdings = {"file": "backup.db", "versions": 2, "entries": 4, "calls": 3, "texts": 1, "last_hash": last}
    assert (made.exit_code, len(last), told) == (0, HASH, holdings | {"problems": []})
    looked = run("restore", "backup.db", "--check", "--json", database="none").stdout
    assert json.loads(looked) == holdings | {"restored": False}
    restored = run("restore", "backup.db", "--json", database="sqlite:///var/new.db").stdout
    assert json.loads(restored) == holdings | {"restored": True}


def test_who_restores_stands_in_the_record(run: Run) -> None:
    """By the name that was given."""
    run("backup", "backup.db")
    assert run("restore", "backup.db", "--by", "cas", database="sqlite:///var/new.db").exit_code == 0
    entry = Versions(Database("sqlite:///var/new.db")).log()[-1]
    assert (entry.author, entry.action, entry.at) == ("cas", "restore", TODAY)


def test_a_backup_of_an_altered_database_is_made_and_told(run: Run, ended: Ended, url: str) -> None:
    """Exit 1: somebody must look at it, and what else is in there is not lost meanwhile."""
    past.run(url, "UPDATE record SET author = 'x' WHERE entry = 2")
    done = run("backup", "backup.db")
    assert done.exit_code == 1
    assert done.stdout.startswith("backup.db is written: 2 versions, 4 entries, 3 calls, 1 text.\n")
    assert done.stderr == (
        "It cannot be restored, since the record of the database is not as it was written:\n"
        "  Entry 2 is not as it was written.\n"
    )
    again = run("backup", "again.db", "--json")
    assert (again.exit_code, json.loads(again.stdout)["problems"]) == (1, ["Entry 2 is not as it was written."])
    assert ended("restore", "--check", "backup.db") == (
        1,
        [
            "backup.db cannot be restored: its record is not as it was written.",
            "  Entry 2 is not as it was written.",
            "help: Take another backup; nothing was changed.",
        ],
    )


def test_what_goes_wrong_is_told_in_a_sentence_and_what_to_do(ended: Ended) -> None:
    """Refused is 1, could not be done is 2."""
    Path("backup.db").touch()
    assert ended("backup", "backup.db") == (
        1,
        [
            "backup.db is there already, and a backup takes the place of nothing.",
            "help: Give each a name of its own, such as one with the day in it.",
        ],
    )
    assert ended("backup", "nowhere/backup.db") == (
        2,
        [
            "The backup cannot be written to nowhere/backup.db: No such file or directory.",
            "help: See that its folder is there and can be written, and that it and TMPDIR have room.",
        ],
    )
    assert ended("restore", "backup.db")[0] == 1
    assert ended("restore", "nowhere")[0] == 2


class Terminal(io.StringIO):
    """A stderr at which a person looks."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_person_sees_how_many_rows_were_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal; the line is gone in the end."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(backing_up, "SHOWN_EVERY_SECONDS", 0)
    copied()
    assert terminal.getvalue() == f"{ANEW}200 rows{ANEW}1,200 rows{ANEW}"


def test_what_is_over_at_once_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing flickers."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(backing_up, "SHOWN_EVERY_SECONDS", 60)
    copied()
    assert terminal.getvalue() == ANEW


def test_where_nobody_looks_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail of cron's has what was asked for, and no more."""
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr(backing_up, "SHOWN_EVERY_SECONDS", 0)
    copied()
    assert file.getvalue() == ""


def copied() -> None:
    """Two hundred rows, and then a thousand."""
    rows = Rows()
    rows.copied(200)
    rows.copied(1000)
    rows.over()
