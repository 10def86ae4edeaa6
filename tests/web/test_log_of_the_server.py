"""What the server tells of what goes wrong around a call: lines of ours, without an address, a value or a traceback."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator

import anyio
import pytest

from helpline import log
from helpline.bootstrap import Helpline
from helpline.web.app import app
from helpline.web.serving import from_environment
from tests.web.carrier import Carrier

SECRET = "612345601"
HEAD = "Host: x\r\nX-Secret: 612345601\r\n"


class Lines:
    """The log, from here on."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd
        capfd.readouterr()

    def read(self) -> list[dict[str, object]]:
        """The lines since the last look. All of stderr is lines, and none holds anything of a caller."""
        told = self._capfd.readouterr().err
        assert SECRET not in told
        return [json.loads(line) for line in told.splitlines()]

    def errors(self, count: int) -> list[dict[str, object]]:
        """So many errors; the server tells of one after it has answered."""
        found: list[dict[str, object]] = []
        for _ in range(100):
            found += [line for line in self.read() if line["level"] == "error"]
            if len(found) >= count:
                break
            time.sleep(0.05)
        assert len(found) == count
        return found


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """The log of a process that has just begun, which has told of nothing yet."""
    root = logging.getLogger()
    before = [each for each in root.handlers if isinstance(each, log.OfLibraries)]
    for each in before:
        root.removeHandler(each)
    log.configure()
    yield Lines(capfd)


def broken(*_: object, **__: object) -> None:
    """A fault whose words hold a caller's number."""
    raise RuntimeError(f"something with +31{SECRET}")


async def fails(*_: object) -> None:
    """The same, of what runs beside the calls."""
    broken()


def sent(address: str, data: bytes) -> bytes:
    """What comes back for these bytes."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(data)
        return connection.recv(1000)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"GET /voice?From=%2B31{SECRET} HTTP/1.1\r\nHost\r\n\r\n", b"400"),
        (f"GET /voice?From=%2B31{SECRET}\x00 HTTP/1.1\r\n{HEAD}\r\n", b"400"),
        (f"POST /voice?x={SECRET} HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\nZZ\r\nFrom={SECRET}", b"400"),
        (f"GET /voice?From=%2B31{SECRET} HTTP/1.1\r\n{HEAD}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", b"403"),
        (f"PUT /voice?From=%2B31{SECRET} HTTP/1.1\r\n{HEAD}\r\n", b"405"),
        (f"GET /{SECRET}?From=%2B31{SECRET} HTTP/1.1\r\n{HEAD}\r\n", b"404"),
        (f"GET http://[{SECRET} HTTP/1.1\r\n{HEAD}\r\n", b"400"),
        (f"GET /metrics HTTP/1.1\r\nHost: [{SECRET}\r\n\r\n", b"404"),
    ],
    ids=["no head", "a zero", "no length", "an upgrade", "a method", "an address", "no host", "half a host"],
)
def test_what_is_no_request_of_the_carrier(address: str, lines: Lines, head: str, status: bytes) -> None:
    """Nonsense is answered, and told without a word of it."""
    assert sent(address, head.encode("latin-1")).split()[1] == status
    assert {line["event"] for line in lines.read()} <= {"library", "refused"}


def test_a_fault_in_the_last_resort(
    carrier: Carrier, helpline: Helpline, monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    """Where even the last resort cannot be made the answer is 500, and both faults are told by their places."""
    monkeypatch.setattr(helpline.switchboard, "incoming", broken)
    monkeypatch.setattr(helpline.documents, "fault", broken)
    assert carrier.post("/voice").status_code == 500
    fault, unanswered = lines.errors(2)
    assert (fault["event"], fault["kind"]) == ("fault", "RuntimeError")
    assert (unanswered["event"], unanswered["kind"]) == ("unread", "RuntimeError")
    assert "carrier_requests.py" in str(unanswered["at"])


def test_a_fault_beside_a_call(
    carrier: Carrier, helpline: Helpline, monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    """What cannot be counted costs no call, and is told by its place."""
    monkeypatch.setattr(helpline.metrics, "turn", broken)
    assert "<Gather" in carrier.post("/voice").text
    [fault] = lines.errors(1)
    assert (fault["event"], fault["kind"]) == ("beside_the_call", "RuntimeError")
    assert "afterwards.py" in str(fault["at"])


def test_a_fault_of_what_runs_beside_the_calls(
    helpline: Helpline, monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    """It is told in our words, before the server tells it as a traceback, of which the log has one line."""
    monkeypatch.setattr("helpline.web.app.keep_table_fresh", fails)
    service = app(helpline)

    async def served() -> None:
        async with service.router.lifespan_context(service):
            await anyio.sleep(5)

    with pytest.raises(ExceptionGroup):
        anyio.run(served)
    [ended] = lines.read()
    assert (ended["event"], ended["level"], ended["kind"]) == ("beside_ended", "critical", "RuntimeError")
    assert "test_log_of_the_server.py" in str(ended["at"])


def test_a_worker_that_cannot_begin(monkeypatch: pytest.MonkeyPatch, lines: Lines) -> None:
    """It ends, and says why: our own errors in their words, any other by its places."""
    monkeypatch.setattr(log, "print_no_traceback", lambda: None)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "")
    with pytest.raises(SystemExit) as ended:
        from_environment()
    monkeypatch.setattr("helpline.bootstrap.helpline", broken)
    with pytest.raises(SystemExit):
        from_environment()
    ours, other = lines.read()
    assert ended.value.code == 1
    assert (ours["event"], ours["kind"]) == ("worker_not_begun", "SettingsFault")
    assert "auth token" in str(ours["problem"])
    assert (other["kind"], other["problem"]) == ("RuntimeError", None)
