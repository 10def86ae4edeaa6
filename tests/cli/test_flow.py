"""The conversation as it is looked at from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpline.cli.flow import flow, report
from helpline.cli.measuring import Measured, table
from helpline.cli.picturing import pages
from helpline.flow import rules_of_bounds
from helpline.flow.rules import RULES
from helpline.flow.steps import Ask, Say, Script
from helpline.publishing.walked import checked
from helpline.settings import Settings
from tests.cli.test_command import ROOT, run
from tests.flow.worlds import small


@pytest.fixture(scope="module")
def written(settings: Settings) -> dict[str, str]:
    """The page and its picture as they would be written now."""
    return pages(settings)


@pytest.mark.parametrize("name", ["call-flow.md", "call-flow.svg"])
def test_the_page_is_as_the_conversation(written: dict[str, str], name: str) -> None:
    """What stands in docs/ is what the conversation is now."""
    assert (ROOT / "docs" / name).read_text("utf-8") == written[name], f"docs/{name} is stale; run: make update"


def test_the_aims_are_met(written: dict[str, str]) -> None:
    """No kind of caller waits longer, or presses more keys, than was aimed for."""
    assert "missed" not in written["call-flow.md"]


def test_a_missed_aim_is_told() -> None:
    """An aim that is missed is marked, in seconds and in keys."""
    slow, free = Measured("slow", 23.0, 5, 22, 4), Measured("free", 60.0, 9)
    assert (slow.holds, free.holds) == (False, True)
    assert table([slow, free]) == [("slow", "23.0", "22, missed", "5", "4, missed"), ("free", "60.0", "", "9", "")]


def test_show_prints_seconds_and_keys(tmp_path: Path) -> None:
    """Each kind of caller has a line; with --mermaid the picture follows."""
    done = run("flow", "show", "--mermaid", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "a mobile: keys right after 112" in done.stdout
    assert "flowchart TD" in done.stdout


def test_show_as_json(tmp_path: Path) -> None:
    """For programs: seconds, keys, aims and whether they hold."""
    shown = json.loads(run("flow", "show", "--json", cwd=tmp_path).stdout)
    assert [caller["holds"] for caller in shown["callers"]] == [True] * len(shown["callers"])
    assert "mermaid" not in shown


@pytest.mark.slow
def test_show_writes_the_page(tmp_path: Path) -> None:
    """With --write the page and its picture are files; a folder that is not there is refused."""
    assert run("flow", "show", "--write", ".", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["call-flow.md", "call-flow.svg"]
    assert run("flow", "show", "--write", "nowhere", cwd=tmp_path).returncode == 2


@pytest.mark.slow  # a minute where what the tests reach is measured
def test_check_says_that_each_rule_holds(tmp_path: Path) -> None:
    """With the table as shipped every rule holds: exit 0."""
    done = run("flow", "check", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("\nholds   ") == len(RULES)


def test_check_tells_a_call_that_breaks_a_rule() -> None:
    """A broken rule is told with the call that shows it, in the words that are heard."""

    def asks_and_leaves() -> Script[None]:
        yield Say("emergency", "nl")
        yield Ask("place", "nl", 5)

    result = checked(small(), lambda say: f"<{say.prompt}>", asks_and_leaves)
    assert "broken  somebody_is_rung: The call ends, and nobody was rung.\n    hears   <emergency>" in report(result)


def test_check_refuses_a_broken_table(regions: Path, tmp_path: Path) -> None:
    """A table with a problem is refused, by file and line, as `regions check` does; exit 1."""
    (regions / "utrecht.toml").write_text('name = "x', "utf-8")
    done = run("flow", "check", cwd=tmp_path, HELPLINE_REGIONS=str(regions))
    assert done.returncode == 1
    assert "regions/utrecht.toml:1:" in done.stderr


def test_check_tells_a_broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that does not hold is told with the shortest call that breaks it: exit 1."""
    monkeypatch.setattr(rules_of_bounds, "MOST_WAITING_SECONDS", 100)
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(flow, ["check"])
    assert done.exit_code == 1, done.output
    assert "waiting_is_bounded: A caller can wait" in done.output
    assert "rings   " in done.output
