"""`helpline call` to a service that gives no call: what a person at the terminal reads, and that it ends."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.cli.test_command import run
from tests.simulator.service import Asked, Reply, serving

APOLOGY = "hears We are sorry, an application error has occurred. Goodbye."
ROUND = Reply(status=302, headers=(("Location", "/voice"),))
PAGE = Reply(b"<!doctype html><title>Oops</title>", content_type="text/html")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Reply(), "11200: The answer is empty."),
        (Reply(b"rubbish"), "12100: The document is no XML: syntax error"),
        (PAGE, "It is a web page, written for people."),
        (ROUND, "11215: More than 10 redirects."),
        (Reply(b"<Response>" + b" " * 70_000 + b"</Response>"), "11750: The answer is larger than 64 kB."),
    ],
    ids=["nothing", "rubbish", "page", "redirects", "70 kB"],
)
def test_an_answer_that_is_no_call(tmp_path: Path, answer: Reply, told: str) -> None:
    """Twilio's number and what it means, what the caller hears, the end, and what to do; exit 1, and no traceback."""
    with serving() as service:
        service.on("/voice", answer)
        service.on("/voice/status", Reply(status=204))
        done = run("call", "--url", service.address, "--token", "x", cwd=tmp_path)
    shown, heard, ends, *_ = done.stdout.splitlines()
    assert told in shown
    assert (heard.strip(), ends.strip()) == (f"0.0 s  {APOLOGY}", "3.6 s  ends: an application error")
    assert "help: after such an answer Twilio hangs up, or asks the number's fallback URL" in done.stdout
    assert "# Twilio's debugger shows" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.proof
def test_no_answer_at_all(tmp_path: Path) -> None:
    """A service that takes the request and says nothing is given up after Twilio's fifteen seconds."""
    end = threading.Event()

    def silent(_: Asked) -> Reply:
        end.wait(30)
        return Reply()

    with serving() as service:
        service.on("/voice", silent)
        service.on("/voice/status", Reply(status=204))
        done = run("call", "--url", service.address, "--token", "x", cwd=tmp_path)
        end.set()
    assert "Twilio's debugger shows 11205: No answer in time from" in done.stdout
    assert APOLOGY in done.stdout
    assert f"help: {service.address} was not reached." in done.stdout
    assert done.returncode == 1


def test_a_call_in_circles(tmp_path: Path) -> None:
    """Documents that lead to each other for ever are stopped, and it is said that Twilio itself would go on."""
    with serving() as service:
        service.on("/voice", "<Say>Een ogenblik.</Say><Redirect/>")
        service.on("/voice/status", Reply(status=204))
        done = run("call", "--url", service.address, "--token", "x", cwd=tmp_path)
    assert "ends: it did not end: stopped after 200 documents" in done.stdout
    assert f"help: nothing that {service.address} answers ends this call" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


def test_what_is_not_played(tmp_path: Path) -> None:
    """A verb that the player does not know how to play is named, with the reason, and the call ends there."""
    with serving() as service:
        service.on("/voice", "<Say>Hallo</Say><Enqueue>support</Enqueue>")
        service.on("/voice/status", Reply(status=204))
        done = run("call", "--url", service.address, "--token", "x", cwd=tmp_path)
    assert "0.0 s  line 1: this player does not play <Enqueue>: who else waits there" in done.stdout
    assert "0.4 s  ends: the player does not play what comes here" in done.stdout
    assert done.returncode == 1


def test_in_a_rehearsal(tmp_path: Path) -> None:
    """A transcript that is played against such a service fails with the same words."""
    (tmp_path / "a.call").write_text("presses 3011\nends\n", "utf-8")
    with serving() as service:
        service.on("/voice", PAGE)
        service.on("/voice/status", Reply(status=204))
        done = run("call", "--url", service.address, "--token", "x", "a.call", cwd=tmp_path)
    assert "a.call: Twilio's debugger shows 12100" in done.stdout
    assert "a.call: the call ended badly: an application error" in done.stdout
    assert done.stdout.endswith("0 of 1 calls went as written.\n")
    assert done.returncode == 1
