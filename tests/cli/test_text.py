"""`helpline text` as people type it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_command import ROOT, run
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN

PAGE = (ROOT / "docs" / "transcripts.md").read_text("utf-8")
FROM = ("--from", "+31612345601")


def test_a_text_by_hand(tmp_path: Path) -> None:
    """Words are texted to a helpline started for them; the reply is printed with what it takes on its way."""
    done = run("text", *FROM, "3011", "ab", cwd=tmp_path)
    reply, takes = done.stdout.splitlines()
    assert done.returncode == 0
    assert "Veilig Thuis Rotterdam Rijnmond" in reply and "0800-2000" in reply and "112" in reply
    assert re.fullmatch(r"\([12] segments?, GSM-7\)", takes)


@pytest.mark.parametrize(("sender", "words"), [("1400", "help"), ("nothing", "3011"), ("+31612345601", "STOP")])
def test_no_answer(tmp_path: Path, sender: str, words: str) -> None:
    """Where nothing comes back, that is said, and it is no fault."""
    done = run("text", "--from", sender, words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "No answer.\n")


def test_a_text_as_json(tmp_path: Path) -> None:
    """With --json programs read the reply, its segments, its encoding."""
    told = json.loads(run("text", *FROM, "--json", "--at", "2026-11-24 23:10", "3011", cwd=tmp_path).stdout)
    [reply] = told["replies"]
    assert (reply["to"], reply["encoding"], told["notifications"]) == ("+31612345601", "GSM-7", [])


def test_the_example_goes_as_written(tmp_path: Path) -> None:
    """The texts that the page on transcripts shows can be played."""
    [example] = re.findall(r"```\n(# A neighbour.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.sms"
    path.write_text(example, "utf-8")
    done = run("text", str(path), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "2 of 2 texts went as written.\n")


def test_a_difference_is_shown_and_written(tmp_path: Path) -> None:
    """What goes otherwise is shown as the page on transcripts shows it; exit 1; --update writes it as it now goes."""
    path = tmp_path / "postcode.sms"
    path.write_text("# About.\nfrom +31 6 1234 5601\ntexts 3011\ngets   Veilig Thuis Utrecht 112\n", "utf-8")
    done = run("text", "postcode.sms", cwd=tmp_path)
    [shown] = re.findall(r"```\n(postcode\.sms: .*?)```", PAGE, re.DOTALL)
    assert (done.returncode, done.stdout) == (1, f"{shown}\n0 of 1 texts went as written.\n")
    told = json.loads(run("text", "--json", "--update", "postcode.sms", cwd=tmp_path).stdout)
    assert [(each["file"], each["line"]) for each in told] == [("postcode.sms", 3)]
    assert told[0]["faults"] == [{"line": 4, "why": "the reply lacks here: Utrecht"}]
    assert path.read_text("utf-8").startswith("# About.\nfrom +31 6 1234 5601\ntexts 3011\ngets   Dank u")
    assert run("text", "postcode.sms", cwd=tmp_path).returncode == 0


def test_a_running_service_is_texted(tmp_path: Path, address: str) -> None:
    """With --url and --token a service elsewhere is texted; a wrong token is told as Twilio's debugger shows it."""
    there = {"HELPLINE_PUBLIC_URL": PUBLIC_URL, "HELPLINE_NUMBERS": OWN_NUMBER}
    sender = ("--from", "+31 6 1234 5690")
    right = run("text", *sender, "--url", address, "--token", TOKEN, "3011", cwd=tmp_path, **there)
    wrong = run("text", *sender, "--url", address, "--token", "another", "3011", cwd=tmp_path, **there)
    assert right.returncode == 0 and "Rotterdam" in right.stdout
    assert wrong.returncode == 1 and "11200" in wrong.stdout and "403" in wrong.stdout


def test_a_service_behind_another_address(tmp_path: Path, address: str) -> None:
    """A text is signed for the public address that is given, which counts for more than the one that is set."""
    given = ("text", "--from", "+31 6 1234 5691", "--url", address, "--token", TOKEN)
    own = {"HELPLINE_NUMBERS": OWN_NUMBER, "HELPLINE_PUBLIC_URL": "https://another.example"}
    right = run(*given, "--public-url", PUBLIC_URL, "3011", cwd=tmp_path, **own)
    wrong = run(*given, "3011", cwd=tmp_path, **own)
    assert right.returncode == 0 and "Rotterdam" in right.stdout
    assert wrong.returncode == 1 and "403" in wrong.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.sms",), "There is no file nowhere.sms"),
        ((), "Missing argument"),
        (("--url", "http://127.0.0.1:1", "3011"), "--token"),
    ],
)
def test_what_cannot_be_run(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """A file that is not there, no words, no token for a service elsewhere: each is told with what to give; exit 2."""
    done = run("text", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_line_that_cannot_be_read(tmp_path: Path) -> None:
    """A slip in a transcript is told with its line and what is expected there."""
    (tmp_path / "a.sms").write_text("texts 3011\nget 112\n", "utf-8")
    done = run("text", "a.sms", cwd=tmp_path)
    assert done.returncode == 2
    assert "a.sms, line 2: `get 112` is no instruction" in done.stderr
    assert "Expected: gets WORDS" in done.stderr
