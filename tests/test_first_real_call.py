"""The script for the first real call is whole: each step in four parts, each in the table, its documents sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpline.simulator.twiml import Document, read

PAGE = (Path(__file__).parents[1] / "docs" / "first-real-call.md").read_text("utf-8")
SPECIFICATION = Path(__file__).parents[2] / "shared" / "TWILIO.md"
STEPS = re.findall(r"^### (\d+)\. (.+)\n((?:(?!##).*\n)*)", PAGE, re.MULTILINE)
PARTS = ["Set", "Do", "Hear", "Look"]


def test_each_step_has_its_parts() -> None:
    """Whoever follows a step knows what to set, to do, to hear and to look at."""
    assert [number for number, _, text in STEPS if re.findall(r"^\* \*\*(\w+):\*\*", text, re.MULTILINE) != PARTS] == []


def test_each_step_has_a_row() -> None:
    """The table at the end has the steps in their order, with room for the date and what was seen."""
    rows = re.findall(r"^\| (\d+) \| (.+?) \| \| \| \|$", PAGE, re.MULTILINE)
    assert rows == [(number, title) for number, title, _ in STEPS]
    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))


def test_its_documents_are_sound() -> None:
    """What is to be played from Twilio's side has no fault but the one that a step is about."""
    documents = [read(each.encode(), "text/xml") for each in re.findall(r"^<Response>.*$", PAGE, re.MULTILINE)]
    warned = [each.warnings for each in documents if isinstance(each, Document) and each.warnings]
    assert len(documents) == 7
    assert [[warning.code for warning in each] for each in warned] == [[12200]]


def test_every_doubt_has_a_step() -> None:
    """What we hold true of Twilio from one source only is tried by hand, by the name it has there."""
    if not SPECIFICATION.exists():
        pytest.skip("TWILIO.md is not beside the project: its doubts are not known.")
    doubts = [line for line in SPECIFICATION.read_text("utf-8").splitlines()[3:] if "(?)" in line]
    names = [re.findall(r"(\w+)`?\(\?\)", line) for line in doubts]
    assert [each for each in names if not each or not set(each) <= set(re.findall(r"\w+", PAGE))] == []
    assert len(names) > 1
