"""The law of the house that no tool checks: sizes, first sentences, documentation that cannot rot."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from helpline.directory.problems import Code
from helpline.settings import Settings

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "helpline").rglob("*.py"))
MOST_LINES = 250


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_one_subject_and_says_so(path: Path) -> None:
    """Every file opens with a sentence that says what it is for, and stays readable in one go."""
    text = path.read_text("utf-8")
    first = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    assert first.endswith((".", ":", "?", "!", '"')) or len(first.split()) > 4
    assert len(text.splitlines()) <= MOST_LINES


def test_no_file_is_called_after_nothing() -> None:
    """No manager, handler, helper, util, data or info."""
    vague = re.compile(r"manager|handler|helper|util|^data$|^info$")
    assert [path.name for path in SOURCES if vague.search(path.stem)] == []


def test_every_setting_is_documented() -> None:
    """docs/deploy.md names each setting, with the sentence that the code has for it."""
    page = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`{name.upper()}`" in page
        assert str(field.description) in page


def test_every_problem_code_is_explained() -> None:
    """docs/errors.md explains each code that a check can print, and each that is made is one of these."""
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    codes = get_args(Code)
    assert [code for code in codes if f"## {code}\n" not in page] == []
    assert [code for code in re.findall(r"^## (\S+)$", page, re.MULTILINE) if code not in codes] == []


def test_every_target_of_make_says_what_it_does() -> None:
    """`make` alone lists the targets, each with a line of help."""
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    listed = subprocess.run(["make"], cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout  # noqa: S607
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {line.split()[1] for line in listed.splitlines()} == set(targets)


def test_nothing_names_a_download_host() -> None:
    """The pinned versions name packages, not places to fetch them from."""
    pinned = (ROOT / "constraints.txt").read_text("utf-8")
    assert re.fullmatch(r"(?:[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+\n)+", pinned)


def test_the_service_imports_nothing_it_does_not_need() -> None:
    """A worker starts without the heavy parts of Twilio's library and without the tools of development."""
    heavy = "twilio|hypothesis|respx|phonenumbers.geocoder|aiohttp|requests"
    code = "import sys, helpline.web.serving; print('\\n'.join(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert re.findall(rf"^({heavy})$", modules, re.MULTILINE) == []


@pytest.mark.parametrize("text", ["README.md", "docs"], ids=str)
def test_numbers_in_the_documents_are_nobodys(text: str) -> None:
    """No document shows a telephone number that could be somebody's."""
    pages = [ROOT / text] if text.endswith(".md") else list((ROOT / text).rglob("*.md"))
    allowed = re.compile(r"\+31 ?6 ?1234 ?56\d\d|\+31 ?\d{2,3} ?0\d")
    for page in pages:
        for number in re.findall(r"\+31[ \d]{8,}", page.read_text("utf-8")):
            assert allowed.match(number), f"{page}: {number}"
