"""`helpline regions check --rehearse`: calls kept beside the region files are played against the files."""

from __future__ import annotations

from pathlib import Path

from helpline.directory import files
from tests.cli.test_command import ROOT, run


def _check(regions: Path, *arguments: str) -> tuple[int, str, str]:
    done = run("regions", "check", "--rehearse", *arguments, cwd=regions.parent, HELPLINE_REGIONS="regions")
    return done.returncode, done.stdout, done.stderr


def _keep(regions: Path, name: str, text: str) -> None:
    (regions / "rehearsals" / name).write_text(text, "utf-8")


def test_the_shipped_example_goes_as_written(regions: Path) -> None:
    """What ships in regions/rehearsals is played, and how many went as written is told."""
    assert _check(regions)[:2] == (0, "27 files, no problems.\n1 of 1 calls went as written.\n")


def test_the_files_are_rehearsed_and_not_the_live_version(regions: Path) -> None:
    """An edit that is not published shows in the rehearsal: exit 1, with the call beside what was written."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace('"+31 30 000 0001", ', ""), "utf-8")
    status, told, _ = _check(regions)
    assert status == 1
    assert "regions/rehearsals/utrecht_by_postcode.call: line 10, `rings " in told
    assert "  - " in told
    assert "  + " in told
    assert told.endswith("0 of 1 calls went as written.\n")


def test_each_call_has_its_own_time(regions: Path) -> None:
    """A call for a Sunday night is played on that night, and the next on its own morning."""
    head = "from +31 6 1234 5601\npresses 01\npresses 3511\n"
    _keep(regions, "night.call", f"at 2026-11-22 23:10\n{head}rings utrecht advice\nanswered\n")
    _keep(regions, "morning.call", f"at 2026-11-24 11:00\n{head}rings utrecht doctors\nanswered\n")
    assert _check(regions)[:2] == (0, "27 files, no problems.\n3 of 3 calls went as written.\n")


def test_without_a_folder_it_says_how_to_begin(regions: Path) -> None:
    """Who asks for a rehearsal and keeps no calls is told how to make one: exit 2."""
    (regions / "rehearsals" / "utrecht_by_postcode.call").unlink()
    for _ in range(2):
        status, _, told = _check(regions)
        assert (status, "helpline call" in told, "NAME.call" in told) == (2, True, True)
        if (regions / "rehearsals").exists():
            (regions / "rehearsals").rmdir()


def test_files_with_problems_are_not_rehearsed(regions: Path) -> None:
    """What cannot be published is not worth a rehearsal: the problems are told, exit 1."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace("mo-fr", "ma-vr"), "utf-8")
    status, told, _ = _check(regions)
    assert (status, "calls went as written" in told) == (1, False)


def test_a_call_that_cannot_be_read_is_told(regions: Path) -> None:
    """A transcript with a slip in it is told by file and line: exit 2."""
    _keep(regions, "slip.call", "hear 112\n")
    status, _, told = _check(regions)
    assert status == 2
    assert "regions/rehearsals/slip.call, line 1" in told


def test_no_json(regions: Path) -> None:
    """JSON is for problems of files; a rehearsal has none."""
    assert _check(regions, "--json")[0] == 2


def test_the_folder_is_no_region_file(regions: Path) -> None:
    """Whatever lies in it, the reader of region files does not see it."""
    (regions / "rehearsals" / "zeeland.toml").write_text("nonsense", "utf-8")
    assert files.read(regions) == files.read(ROOT / "regions")
