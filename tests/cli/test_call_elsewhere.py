"""`helpline call --url`: a service elsewhere is rung as Twilio rings it, and what stands in the way is told."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.cli.test_command import run
from tests.conftest import PUBLIC_URL, TOKEN
from tests.simulator.service import serving

CALL = "from nothing\npresses 3011\nrings rotterdam-rijnmond advice\nanswered\nends\n"


@pytest.fixture
def transcript(tmp_path: Path) -> str:
    """A call that goes as written against the shipped table."""
    path = tmp_path / "a.call"
    path.write_text(CALL)
    return str(path)


def test_a_service_behind_another_address(tmp_path: Path, address: str, transcript: str) -> None:
    """Connected to where it listens and signed for its public address, it takes the call; so by a setting."""
    option = run("call", "--url", address, "--token", TOKEN, "--public-url", PUBLIC_URL, transcript, cwd=tmp_path)
    setting = run(
        "call", "--url", address, transcript, cwd=tmp_path, TWILIO_AUTH_TOKEN=TOKEN, HELPLINE_PUBLIC_URL=PUBLIC_URL
    )
    assert option.stdout == setting.stdout == "1 of 1 calls went as written.\n"


def test_the_option_counts_for_more_than_the_setting(tmp_path: Path, address: str, transcript: str) -> None:
    """Whoever has another public address set for a service of their own gives that of this one."""
    done = run(
        *("call", "--url", address, "--token", TOKEN, "--public-url", PUBLIC_URL, transcript),
        cwd=tmp_path,
        HELPLINE_PUBLIC_URL="https://another.example",
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    "given", [("--token", "another-token", "--public-url", PUBLIC_URL), ("--token", TOKEN)], ids=["token", "address"]
)
def test_a_refused_signature_is_explained(
    tmp_path: Path, address: str, transcript: str, given: tuple[str, ...]
) -> None:
    """403 comes of a wrong token or a wrong public address, and both are named; by hand too; exit 1."""
    for played in ((transcript,), ()):
        done = run("call", "--url", address, *given, *played, cwd=tmp_path)
        assert done.returncode == 1
        assert "help: 403 means" in done.stdout
        assert "--token must be its TWILIO_AUTH_TOKEN, and --public-url its HELPLINE_PUBLIC_URL" in done.stdout


def test_no_connection_is_explained(tmp_path: Path, transcript: str) -> None:
    """Where nobody listens, it is said of which address; exit 1."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"
        done = run("call", "--url", nowhere, "--token", TOKEN, transcript, cwd=tmp_path)
    assert done.returncode == 1
    assert f"help: {nowhere} was not reached." in done.stdout


def test_something_else_is_explained(tmp_path: Path, transcript: str) -> None:
    """Where something else answers, it is said that it is no helpline."""
    with serving() as other:
        done = run("call", "--url", other.address, "--token", TOKEN, transcript, cwd=tmp_path)
    assert done.returncode == 1
    assert "help: 404 means" in done.stdout


def test_a_time_that_is_not_heeded_is_told(tmp_path: Path, address: str, transcript: str) -> None:
    """A service elsewhere has a clock of its own: the `at` of a transcript changes nothing, and that is said."""
    Path(transcript).write_text(f"at 2026-12-25 03:00\n{CALL}")
    done = run("call", "--url", address, "--token", TOKEN, "--public-url", PUBLIC_URL, transcript, cwd=tmp_path)
    assert done.stdout.splitlines() == [
        f"{transcript}: its `at` was not heeded, since the helpline at {address} goes by its own clock.",
        "1 of 1 calls went as written.",
    ]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("call", "--url", "http://127.0.0.1:1", "--token", TOKEN), "the one at --url has its own"),
        (("text", "--url", "http://127.0.0.1:1", "--token", TOKEN, "3011"), "the one at --url has its own"),
        (("call", "a.call"), "A transcript says itself who rings, and when"),
    ],
    ids=["call", "text", "transcript"],
)
def test_a_time_that_would_not_be_heeded_is_refused(
    tmp_path: Path, transcript: str, given: tuple[str, ...], why: str
) -> None:
    """Where --at can do nothing it is no option."""
    done = run(*given, "--at", "2026-12-25 03:00", cwd=tmp_path)
    assert (done.returncode, why in done.stderr) == (2, True)


def test_an_address_must_be_one(tmp_path: Path) -> None:
    """An address without http or https is refused before anything is rung."""
    done = run("call", "--url", "helpline.example", "--token", TOKEN, cwd=tmp_path)
    assert done.returncode == 2
    assert "begins with http:// or https://" in done.stderr
