"""The table in use while its files are edited."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpline.directory.country import Country
from helpline.directory.folder import Folder
from helpline.directory.live import Directory, Edition
from helpline.directory.version import Version, check_version
from helpline.errors import RegionsRefused
from tests.conftest import TODAY


@pytest.fixture
def directory(regions: Path, land: Country) -> Directory:
    """A directory over files that a test edits."""
    return over(regions, land)


def over(regions: Path, land: Country) -> Directory:
    """A directory over the files of a folder, with the check."""
    return Directory(Folder(regions), lambda edition: checked(edition, land), lambda: TODAY)


def checked(edition: Edition, land: Country) -> Version:
    """A version that passed the check."""
    version = Version(edition.name, edition.content, land)
    report = check_version(version, TODAY)
    if report.refused:
        raise RegionsRefused(report.text(), report.counted())
    return version


def refreshed(directory: Directory) -> bool:
    """One look, as the service looks every second."""
    directory.look()
    return directory.follow()


def edit(path: Path, old: str, new: str) -> None:
    """Save a file with one change, seen as later than before whatever the file system's clock."""
    later = path.stat().st_mtime_ns + 1_000_000_000
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(path, ns=(later, later))


def test_nothing_changed_is_nothing_new(directory: Directory) -> None:
    """Looking again at the same files changes nothing."""
    before = directory.current
    assert not refreshed(directory)
    assert directory.current is before


def test_a_sound_change_is_taken_up(directory: Directory, regions: Path) -> None:
    """A saved change is live after the next look, and the version before stays for calls that began on it."""
    before = directory.current
    edit(regions / "utrecht.toml", "+31 30 000 0001", "+31 30 000 0011")
    assert refreshed(directory)
    assert directory.current.routes("advice", "utrecht")[0].number == "+31300000011"
    assert directory.at(before.version) is before
    assert directory.at("a-version-of-another-machine") is directory.current


def test_a_faulty_change_leaves_the_last_good_table(directory: Directory, regions: Path) -> None:
    """A bad edit never stops a call: the table stays, the problem is told, and mending it clears that."""
    before = directory.current
    edit(regions / "utrecht.toml", "+31 30 000 0001", "+31 30 OOO 0001")
    with pytest.raises(RegionsRefused):
        refreshed(directory)
    assert directory.current is before
    assert directory.problem is not None
    edit(regions / "utrecht.toml", "OOO", "000")
    refreshed(directory)
    assert directory.problem is None


def test_a_file_that_vanishes_leaves_the_last_good_table(directory: Directory, regions: Path) -> None:
    """So does a file that is moved away: its municipalities would be nobody's."""
    before = directory.current
    (regions / "utrecht.toml").unlink()
    with pytest.raises(RegionsRefused):
        refreshed(directory)
    assert directory.current is before
    assert directory.problem is not None


def test_a_broken_table_at_the_start_is_refused(regions: Path, land: Country) -> None:
    """A service whose files are faulty when it starts does not start, and says where the fault is."""
    edit(regions / "utrecht.toml", "+31 30 000 0001", "x")
    with pytest.raises(RegionsRefused, match=r"regions/utrecht.toml:8:12"):
        over(regions, land)


def test_a_link_to_nowhere_is_not_a_crash(directory: Directory, regions: Path) -> None:
    """A file that cannot even be looked at leaves the last good table."""
    before = directory.current
    (regions / "stray.toml").symlink_to(regions / "nowhere")
    assert not refreshed(directory)
    assert directory.current is before
