"""The page on errors: a section for each code, by alphabet, and every example on it is what the command prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from helpline import bootstrap
from helpline.cli.command import helpline
from helpline.directory.country import Country
from helpline.directory.problems import Code
from tests.clock import Clock
from tests.conftest import TODAY
from tests.directory.faults import FAULTS, Fault

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")
HEAD, *SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
BLOCK = re.compile(r"^```\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
CODES = sorted(get_args(Code))


def section_of(code: str) -> str:
    """What the page says of a code."""
    return next(section for section in SECTIONS if section.startswith(f"{code}\n"))


def shown(fault: Fault, regions: Path, land: Country) -> list[str]:
    """Each problem that comes of a fault, as the command prints it."""
    return fault.report(regions, land).text().split("\n\n")


def test_each_code_has_a_section_and_each_section_a_code() -> None:
    """The sections are the codes, in alphabetical order."""
    assert [section.partition("\n")[0] for section in SECTIONS] == CODES


@pytest.mark.parametrize("code", CODES)
def test_each_section_shows_an_example_and_says_what_to_do(code: str) -> None:
    """There is a sentence on what a code means, an example of this very code, and a sentence on what to do."""
    parts = BLOCK.split(section_of(code).partition("\n")[2])
    means, examples, does = parts[0], parts[1::2], "".join(parts[2::2])
    assert means.strip().endswith(".")
    assert does.strip().endswith((".", ":"))  # with a colon a further example ends the section
    assert all(re.search(f" (error|warning) {code}: ", example) for example in examples)
    assert examples


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}: {fault.words[:24]}")
def test_a_warning_is_called_one(regions: Path, land: Country, fault: Fault) -> None:
    """The page says of each code whether it stops a table."""
    problem = next(problem for problem in fault.report(regions, land).problems if problem.code == fault.code)
    assert section_of(fault.code).partition("\n\n")[2].startswith("A warning: ") == problem.warning
    assert (f"[{fault.code}](#{fault.code})" in HEAD) == (problem.warning or fault.code == "missing")


@pytest.mark.parametrize("code", CODES)
def test_each_example_is_what_is_printed(tmp_path: Path, regions: Path, land: Country, code: str) -> None:
    """Faults of that code, made in the files as shipped, print every example of its section to the letter."""
    missing = set(BLOCK.findall(section_of(code)))
    for fault in (fault for fault in FAULTS if fault.code == code):
        folder = tmp_path / str(id(fault)) / "regions"
        folder.mkdir(parents=True)
        for path in regions.glob("*.toml"):
            (folder / path.name).write_bytes(path.read_bytes())
        missing -= set(shown(fault, folder, land))
    assert missing == set()


def test_the_head_is_what_the_command_prints(regions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head of the page shows the whole answer of the command to a misspelt name, with its last line."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace('"Veenendaal"', '"Venendaal"'), "utf-8")
    monkeypatch.setenv("HELPLINE_REGIONS", str(regions))
    monkeypatch.setattr(bootstrap, "now", Clock(TODAY))
    printed = CliRunner().invoke(helpline, ["regions", "check"])
    assert printed.exit_code == 1
    assert BLOCK.findall(HEAD) == [printed.stdout.rstrip("\n")]
