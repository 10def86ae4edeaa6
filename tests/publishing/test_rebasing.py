"""A draft brought onto the live version: what either changed is there, and only what both changed is asked."""

from __future__ import annotations

import pytest

from helpline.directory.content import Content
from helpline.publishing.rebasing import Conflict, rebased

WAS = "a\nb\nc\nd\n"


@pytest.mark.parametrize(
    ("live", "draft", "merged"),
    [
        (WAS, "a\nb\nc\nD\n", "a\nb\nc\nD\n"),
        ("A\nb\nc\nd\n", WAS, "A\nb\nc\nd\n"),
        ("A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"),
        ("A\nb\nc\nd\n", "A\nb\nc\nd\n", "A\nb\nc\nd\n"),
        ("b\nc\nd\n", "a\nb\nc\nd\ne\n", "b\nc\nd\ne\n"),
        ("A\nb\nc\nd\n", "A\nb\nc\nD\n", "A\nb\nc\nD\n"),
    ],
)
def test_what_either_changed_is_there(live: str, draft: str, merged: str) -> None:
    """By file, and within a file by line."""
    found = rebased(Content({"utrecht": WAS}), Content({"utrecht": live}), Content({"utrecht": draft}))
    assert (found.files, found.conflicts) == ({"utrecht": merged}, ())


@pytest.mark.parametrize(("live", "draft"), [("A\nb\nc\nd\n", "Ä\nb\nc\nd\n"), ("A\nb\nc\nd\n", "a\nB\nc\nd\n")])
def test_what_both_changed_is_asked(live: str, draft: str) -> None:
    """The same line, or lines beside each other; until then it is as the draft has it."""
    found = rebased(Content({"utrecht": WAS}), Content({"utrecht": live}), Content({"utrecht": draft}))
    assert found.conflicts == (Conflict("utrecht", WAS, live, draft),)
    assert found.files == {"utrecht": draft}


def test_files_that_came_and_went() -> None:
    """What one side added or took away is so; what one took away and the other changed is asked."""
    was = Content({"gone": "x\n", "both": "x\n"})
    found = rebased(was, Content({"both": "y\n"}), Content({"gone": "x\n", "new": "z\n"}))
    assert found.files == {"new": "z\n"}
    assert (found.theirs, found.ours) == (("both", "gone"), ("both", "new"))
    assert found.conflicts == (Conflict("both", "x\n", "y\n", ""),)
