"""Whoever is measured gives right answers, and a wrong one is found; how fast they are is not tested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from twilio.request_validator import RequestValidator

from benchmarks import comparing, growth, picture, results
from benchmarks.candidates import CANDIDATES, OURS, RAW, Candidate, Stage, stage
from benchmarks.comparing import Length, Round, Slice
from benchmarks.growth import Panel
from benchmarks.jobs import JOBS, action_of, pool_for_rivals
from benchmarks.load import Checker, Wrong, send
from benchmarks.process import server
from benchmarks.wire import PUBLIC_URL, TOKEN, Expected, Request, call_fields, text_fields

EACH = 24  # requests of each job: three on each connection


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A folder in which all of them are started."""
    return stage(tmp_path_factory.mktemp("measured"))


@pytest.fixture
def running() -> Iterator[ExitStack]:
    """What is started in it ends with the test."""
    with ExitStack() as stack:
        yield stack


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda each: each.name)
def test_answers_are_right(candidate: Candidate, where: Stage, running: ExitStack) -> None:
    """Each job, answered as it must be: ours rings the number that the table has for the postcode."""
    if reason := candidate.missing():
        pytest.skip(reason)
    comparing.started(where, candidate, running, size=EACH).check(EACH)


def test_requests_are_twilios(where: Stage) -> None:
    """Twilio's own library finds each signature right, and no two requests are alike."""
    request = Request(
        "/voice/keyed?trail=x~y.z", fields := call_fields("+31612345601", "ringing", Digits="3011"), Expected(())
    )
    sent = request.fresh().decode()
    head, _, body = sent.partition("\r\n\r\n")
    told = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    read = dict(each.split("=") for each in body.split("&"))
    fields["CallSid"] = read["CallSid"]
    assert RequestValidator(TOKEN).validate(f"{PUBLIC_URL}/voice/keyed?trail=x~y.z", fields, told["X-Twilio-Signature"])
    assert (len(read), int(told["Content-Length"])) == (28, len(body))
    assert request.fresh().decode() != sent
    assert len(text_fields("+31612345601", "3011")) == 19


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<Response><Dial>+31102000002</Dial></Response>", "200"),  # another number
        (b"<Response><Dial>+31102000001</Dial>", "200"),  # not whole
        (b"<Respond><Dial>+31102000001</Dial></Respond>", "200"),  # not TwiML
        (b"<Response><Dial>+31102000001</Dial></Response>", "403"),
        (b"", "204"),
    ],
)
def test_a_wrong_answer_is_found(body: bytes, status: str) -> None:
    """Another number, a document that is none, a refusal: no figure is made of these."""
    head = f"http/1.1 {status} x\r\ncontent-type: text/xml".encode()
    with pytest.raises(Wrong):
        Checker().check(head, body, Expected((b"<Dial", b"+31102000001<")))


def test_a_right_answer_is_taken() -> None:
    """What is to be found wrong differs from this in one thing."""
    right = b"<Response><Dial>+31102000001</Dial></Response>"
    Checker().check(b"http/1.1 200 ok\r\ncontent-type: text/xml", right, Expected((b"<Dial", b"+31102000001<")))


def test_whoever_answers_wrong_is_not_measured(where: Stage, running: ExitStack) -> None:
    """A constant does not pass for somebody who knows where a postcode belongs."""
    raw = next(each for each in CANDIDATES if each.name == RAW)
    serves = running.enter_context(where.running(raw))
    with pytest.raises(Wrong):
        send(serves.port, pool_for_rivals(where.places, EACH)["postcode turn"], EACH, Checker())


def test_unsigned_is_refused_by_all_but_constants(where: Stage, running: ExitStack) -> None:
    """Whoever is compared with ours checks signatures as ours does."""
    there = [each for each in CANDIDATES if not each.missing() and not each.name.endswith("constant")]
    for each in there:
        serves = running.enter_context(where.running(each))
        with pytest.raises(Wrong, match="403"):
            send(serves.port, [_forged()], 1, Checker())


class _Forged(Request):
    def fresh(self) -> bytes:
        """With a field that was not signed."""
        return super().fresh().replace(b"CallStatus=ringing", b"CallStatus=renting")


def _forged() -> Request:
    return _Forged("/voice", call_fields("+31612345601", "ringing"), Expected((b"<Response>",)))


def test_what_the_system_counted(tmp_path: Path) -> None:
    """A process that works is seen to, with its children's work and memory."""
    program = "import socket, os; s = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))\nwhile True: pass"
    with server(("sh", "-c", f'python3 -c "{program}" & wait'), tmp_path / "busy", {}) as busy:
        before = busy.cpu_seconds()
        while busy.cpu_seconds() < before + 0.03:
            pass
        assert len(busy.pids()) == 2
        assert busy.rss_bytes()[0] > 1_000_000


def test_targets_are_judged_by_every_run() -> None:
    """One run of three in which a ratio is too low, and the target does not hold."""

    def run(fastapi: float) -> list[Round]:
        costs = {OURS: 100.0, RAW: 40.0, "FastAPI + twilio": fastapi}
        return [{job: {name: Slice(cost / 1e6, 1e6 / cost) for name, cost in costs.items()} for job in JOBS}]

    told = results.written([run(600), run(600), run(400)], [], Length())
    assert "| FastAPI + twilio | 5 | 6.00, 6.00, 4.00 | **does not hold** |" in told
    assert "| raw ASGI constant | 0.3 | 0.40, 0.40, 0.40 | holds |" in told
    assert "| Flask + twilio | 6 | not measured | not judged |" in told
    assert "| FastAPI + twilio | 6.00 (4.00–6.00) |" in told


def test_growth_is_drawn() -> None:
    """What grows is a line, what is counted from 1 a bar each, and a target is told."""
    panel = Panel("Start", "start", "ms", {"start": [(1, 300.0), (2, 310.0)]}, most=400, size=70.0)
    line = Panel("Places", "places", "µs", {"first turn": [(0, 100.0), (9, 110.0)]})
    shown = picture.drawn([panel, line], "Growth & more", "machine")
    assert (shown.count("<polyline"), shown.count("rx=")) == (1, 2)
    assert "Growth &amp; more" in shown
    assert "at most 400" in shown
    assert "Start: 305 ms, at most 400: holds." in results.growth_told([panel])


@pytest.mark.slow
def test_growth_is_measured(where: Stage) -> None:
    """Every panel of a short run has figures."""
    told = [*growth.panels(where, growth.Effort(turns=4, requests=200, calls=40, starts=1), lambda _: None)]
    assert len(told) == 9
    assert all(y > 0 for panel in told for line in panel.lines.values() for _, y in line)


def test_an_address_is_read_as_twilio_does() -> None:
    """Unescaped, and without the fragment, which tells Twilio how to connect."""
    assert action_of('<Dial callerId="x" action="/a?b=1&amp;c=2#rc=1">') == "/a?b=1&c=2"
    assert action_of("<Hangup/>") == ""
