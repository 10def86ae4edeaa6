"""The last good copy: whole or not there."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from helpline.storage.last_good import LastGood
from tests.storage.published import content


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the copy is kept."""
    return tmp_path / "var" / "last-good.json"


def test_what_is_kept_is_read(path: Path) -> None:
    """The name and the whole content come back, and a later one takes its place."""
    kept = LastGood(path)
    assert kept.read() is None
    kept.keep("v1", content("a"))
    assert kept.read() == ("v1", content("a"))
    kept.keep("v2", content("b"))
    assert LastGood(path).read() == ("v2", content("b"))


def test_the_copy_is_ours_only(path: Path) -> None:
    """Nobody else reads the folder or the file, and nothing else is left there."""
    LastGood(path).keep("v1", content("a"))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_copy_half_written_is_none(path: Path) -> None:
    """Wherever it was cut short."""
    LastGood(path).keep("v1", content("a"))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert LastGood(path).read() is None


@pytest.mark.parametrize("key", ["name", "content", "digest"])
def test_a_copy_with_anything_altered_is_none(path: Path, key: str) -> None:
    """The digest covers the name and the content."""
    LastGood(path).keep("v1", content("a"))
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, key: told[key] + " "}), "utf-8")
    assert LastGood(path).read() is None


@pytest.mark.parametrize("text", [b"[]", b"{}", b"1", b"\xff", b'{"name": 1, "content": 2, "digest": 3}'])
def test_any_other_file_is_none(path: Path, text: bytes) -> None:
    """It is ignored, never an error."""
    path.parent.mkdir()
    path.write_bytes(text)
    assert LastGood(path).read() is None


def test_what_cannot_be_kept_is_told_and_leaves_nothing(path: Path) -> None:
    """The caller learns of it, and no half of a file stays."""
    path.mkdir(parents=True)
    with pytest.raises(OSError):
        LastGood(path).keep("v1", content("a"))
    assert list(path.parent.iterdir()) == [path]
