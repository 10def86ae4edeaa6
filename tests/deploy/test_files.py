"""The other files in deploy/, and the Procfile: each is taken by its program, and names only what is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest

from helpline.cli.command import helpline
from helpline.settings import NEEDED_TO_ASK_TWILIO, Settings
from tests.cli.test_command import ROOT, run

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "helpline.service"
ENVIRONMENT = DEPLOY / "env.example"
CONTAINERFILE = DEPLOY / "Containerfile"
PROGRAM = "/srv/helpline/.venv/bin/helpline"
SET = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)
DRAIN_SECONDS = 15  # requests, then what is still to be written


def instructions() -> Iterator[tuple[str, str]]:
    """Each instruction of the Containerfile with what stands behind it."""
    for line in CONTAINERFILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition(" ")
            yield name, rest


def installed(name: str) -> str:
    """A program of the machine's; skips where it is not there."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def is_a_command(words: list[str]) -> bool:
    """Whether `helpline` with these words is one of its commands."""
    command: click.Command | None = helpline
    for word in words:
        command = command.commands.get(word) if isinstance(command, click.Group) else None
    return command is not None


def test_the_procfile_names_commands() -> None:
    """What a platform runs is there: `release` before `web`."""
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines())
    assert list(lines) == ["release", "web"]
    for program, *words in map(shlex.split, lines.values()):
        assert program == "helpline"
        assert is_a_command(words)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """It knows every word of it, and nothing of it is unsafe to its mind."""
    systemd_analyze = installed("systemd-analyze")
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace(PROGRAM, sys.executable), "utf-8")
    told = subprocess.run([systemd_analyze, "verify", unit], capture_output=True, text=True, check=False)  # noqa: S603
    assert (told.returncode, told.stderr) == (0, "")
    exposure = [systemd_analyze, "security", "--offline=true", "--threshold=20", str(unit)]
    told = subprocess.run(exposure, capture_output=True, text=True, check=False)  # noqa: S603
    assert told.returncode == 0, told.stdout


def test_the_unit_starts_what_is_there() -> None:
    """It runs a command, waits longer than the service takes to stop, and shows where the settings are to stand."""
    lines = SET.findall(
        re.sub(r"^([A-Z][a-zA-Z]+)=", lambda name: name[0].upper(), UNIT.read_text("utf-8"), flags=re.M)
    )
    unit = dict(lines)
    program, *words = shlex.split(unit["EXECSTART"])
    assert program == PROGRAM
    assert is_a_command(words)
    assert int(unit["TIMEOUTSTOPSEC"].removesuffix("s")) > DRAIN_SECONDS
    assert unit["ENVIRONMENTFILE"] in ENVIRONMENT.read_text("utf-8")
    assert dict(SET.findall(ENVIRONMENT.read_text("utf-8")))["HELPLINE_LAST_GOOD"].startswith("/var/lib/helpline/")


def test_the_example_has_what_is_needed_and_no_secret(tmp_path: Path) -> None:
    """Every name in it is a setting, what `serve` and `twilio` need is named, and what is secret is left empty."""
    text = ENVIRONMENT.read_text("utf-8")
    example = dict(SET.findall(text))
    assert {name.lower() for name in example} <= Settings.model_fields.keys()
    assert {name.upper() for name in NEEDED_TO_ASK_TWILIO} | {"DATABASE_URL", "HELPLINE_FALLBACK_URL"} <= example.keys()
    assert {name for name, value in example.items() if re.search("TOKEN|SECRET|SID|URL$|NUMBERS", name) and value} == {
        "HELPLINE_PUBLIC_URL"
    }
    assert [value for value in example.values() if re.search(r"""["'#$\\ ]""", value)] == []  # read in two ways
    (tmp_path / ".env").write_text(text, "utf-8")
    told = run("serve", cwd=tmp_path)
    assert told.returncode == 2
    assert "TWILIO_AUTH_TOKEN is not set" in told.stderr
    assert "HELPLINE_PUBLIC_URL is not set" not in told.stderr


def test_the_firewall_is_taken(tmp_path: Path) -> None:
    """nft knows every word of it; it is asked in a network of its own."""
    nft, unshare = installed("nft"), installed("unshare")
    if os.geteuid() != 0:
        pytest.skip("only root may ask nft")
    told = subprocess.run(  # noqa: S603
        [unshare, "-n", nft, "-c", "-f", DEPLOY / "nftables.conf"], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


def test_the_container_is_as_closed_as_the_unit() -> None:
    """It is built of one release of Python, does not run as root, is told to stop, and asks itself whether it lives."""
    found = list(instructions())
    names = [name for name, _ in found]
    assert {rest.split()[0] for name, rest in found if name == "FROM"} == {"python:3.11-slim"}
    assert set(re.findall(r"//([\w.-]+)", CONTAINERFILE.read_text("utf-8"))) == {"127.0.0.1"}  # no place to fetch from
    last = dict(found)
    assert (last["USER"], last["STOPSIGNAL"]) == ("helpline", "SIGTERM")
    assert names.index("USER") > max(index for index, name in enumerate(names) if name == "RUN")
    assert "/live" in last["HEALTHCHECK"]
    assert last["ENTRYPOINT"] == '["helpline"]'
    assert is_a_command(re.findall(r'"(\w+)"', last["CMD"]))
    settings = [rest.partition("=")[0] for name, rest in found if name == "ENV" and "PATH" not in rest]
    assert {name.lower() for name in settings if not name.startswith("PYTHON")} <= Settings.model_fields.keys()


def test_only_the_program_goes_into_the_container() -> None:
    """.dockerignore lets through what is copied, and neither settings nor databases nor the organisations' numbers."""
    allowed = [
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    ]
    copied = [rest.split()[:-1] for name, rest in instructions() if name == "COPY" and not rest.startswith("--from")]
    assert sorted(allowed) == sorted(path for paths in copied for path in paths)
    for path in (".env", "var", "regions", ".git", ".venv", "deploy", "tests"):
        assert not any(fnmatch(path, pattern) for pattern in allowed)


@pytest.mark.proof
def test_the_container_can_be_built(tmp_path: Path) -> None:
    """With what is copied and no more, its steps install the command; done here in a folder, without an engine."""
    context, target = tmp_path / "build", tmp_path / "helpline"
    context.mkdir()
    for name, rest in instructions():
        if name == "COPY" and not rest.startswith("--from"):
            *paths, _ = rest.split()
            for path in paths:
                (shutil.copytree if (ROOT / path).is_dir() else shutil.copy)(ROOT / path, context / path)
    venv.create(target, with_pip=True)
    [install] = [rest for name, rest in instructions() if name == "RUN" and " pip install " in rest]
    there = install.replace("/opt/helpline", str(target))
    subprocess.run(["/bin/sh", "-c", there], cwd=context, check=True, capture_output=True)  # noqa: S603
    told = subprocess.run([target / "bin" / "helpline", "--help"], capture_output=True, text=True, check=True)  # noqa: S603
    assert "serve" in told.stdout
    packages = subprocess.run(  # noqa: S603
        [target / "bin" / "python", "-m", "pip", "freeze"], capture_output=True, text=True, check=True
    ).stdout
    assert not re.search(r"^(pytest|ruff|mypy|playwright|twilio)==", packages, re.MULTILINE)
    assert set(re.findall(r"^.*==.*$", packages, re.MULTILINE)) <= set(
        (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    )
