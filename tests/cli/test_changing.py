"""An operator changes the table from the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpline.cli.command import helpline
from helpline.errors import ChangeRefused, HelplineError, UnknownRegion
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, edit

Run = Callable[..., Result]
ZEELAND = ("regions", "divert", "zeeland", "advice")


@pytest.fixture
def run(regions: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command as the operator anna types it in the folder above the region files."""
    monkeypatch.chdir(regions.parent)

    def invoked(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(helpline, arguments, obj=Clock(TODAY), input=typed)

    return invoked


@pytest.fixture
def live(run: Run) -> None:
    """The shipped files are live as version 1."""
    desk_with_version_1(Settings(_env_file=None), Clock(TODAY))


def test_before_anything_is_published_the_files_are_shown(run: Run, tmp_path: Path) -> None:
    """Looking makes no database, and says that nothing is published."""
    assert "nothing is published yet" in run("regions", "show").stdout
    assert run("regions", "log").stdout == "Nothing is published yet.\n"
    assert run("regions", "log", "--verify").stdout == "0 entries, each as it was written.\n"
    assert run("regions", "divert").stdout == "Nothing is diverted.\n"
    assert run("regions", "announce").stdout == "Nothing is announced.\n"
    assert "26 organisations" in run("regions", "diff").stdout
    assert not (tmp_path / "var").exists()


def test_the_first_publish_makes_version_1(run: Run) -> None:
    """The database is made, every path is walked, and the files are live."""
    done = run("regions", "publish", "--reason", "Begin", "--by", "anna", typed="y\n")
    assert "Version 1 is live" in done.stdout
    assert "Version 1, 2026-11-23 11:00 by anna: Begin" in run("regions", "show").stdout


@pytest.mark.usefixtures("live")
def test_a_publish_shows_asks_and_switches(run: Run, regions: Path) -> None:
    """The effect is shown before the question; no leaves all as it was; yes makes the next version."""
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    refused = run("regions", "publish", "--reason", "New number", typed="n\n")
    assert refused.exit_code == 1
    assert "utrecht advice numbers" in refused.stdout
    done = run("regions", "publish", typed="New number\ny\n")
    assert "Publish this as version 2?" in done.stdout
    assert "Version 2 is live" in done.stdout
    assert "New number" in run("regions", "log").stdout.splitlines()[1]


@pytest.mark.usefixtures("live")
def test_a_warning_is_shown_and_does_not_stop(run: Run, regions: Path) -> None:
    """What is only a warning is told with the effect."""
    edit(regions / "utrecht.toml", ', "0346"', "")
    done = run("regions", "publish", "--reason", "Why", "--yes")
    assert "warning unlisted-area-code" in done.stdout
    assert "area code 0346: utrecht → asked" in done.stdout
    assert "The files can be published all the same;" in run("regions", "check").stdout


@pytest.mark.usefixtures("live")
def test_a_rollback_shows_what_comes_back(run: Run, regions: Path) -> None:
    """Version 1 again, as version 3; a version that never was is told."""
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    run("regions", "publish", "--reason", "New number", "--yes")
    done = run("regions", "rollback", "1", "--reason", "Wrong", "--yes")
    assert "+31300000009 → +31300000001, +31300000002" in done.stdout
    assert "Version 3 is live" in done.stdout
    unknown = run("regions", "rollback", "9", "--reason", "Wrong", "--yes")
    assert isinstance(unknown.exception, HelplineError)


@pytest.mark.usefixtures("live")
def test_differences_of_files_and_versions(run: Run, regions: Path) -> None:
    """Files against live, a version against live, two versions; as JSON too."""
    assert run("regions", "diff").stdout == "Nothing changes for callers.\n"
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    assert "+31300000002 → +31300000001, +31300000009" in run("regions", "diff").stdout
    run("regions", "publish", "--reason", "New number", "--yes")
    assert "+31300000009 → +31300000001, +31300000002" in run("regions", "diff", "1").stdout
    told = json.loads(run("regions", "diff", "1", "2", "--json").stdout)
    assert told[0]["changes"][0]["of"] == "utrecht advice"
    assert run("regions", "diff", "1", "2", "3").exit_code == 2


@pytest.mark.usefixtures("live")
def test_the_record_is_shown_and_verified(run: Run, tmp_path: Path) -> None:
    """Who, when, what and why; as JSON too; and a tampered entry is found."""
    (entry,) = json.loads(run("regions", "log", "--json").stdout)
    assert (entry["author"], entry["action"], entry["version"]) == ("anna", "publish", 1)
    assert "1 entries" in run("regions", "log", "--verify").stdout
    desk_file = tmp_path / "var" / "helpline.db"
    desk_file.write_bytes(desk_file.read_bytes().replace(b"anna", b"emma"))
    tampered = run("regions", "log", "--verify")
    assert tampered.exit_code == 1
    assert tampered.stdout


@pytest.mark.usefixtures("live")
def test_pulling_writes_the_live_version_and_says_what_is_lost(run: Run, regions: Path) -> None:
    """Files that differ are named before they are overwritten; another file is left; a no leaves all."""
    assert run("regions", "pull").stdout == "The files are those of version 1.\n"
    before = (regions / "utrecht.toml").read_text("utf-8")
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    (regions / "zeeland.toml").unlink()
    (regions / "other.toml").write_text("", "utf-8")
    asked = run("regions", "pull", typed="n\n")
    assert "regions/utrecht.toml will be overwritten" in asked.stdout
    assert "regions/zeeland.toml is new" in asked.stdout
    assert "regions/other.toml is not in the live version; it is left as it is" in asked.stdout
    assert not (regions / "zeeland.toml").exists()
    assert "2 files written" in run("regions", "pull", "--yes").stdout
    assert (regions / "utrecht.toml").read_text("utf-8") == before


@pytest.mark.usefixtures("live")
def test_a_file_that_cannot_be_written_is_told(run: Run, regions: Path) -> None:
    """A file that cannot be replaced is named, and nothing else is claimed."""
    (regions / "utrecht.toml").unlink()
    (regions / "utrecht.toml").mkdir()
    (regions / "utrecht.toml" / "in the way").touch()
    assert isinstance(run("regions", "pull", "--yes").exception, ChangeRefused)


@pytest.mark.usefixtures("live")
def test_a_line_is_diverted_listed_shown_and_ended(run: Run) -> None:
    """One command, at once; the chain shows it; one command ends it."""
    done = run(*ZEELAND, "--to", "rotterdam-rijnmond", "--until", "21:00", "--reason", "Fault", "--by", "anna")
    assert "Version 2 is live" in done.stdout
    assert "End it early: helpline regions divert zeeland advice --end" in done.stdout
    listed = "zeeland advice rings rotterdam-rijnmond until 2026-11-23 21:00: Fault (anna)\n"
    assert run("regions", "divert").stdout == listed
    shown = run("regions", "show", "zeeland").stdout
    assert "diverted: zeeland advice rings rotterdam-rijnmond until 2026-11-23 21:00: Fault" in shown
    assert "advice   1. +31100000001   rotterdam-rijnmond" in shown
    assert "zeeland advice" in run(*ZEELAND, "--end").stdout
    assert run("regions", "divert").stdout == "Nothing is diverted.\n"


@pytest.mark.usefixtures("live")
def test_a_diversion_that_cannot_be_is_told_without_blaming_files(run: Run) -> None:
    """A circle, nobody, a key for an organisation: told with what to do, and nothing is changed."""
    end = ("--until", "21:00", "--reason", "Fault")
    circle = run(*ZEELAND, "--to", "zeeland", *end).exception
    assert isinstance(circle, ChangeRefused)
    assert "diversion-circle" in str(circle)
    assert isinstance(run("regions", "divert", "zeland", "advice", "--end").exception, UnknownRegion)
    assert run(*ZEELAND, "--to", "drenthe", "--answers", "accept", *end).exit_code == 2
    assert len(run("regions", "log").stdout.splitlines()) == 1


@pytest.mark.usefixtures("live")
def test_a_diversion_to_a_number_asks_for_a_key_unless_told_otherwise(run: Run) -> None:
    """A number as people write it is dialled in E.164, and whoever answers must press 1."""
    run(*ZEELAND, "--to", "06 12 34 56 02", "--until", "21:00", "--reason", "Fault")
    assert "rings +31612345602 (must press 1) until" in run("regions", "divert").stdout
    run(*ZEELAND, "--to", "06 12 34 56 02", "--answers", "switchboard", "--until", "21:00", "--reason", "Fault")
    assert "rings +31612345602 until" in run("regions", "divert").stdout
    assert isinstance(run(*ZEELAND, "--to", "06 12", "--until", "21:00", "--reason", "Fault").exception, ChangeRefused)


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(
    "arguments",
    [("regions", "divert", "zeeland"), ZEELAND, (*ZEELAND, "--to", "drenthe"), ("regions", "announce", "all")],
)
def test_a_change_that_is_not_whole_is_told_what_it_needs(run: Run, arguments: tuple[str, ...]) -> None:
    """Without a line, a target, an end or a reason nothing is changed."""
    assert run(*arguments).exit_code == 2


@pytest.mark.usefixtures("live")
def test_an_announcement_is_made_listed_and_ended(run: Run) -> None:
    """Dutch without a sign before it, other languages with; a colon in a Dutch sentence is no language."""
    words = ("--text", "Let op: het duurt langer.", "--text", "en: It takes longer.")
    assert "Version 2 is live" in run("regions", "announce", "zeeland", *words, "--until", "21:00").stdout
    assert run("regions", "announce").stdout.splitlines() == [
        "zeeland, nl, until 2026-11-23 21:00: Let op: het duurt langer.",
        "zeeland, en, until 2026-11-23 21:00: It takes longer.",
    ]
    assert "announced: zeeland until 2026-11-23 21:00: Let op" in run("regions", "show").stdout
    assert run("regions", "announce", "zeeland", "--end").exit_code == 0
    assert run("regions", "announce").stdout == "Nothing is announced.\n"


@pytest.mark.usefixtures("live")
def test_the_table_of_a_coming_day_is_shown(run: Run) -> None:
    """On 1 January Wijdemeren is part of Hilversum; a day that has passed is refused."""
    assert "Wijdemeren" in run("regions", "show", "gooi-en-vechtstreek", "--on", "2026-11-23").stdout
    shown = run("regions", "show", "gooi-en-vechtstreek", "--on", "2027-01-01").stdout
    assert "As it will be on 2027-01-01:" in shown
    assert "Wijdemeren" not in shown
    assert isinstance(run("regions", "show", "--on", "2026-11-22").exception, ChangeRefused)


@pytest.mark.usefixtures("live")
def test_programs_read_json_and_single_lines(run: Run, regions: Path) -> None:
    """All organisations as JSON; problems a line each; the files where they are asked for."""
    told = json.loads(run("regions", "show", "--json").stdout)
    assert len(told) == 27
    edit(regions / "utrecht.toml", "mo-fr", "ma-vr")
    (line,) = run("regions", "check", "--one-line").stdout.splitlines()
    assert line.startswith("regions/utrecht.toml:15:10: error hours: ")
    assert isinstance(run("regions", "show", "--files").exception, HelplineError)
    assert run("regions", "show").exit_code == 0


def test_the_database_is_made_once(run: Run, tmp_path: Path) -> None:
    """`database upgrade` makes it, and does nothing the second time."""
    for _ in range(2):
        assert run("database", "upgrade").stdout == "The database is up to date.\n"
    assert (tmp_path / "var" / "helpline.db").is_file()
