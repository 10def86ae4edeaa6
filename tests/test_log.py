"""The log."""

from __future__ import annotations

import ast
import io
import json
import logging
import os
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO

import pytest
import structlog

from helpline import log

ROOT = Path(__file__).parents[1]
SECRET = "+31612345601"
NOT_OPEN = 999_999  # a descriptor


@dataclass
class Pipe:
    """Stderr as a pipe, while a test runs: pytest puts its own in place again before that."""

    reading: int
    stderr: TextIO
    monkeypatch: pytest.MonkeyPatch

    def tell(self, *told: str) -> None:
        """Lines for it."""
        with self.monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", self.stderr)
            for line in told:
                self.log.error(line.encode())

    def read(self) -> str:
        """All that is in it."""
        return os.read(self.reading, 1 << 20).decode()

    @cached_property
    def log(self) -> log.Stderr:
        """What writes into it."""
        return log.Stderr()


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipe]:
    """A pipe that nobody reads but the test."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stderr:
        yield Pipe(reading, stderr, monkeypatch)
    os.close(reading)


@pytest.fixture
def libraries() -> Iterator[logging.Logger]:
    """A library's own logger, whose lines we tell."""
    log.configure()
    library = logging.getLogger("uvicorn.a-test")
    told = log.OfLibraries(logging.WARNING)
    library.addHandler(told)
    library.propagate = False
    yield library
    library.removeHandler(told)


def lines(text: str) -> list[dict[str, object]]:
    """The lines that were written."""
    return [json.loads(line) for line in text.splitlines() if line]


