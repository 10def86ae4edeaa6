"""The pages are true: what they show is what the command prints, and what they point at is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
import httpx
import pytest
from click.testing import CliRunner

from helpline import bootstrap
from helpline.cli.command import helpline, main
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from tests.clock import Clock

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATORS = ROOT / "docs" / "operators.md"
DEPLOY = ROOT / "docs" / "deploy.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
TYPED = "         > "  # what a person types at the simulator's prompt
ASKED = re.compile(r"^(?:Why|.*\[y/N\]): (.*)$", re.MULTILINE)  # what a person answers to a question
HASH = re.compile(r"\b[0-9a-f]{16}\b")  # of the record: another one whenever a region file is edited
ANY_LINES = "…"
AT_THE_KEYBOARD = "anna", datetime(2026, 11, 24, 16, 30, tzinfo=AMSTERDAM)  # who and when, on the operators' page


def printed(command: str, typed: str = "", folder: Path = ROOT) -> str:
    """What a command prints, run in the project's folder, or another, with nothing set."""
    _, *arguments = shlex.split(command)
    environment = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    code = [sys.executable, "-c", "from helpline.cli import main; main()", *arguments]
    done = subprocess.run(  # noqa: S603
        code, cwd=folder, env=environment, input=typed, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout


def told(command: str, answers: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command tells in this process, errors too, as a terminal shows both; its questions are answered so."""
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    with CliRunner().isolation(answers) as (_, _, terminal):
        with pytest.raises(SystemExit):
            main()
        return terminal.getvalue().decode()


def examples(blocks: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Each edit and each command of a page in order: which it is, the file or command, and what is shown of it."""
    for kind, block in blocks:
        if kind == "diff":
            file, _, edit = block.partition("\n")
            yield "edit", file, edit
        elif kind == "console":
            for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = example.partition("\n")
                yield "command", command, shown


def edited(text: str, edit: str) -> str:
    """The text after an edit shown as lines taken out (-), put in (+) and left as they are."""
    lines = edit.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"not there, or more than once:\n{before}"
    return text.replace(before, after)


def fits(shown: str, told: str) -> bool:
    """True when all is told as it is shown; a line "…" stands for any lines, a hash for any other."""
    lines = [
        r"(?:.*\n)*" if line == ANY_LINES else re.escape(line) + r"\n" for line in HASH.sub("#", shown).splitlines()
    ]
    return re.fullmatch("".join(lines), HASH.sub("#", told)) is not None


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


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the project's folder, as far as operators see it, without a database; and who sits there."""
    shutil.copytree(ROOT / "regions", tmp_path / "regions")
    shutil.copytree(ROOT / "tests" / "calls", tmp_path / "tests" / "calls")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL")
    author, moment = AT_THE_KEYBOARD
    monkeypatch.setenv("LOGNAME", author)
    monkeypatch.setattr(bootstrap, "now", Clock(moment))
    return tmp_path


def test_the_first_call_of_the_readme_is_the_demonstrations() -> None:
    """README shows the first call that the demonstration prints, second by second."""
    first, _, _ = printed("helpline demo --calls-only").partition("\n\n")
    blocks = [block for _, block in BLOCK.findall((ROOT / "README.md").read_text("utf-8"))]
    assert f"{first}\n" in blocks


def test_the_operators_page_is_one_session(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its edits made and its commands typed in the order of the page, each command prints what is shown under it."""
    wrong = []
    for kind, what, shown in examples(BLOCK.findall(OPERATORS.read_text("utf-8"))):
        if kind == "edit":
            (desk / what).write_text(edited((desk / what).read_text("utf-8"), shown), "utf-8")
            continue
        if what.split()[:2] == ["helpline", "call"] or "--rehearse" in what:
            typed = [line.removeprefix(TYPED) for line in shown.splitlines() if line.startswith(TYPED)]
            is_told = printed(what, "".join(f"{line}\n" for line in typed), desk)
        else:
            is_told = told(what, "".join(f"{answer}\n" for answer in ASKED.findall(shown)), monkeypatch)
        if not fits(shown, is_told):
            wrong.append(f"$ {what}\n{is_told[-2000:]}")
    assert not wrong, "\n".join(wrong)


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


def test_every_setting_is_told() -> None:
    """Each setting stands in the table of the page on deploying with the very sentence that the program has of it."""
    text = DEPLOY.read_text("utf-8")
    rows = [f"| `{name.upper()}` | {field.description} |" for name, field in Settings.model_fields.items()]
    assert [row for row in rows if row not in text] == []
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"| `{name.upper()}` |" not in readme] == []


@pytest.mark.parametrize("page", [OPERATORS, DEPLOY], ids=lambda page: page.name)
def test_what_ready_says_is_shown_whole(page: Path, address: str) -> None:
    """The answer of /ready on a page has the fields that the service gives, in their order."""
    [shown] = re.findall(r'^\{"ready".*\}$', page.read_text("utf-8"), re.MULTILINE)
    assert list(json.loads(shown)) == list(httpx.get(f"{address}/ready").json())


def test_an_ellipsis_stands_for_any_lines() -> None:
    """The comparison lets lines be left out only where the page says so."""
    assert fits("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not fits("a\nd\n", "a\nb\nd\n")


def test_an_edit_must_find_its_lines() -> None:
    """An edit on a page that fits nowhere, or in two places, is a fault of the page."""
    assert edited("a\nb\nc\n", " a\n-b\n+d\n") == "a\nd\nc\n"
    for text in ("a\n", "b\nb\n"):
        with pytest.raises(AssertionError):
            edited(text, "-b\n+d\n")
