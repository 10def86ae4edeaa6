"""Every row that we hold true of Twilio has a test: the table of contents of the simulator's tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SPECIFICATION = HERE.parents[2] / "shared" / "TWILIO.md"
TABLES = {"Override": "Override", "Gather": "Gather", "Dial": "Dial", "Voices for `<Say>`": "Voice"}
HEADS = ("Override (URL fragment)", "attr", "lang")
IN_PROSE = {"Request", "Answer", "Retries", "Number", "Redirect", "Pause", "Hangup", "Reject", "Say", "Play"} | {
    "Relative URLs",
    "Signature",
    "Error",
}
# What Twilio knows and the simulator does not play, and why.
NOT_PLAYED = {
    "11217": "for calls the same answers are 11200",
    "13226": "which countries may be rung is a setting of the account",
    "14107": "a limit over half a minute, and the simulator brings one text",
    "30039": "a loop between two machines, and the simulator is one",
    "32018": "a limit of REST requests; tests/carrier/test_rest.py holds ours to it",
}


def quoted() -> dict[str, set[str]]:
    """The rows quoted in these tests, by subject."""
    found: dict[str, set[str]] = {}
    for path in HERE.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "fact":
                subject, *rows = (ast.literal_eval(each) for each in node.args)
                found.setdefault(subject, set()).update(rows)
    return found


def rows(text: str) -> dict[str, set[str]]:
    """The rows of each table in a page, by the table's subject."""
    found: dict[str, set[str]] = {}
    subject = heading = ""
    for line in text.splitlines():
        title = re.fullmatch(r"(?:#+ [\d.]*\s*|\*\*)(.+?)(?:\*\*| \(.*\))?", line)
        if title and not line.startswith("|"):
            heading = title[1]
        if not line.startswith("|") or re.fullmatch(r"[|:\- –]+", line):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in HEADS:
            subject = TABLES["Override" if cells[0] == HEADS[0] else heading]
            continue
        found.setdefault(subject, set()).add(" | ".join(cells))
    return found


def test_every_subject_has_its_facts() -> None:
    """Each subject is shown by at least one test, and no test quotes one that is none."""
    assert set(quoted()) == set(TABLES.values()) | IN_PROSE


def specification() -> str:
    """The page on Twilio's behaviour, which stands beside the project and not in it."""
    if not SPECIFICATION.exists():
        pytest.skip("TWILIO.md is not beside the project: there is nothing to hold the quoted rows against.")
    return SPECIFICATION.read_text("utf-8")


def test_every_row_of_a_table_is_quoted() -> None:
    """Each row of the specification's tables is the heading of a test, word for word, and no test quotes another."""
    told = {subject: {row for row in quoted()[subject] if " | " in row} for subject in TABLES.values()}
    assert told == rows(specification())


def test_every_error_is_raised() -> None:
    """Each error of the specification is the heading of a test, or is one that the simulator does not play."""
    [section] = re.findall(r"^## 6\. .*?(?=^## )", specification(), re.MULTILINE | re.DOTALL)
    raised = {row.partition(" ")[0] for row in quoted()["Error"]}
    assert set(re.findall(r"\b\d{5}\b", section)) == raised | NOT_PLAYED.keys()
