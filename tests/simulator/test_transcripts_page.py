"""docs/transcripts.md tells of every instruction, and its example can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpline.simulator.transcript import HEADS, SHAPES, parse
from helpline.simulator.words import SELDOM, WAYS

PAGE = (Path(__file__).parents[2] / "docs" / "transcripts.md").read_text(encoding="utf-8")
SINGLE = [each for shape in SHAPES if shape not in HEADS for each in shape.split(", ")]


def test_example() -> None:
    """The example is a transcript."""
    example = re.search(r"```\n(# A doctor.*?)```", PAGE, re.DOTALL)
    assert example
    assert len(parse(example[1], "docs/transcripts.md").lines) == 12


@pytest.mark.parametrize("shape", [*SINGLE, *WAYS, *SELDOM, "at 2026-11-22 23:10", "from anonymous", "from nothing"])
def test_every_instruction(shape: str) -> None:
    """Every instruction is explained, by its verb."""
    verb = re.split(r" [A-Z0-9]", shape)[0]
    assert re.search(rf"`{verb}[ `]", PAGE)
