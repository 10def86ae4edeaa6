"""`helpline call --calls N`, as people type it."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpline.cli.command import helpline
from helpline.cli.crowd import Wanted
from helpline.cli.local import PLACEHOLDER_NUMBER
from tests.cli.test_command import BIN, ROOT, run
from tests.conftest import PUBLIC_URL, TOKEN
from tests.simulator.service import Service, serving
from tests.simulator.small_country import EMERGENCY

PASS = re.compile(r"PASS: 40 calls, 0 lost, 0 wrongly routed, 0 errors, 0 schema warnings\.")
MISROUTES = (
    EMERGENCY
    + '<Gather numDigits="4" action="/voice/dialled"><Say>Welke postcode?</Say></Gather>'
    + f'<Dial callerId="{PLACEHOLDER_NUMBER}"><Number>+31700000900</Number></Dial>'
)


@pytest.fixture
def elsewhere() -> Iterator[Service]:
    """A service that is no helpline of ours."""
    with serving() as service:
        service.on("/voice/status", "")
        yield service


def test_a_helpline_of_its_own(tmp_path: Path) -> None:
    """By day and at night, so many at once; the page ends with the verdict; exit 0."""
    done = run("call", "--calls", "40", "--at-once", "8", "--seed", "5", cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"Seed 5, 8 at once; the files in .*: 10 calls on .* at 03:00 and 30 calls on .* at 11:00\.", lines[0]
    )
    assert re.fullmatch(r"40 calls in \d+ s: \d+ a second", lines[1])
    assert PASS.fullmatch(lines[-1])


def test_one_alone_is_shown(tmp_path: Path) -> None:
    """A single call is printed as a transcript, with the seed that was drawn for it."""
    done = run("call", "--calls", "1", "--at", "2026-11-23 11:00", cwd=tmp_path)
    assert done.returncode == 0
    drawn = re.match(r"Seed (\d+), .* 1 call on Mon 2026-11-23 at 11:00\.\n", done.stdout)
    assert drawn
    assert f"# Again: helpline call --calls 1 --seed {drawn[1]}\nfrom " in done.stdout


def test_seeds() -> None:
    """A crowd begins with the seed given, or with another one each time."""
    assert list(Wanted(3, 50, 7).seeds()) == [7, 8, 9]
    assert Wanted(3, 50).seeds() != Wanted(3, 50).seeds()


def test_a_running_service(tmp_path: Path, address: str) -> None:
    """A crowd rings a service elsewhere, signed as for any call, and is judged by the table in use here."""
    done = run(
        *("call", "--calls", "40", "--seed", "5", "--url", address, "--token", TOKEN, "--public-url", PUBLIC_URL),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"Seed 5, 50 at once; {address}: 40 calls on ")
    assert PASS.search(done.stdout)


def test_a_service_that_routes_wrongly(tmp_path: Path, elsewhere: Service) -> None:
    """Everybody lands at the national desk: each wrong call is told, and how to play it again; exit 1."""
    elsewhere.on("/voice", MISROUTES)
    elsewhere.on("/voice/dialled", MISROUTES.partition("</Gather>")[2])
    done = run("call", "--calls", "20", "--seed", "5", "--url", elsewhere.address, "--token", "any", cwd=tmp_path)
    assert done.returncode == 1
    assert re.search(r"^# WRONGLY ROUTED: landelijk advice 1 rang first, and right is .*\.$", done.stdout, re.MULTILINE)
    again = re.findall(r"^# Again: (helpline call --calls 1 --seed \d+)$", done.stdout, re.MULTILINE)
    assert len(again) == 5
    assert re.search(r"^NO PASS: 20 calls, \d+ lost, \d+ wrongly routed", done.stdout.splitlines()[-1])


def test_a_service_that_refuses(tmp_path: Path, address: str) -> None:
    """A wrong token: the first calls are enough to tell, and what to do is told; exit 1."""
    done = run("call", "--calls", "500", "--url", address, "--token", "another", cwd=tmp_path)
    assert done.returncode == 1
    assert "NO PASS: 20 calls, 20 lost" in done.stdout
    assert "help: 403 means" in done.stdout


def test_a_service_that_is_not_there(tmp_path: Path) -> None:
    """Nobody listens: told at once, with the address; exit 1."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"
        done = run("call", "--calls", "500", "--url", nowhere, "--token", TOKEN, cwd=tmp_path)
    assert done.returncode == 1
    assert f"help: {nowhere} was not reached." in done.stdout


def test_a_table_with_problems(regions: Path, tmp_path: Path) -> None:
    """The files are checked before anybody rings."""
    (regions / "utrecht.toml").write_text('name = "x', "utf-8")
    done = run("call", "--calls", "5", cwd=tmp_path, HELPLINE_REGIONS=str(regions))
    assert done.returncode == 1
    assert "regions/utrecht.toml:1:" in done.stderr


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--update",), "--calls draws its callers itself"),
        (("--from", "anonymous"), "--calls draws its callers itself"),
        (("README.md",), "--calls draws its callers itself"),
        (("--url", "http://127.0.0.1:1", "--token", "x", "--at", "2026-11-23 11:00"), "--at sets the clock"),
        (("--at-once", "0"), "--at-once"),
        (("--seed", "-1"), "--seed"),
    ],
    ids=lambda each: each[0],
)
def test_what_a_crowd_cannot_do(monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], words: str) -> None:
    """It draws its callers itself, and cannot set a clock elsewhere; told before anybody rings; exit 2."""
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(helpline, ("call", "--calls", "5", *more))
    assert done.exit_code == 2
    assert words in done.output


def test_ctrl_c_tells_what_was_played(tmp_path: Path) -> None:
    """On a terminal one line tells how far it is; stopped in the middle, it reports what it has; exit 2."""
    master, terminal = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HELPLINE_REGIONS": str(ROOT / "regions")}
    command = [str(BIN), "call", "--calls", "1000000", "--at-once", "4", "--seed", "1"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=terminal) as playing:  # noqa: S603
        os.close(terminal)
        shown = ""
        while not re.search(r"\r\x1b\[K[\d,]+ of 1,000,000 calls, 0 lost, 0 wrongly routed", shown):
            shown += os.read(master, 1_000).decode()  # fails once the command is gone
        playing.send_signal(signal.SIGINT)
        try:
            told = playing.communicate(timeout=40)[0].decode()
        finally:
            playing.kill()
    assert os.read(master, 100_000).decode().endswith("\r\x1b[K")
    os.close(master)
    assert playing.returncode == 2
    assert re.match(r"Seed 1, 4 at once; .*\n[\d,]+ of 1,000,000 calls, then stopped: \d+ a second\n", told)
    assert re.search(r"^PASS: [\d,]+ calls?, 0 lost", told, re.MULTILINE)