def test_every_event_is_told() -> None:
    """The page on deploying has a row for each line that the program can write."""
    page = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    events = {
        str(call.args[0].value)
        for path in (ROOT / "helpline").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and re.fullmatch(r"log\.(info|warning|error|critical)|tell", ast.unparse(call.func))
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(events) > 30
    assert [event for event in sorted(events) if f"`{event}`" not in page] == []


def test_a_line_is_json(capfd: pytest.CaptureFixture[str]) -> None:
    """Each line is one JSON object with its time and level."""
    log.configure()
    structlog.get_logger().error("fault", kind="RuntimeError")
    [told] = lines(capfd.readouterr().err)
    assert (told["event"], told["level"], told["kind"]) == ("fault", "error", "RuntimeError")
    assert str(told["timestamp"]).endswith("Z")


def test_what_is_told_of_many_is_what_the_library_would_tell(capfd: pytest.CaptureFixture[str]) -> None:
    """Line for line, but for the time."""
    log.configure()
    told: list[tuple[str, dict[str, Any]]] = [("turn", {"step": "place", "ms": 0.05}), ("text", {"answered": True})]
    for event, fields in told:
        structlog.get_logger().info(event, **fields)
    log.tell(told)
    log.tell([])
    written = [re.sub('"timestamp":"[^"]+Z"', "", line) for line in capfd.readouterr().err.splitlines()]
    assert written[2:] == written[:2]


def test_threads_tell_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of each of them is written, whole, and none of them breaks."""
    told = log.Stderr()
    lines_of = [[bytes([letter]) * 50] * 500 for letter in b"abcdefgh"]
    with (tmp_path / "log").open("wb", buffering=0) as file, ThreadPoolExecutor(len(lines_of)) as pool:
        monkeypatch.setattr(sys, "stderr", file)
        for _ in pool.map(lambda lines: [told.error(line) for line in lines], lines_of):
            pass
        monkeypatch.undo()
    assert Counter((tmp_path / "log").read_bytes().split()) == Counter(chain(*lines_of))


@pytest.mark.parametrize("length", [63, 100])
def test_of_lines_told_at_once_those_are_lost_that_found_no_room(pipe: Pipe, length: int) -> None:
    """What was written is whole, also where the room ends with a line, and of the others it is told how many."""
    told = [f'{{"number": {number:04}}}'.ljust(length).encode() for number in range(3000)]
    with pipe.monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", pipe.stderr)
        pipe.log.msg(*told)
        first = pipe.read()
        pipe.log.msg(b'{"number": "later"}')
    whole = [line for line in first.splitlines(keepends=True) if line.endswith("\n")]
    rest = (first + pipe.read()).splitlines()[len(whole) :]
    assert "".join(whole).encode() == b"".join(line + b"\n" for line in told[: len(whole)])
    assert 0 < len(whole) < len(told)
    assert all(rest)
    assert json.loads(rest[-2])["count"] == len(told) - len(whole)
    assert json.loads(rest[-1]) == {"number": "later"}


def test_a_console_that_is_no_file_is_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    """An editor that shows stderr in a window of its own gets the lines too."""
    log.Stderr().error(b"a line")
    assert capsys.readouterr().err == "a line\n"


def test_a_pipe_that_nobody_reads_holds_nobody_up(pipe: Pipe) -> None:
    """Lines that would have to wait are lost; once somebody reads again, how many were lost is told."""
    pipe.tell(*(f'{{"number": {number}, "filled": "{"x" * 100}"}}' for number in range(3000)))
    before = lines(pipe.read())
    pipe.tell('{"number": "later"}')
    lost, later = lines(pipe.read())
    assert [line["number"] for line in before] == list(range(len(before)))
    assert (lost["event"], lost["count"]) == ("lines_lost", 3000 - len(before))
    assert later["number"] == "later"


def test_a_line_that_is_longer_than_the_room_is_torn_and_the_next_is_not(pipe: Pipe) -> None:
    """A report of which only a part has room spoils no line after it."""
    pipe.tell(f'"{"x" * 200_000}"')
    assert re.fullmatch('"x+', pipe.read())
    pipe.tell('{"event": "later"}')
    after = pipe.read()
    assert after.startswith("\n")
    assert [line["event"] for line in lines(after)] == ["lines_lost", "later"]


def test_a_full_disk_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that finds no room is lost, and nothing else."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr(sys, "stderr", full)
        log.Stderr().error(b"a line")
        monkeypatch.undo()


def test_a_pipe_that_nobody_holds_costs_nothing(pipe: Pipe) -> None:
    """Whatever read the log is gone: its lines are lost, and nothing else."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, pipe.reading)
    os.close(nothing)
    pipe.tell("a line")


def test_a_closed_stderr_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is where stderr was closed, in Python or below it, or was never there."""
    file = io.StringIO()
    file.close()
    for closed in (file, SimpleNamespace(fileno=lambda: NOT_OPEN), None):
        monkeypatch.setattr(sys, "stderr", closed)
        log.Stderr().error(b"a line")
    monkeypatch.undo()


def test_the_servers_own_sentence_is_told(libraries: logging.Logger, capfd: pytest.CaptureFixture[str]) -> None:
    """As it stands in its code: whatever it would fill in is left out."""
    libraries.warning("Invalid HTTP request from %s.", SECRET)
    [told] = lines(capfd.readouterr().err)
    assert (told["event"], told["level"], told["text"]) == ("library", "warning", "Invalid HTTP request from %s.")
    assert "test_log.py:" in str(told["at"])


def test_a_fault_in_a_library_is_told_without_its_words(
    libraries: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its kind and its places, and of a traceback that is told as text only that it is one."""
    try:
        raise ExceptionGroup(SECRET, [RuntimeError(SECRET)])
    except ExceptionGroup as fault:
        libraries.error("Exception in ASGI application\n", exc_info=fault)
    libraries.error(f"Traceback (most recent call last):\n  {SECRET}")
    libraries.error(RuntimeError(SECRET))
    libraries.error(OSError(98, SECRET))
    told = capfd.readouterr().err
    assert SECRET not in told
    first, second, third, fourth = lines(told)
    assert (first["kind"], first["text"]) == ("RuntimeError", "Exception in ASGI application")
    assert second["text"] == "Traceback (most recent call last):"
    assert (third["kind"], "text" in third) == ("RuntimeError", False)
    assert (fourth["kind"], fourth["text"]) == ("OSError", "Address already in use")


def test_other_libraries_have_no_words(capfd: pytest.CaptureFixture[str]) -> None:
    """asyncio tells what it was doing, with what it was doing it with: only where it told that is told."""
    log.configure()
    told = log.OfLibraries(logging.WARNING)
    told.handle(logging.makeLogRecord({"name": "asyncio", "levelno": logging.ERROR, "msg": f"Exception in {SECRET}"}))
    [line] = lines(capfd.readouterr().err)
    assert line["logger"] == "asyncio"
    assert "text" not in line


def test_the_same_thing_is_told_once_a_minute(
    libraries: logging.Logger, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody can send nonsense, as often as they like: the log says so once, later with how often."""
    for number in range(50):
        monkeypatch.setattr(log, "TELL_EVERY_SECONDS", 0 if number == 49 else 60)
        libraries.warning("Invalid HTTP request received.")
    assert [line["count"] for line in lines(capfd.readouterr().err)] == [1, 49]


def test_nothing_is_printed_as_a_traceback(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the program itself, nor in a thread, nor where Python can only complain."""
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    log.configure()
    log.print_no_traceback()
    fault = RuntimeError(SECRET)
    sys.excepthook(RuntimeError, fault, None)
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, fault, None, None)))
    sys.unraisablehook(type("Unraisable", (), {"exc_value": fault})())
    told = capfd.readouterr().err
    assert SECRET not in told
    assert [(line["event"], line["kind"]) for line in lines(told)] == [("uncaught", "RuntimeError")] * 3
