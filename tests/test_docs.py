"""The pages are true: what they show is what the command prints, and what they point at is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from helpline.cli.command import helpline

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
TYPED = "         > "  # what a person types at the simulator's prompt
ANY_LINES = "…"


def printed(command: str, typed: str = "") -> str:
    """What a command prints, run in the project's folder with nothing set."""
    _, *arguments = shlex.split(command)
    if arguments[0] == "regions":
        return CliRunner().invoke(helpline, arguments).output
    environment = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    code = [sys.executable, "-c", "from helpline.cli import main; main()", *arguments]
    done = subprocess.run(  # noqa: S603
        code, cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout


def examples() -> Iterator[tuple[str, str]]:
    """Each command of the operators' page that shows what it prints, with that."""
    for kind, block in BLOCK.findall((ROOT / "docs" / "operators.md").read_text("utf-8")):
        if kind == "console":
            for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = example.partition("\n")
                yield command, shown


EXAMPLES = list(examples())


def fits(shown: str, told: str) -> bool:
    """True when all is told as it is shown; a line "…" stands for any lines."""
    lines = [r"(?:.*\n)*" if line == ANY_LINES else re.escape(line) + r"\n" for line in shown.splitlines()]
    return re.fullmatch("".join(lines), told) is not None


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(group: click.Group, *above: str) -> Iterator[str]:
    """Every sub-command as it is typed, such as "helpline regions check"."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)
        else:
            yield " ".join(("helpline", *above, name))


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands run where a reader types them, without any setting."""
    monkeypatch.chdir(ROOT)
    for name in list(os.environ):
        if name.startswith(("HELPLINE_", "TWILIO_")):
            monkeypatch.delenv(name)


def test_the_first_call_of_the_readme_is_the_demonstrations() -> None:
    """README shows the first call that the demonstration prints, second by second."""
    first, _, _ = printed("helpline demo --calls-only").partition("\n\n")
    blocks = [block for _, block in BLOCK.findall((ROOT / "README.md").read_text("utf-8"))]
    assert f"{first}\n" in blocks


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_operators_example_prints_what_is_shown(command: str, shown: str) -> None:
    """What the operators' page shows under a command is what the command prints on the shipped files."""
    typed = "".join(f"{line.removeprefix(TYPED)}\n" for line in shown.splitlines() if line.startswith(TYPED))
    told = printed(command, typed)
    assert fits(shown, told), told


def test_the_example_of_a_transcript_goes_as_written(tmp_path: Path) -> None:
    """The call that the page on transcripts shows can be played."""
    _, block = BLOCK.findall((ROOT / "docs" / "transcripts.md").read_text("utf-8"))[0]
    path = tmp_path / "example.call"
    path.write_text(block, "utf-8")
    assert printed(f"helpline call {path}") == "1 of 1 calls went as written.\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link within the project leads to a file that is there, and to a heading in it."""
    prose = BLOCK.sub("", page.read_text("utf-8"))
    for path, heading in LINK.findall(prose):
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), path
        assert not heading or heading in anchors(there), f"{path}#{heading}"


def test_every_command_is_told() -> None:
    """Each sub-command is named, as it is typed, in README or in docs."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert [command for command in commands(helpline) if command not in text] == []


def test_an_ellipsis_stands_for_any_lines() -> None:
    """The comparison lets lines be left out only where the page says so."""
    assert fits("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not fits("a\nd\n", "a\nb\nd\n")
