"""The log: one JSON line on stderr for each thing worth knowing, and never anything of a caller.

1. No line is waited for: what stderr does not take at once is lost, and how much was lost is told once it takes again.
2. Of a fault a line holds the kind and the places in the code, never its words: they could hold what a caller keyed.
   The same goes for what libraries tell, and for what Python itself would print as a traceback or a warning.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import select
import sys
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, MutableMapping
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson
import structlog

from helpline.errors import HelplineError

AT_ONCE = 4096  # bytes; a pipe that has room has room for so many: PIPE_BUF, https://man7.org/linux/man-pages/man7/pipe.7.html
TELL_EVERY_SECONDS = 60  # of the same thing in a library, which anybody on the net may be able to cause

log = structlog.get_logger()


class Stderr:
    """Writes lines as long as nobody has to wait: a full disk, a closed pipe or one that nobody reads costs no call."""

    def __init__(self) -> None:
        self.least = logging.INFO
        self._lost = 0
        self._torn = False

    def msg(self, *lines: bytes) -> None:
        """One line, or several at once."""
        before = b"\n" if self._torn else b""
        if self._lost:
            before += _lines_lost(self._lost) + b"\n"
        told = b"\n".join(lines) + b"\n"
        left = len(before) + len(told)
        with contextlib.suppress(OSError, ValueError, AttributeError):  # full, closed, or never there
            left = self._unwritten(before + told)
        lost_before = self._lost if left > len(told) else 0
        self._lost = lost_before + told[max(0, len(told) - left) :].count(b"\n")

    error = critical = msg

    def info(self, *lines: bytes) -> None:
        """What goes as it should."""
        if self.least <= logging.INFO:
            self.msg(*lines)

    def warning(self, line: bytes) -> None:
        """One line of what somebody should look at."""
        if self.least <= logging.WARNING:
            self.msg(line)

    def _unwritten(self, lines: bytes) -> int:
        """Writes what can be written without anybody waiting; how many bytes are left."""
        try:
            descriptor = sys.stderr.fileno()
        except io.UnsupportedOperation:  # no file at all, such as a window of an editor
            sys.stderr.write(lines.decode())
            return 0
        room = select.poll()  # one of its own: two threads may tell of something at once
        room.register(descriptor, select.POLLOUT)
        left = lines
        while left and (there := room.poll(0)) and there[0][1] & select.POLLOUT:
            written = os.write(descriptor, left[:AT_ONCE])
            self._torn = left[written - 1 : written] != b"\n"
            left = left[written:]
        return len(left)


_STDERR = Stderr()


def configure(least: int = logging.INFO) -> None:
    """Called by each process before it does anything; of less weight than `least` nothing is told, for a terminal."""
    _STDERR.least = least
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _at,
            structlog.processors.JSONRenderer(serializer=_as_json),
        ],
        logger_factory=lambda *_: _STDERR,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    if not any(isinstance(each, OfLibraries) for each in root.handlers):
        root.addHandler(OfLibraries(logging.WARNING))


def tell(told: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """The lines that `log.info(event, **told)` writes of each, at a fraction of its cost: for the many alike."""
    at = {"level": "info", "timestamp": datetime.now(UTC)}
    if lines := [_as_json({**each, "event": event, **at}) for event, each in told]:
        _STDERR.info(*lines)


def print_no_traceback() -> None:
    """For a process that is ours alone: a fault that nobody caught is a line as well, and so is a warning."""
    sys.excepthook = lambda _kind, fault, _places: _uncaught(fault)
    threading.excepthook = lambda told: _uncaught(told.exc_value)
    sys.unraisablehook = lambda told: _uncaught(told.exc_value)
    traceback.print_exc = _uncaught_here  # by multiprocessing, when a worker ends with a fault
    logging.raiseExceptions = False  # else a line that cannot be written is printed, with all that it was to say
    warnings.showwarning = _warned


def without_words(fault: BaseException | None) -> dict[str, Any]:
    """What a line may hold of a fault: its kind, and the files, lines and functions it came through, innermost last."""
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    frames = traceback.extract_tb(fault.__traceback__) if fault else []
    return {"kind": type(fault).__name__, "at": [f"{each.filename}:{each.lineno} {each.name}" for each in frames]}


def problem(fault: BaseException) -> str | None:
    """What is wrong, in our own words or the system's; None where it has others, which could hold anything."""
    if isinstance(fault, HelplineError):
        return str(fault)
    return os.strerror(fault.errno) if isinstance(fault, OSError) and fault.errno else None


class OfLibraries(logging.Handler):
    """Warnings and errors of libraries, the server's among them, each at most once a minute with how many there were.

    Only the server's own sentences are told, as they stand in its code, and the system's word for what it refused.
    """

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._told: dict[tuple[str, str], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """One line, or none."""
        fault = record.exc_info[1] if record.exc_info else record.msg
        told: dict[str, Any] = {"at": [f"{record.pathname}:{record.lineno} {record.funcName}"]}
        if isinstance(fault, BaseException):
            told = without_words(fault) if fault.__traceback__ else told | {"kind": type(fault).__name__}
        if isinstance(fault, OSError) and fault.errno:
            told["text"] = os.strerror(fault.errno)
        elif record.name.startswith("uvicorn") and isinstance(record.msg, str):
            told["text"] = record.msg.partition("\n")[0]
        this = record.name, str(told)
        self._counts[this] += 1
        if time.monotonic() - self._told.get(this, float("-inf")) >= TELL_EVERY_SECONDS:
            self._told[this] = time.monotonic()
            tell = log.error if record.levelno >= logging.ERROR else log.warning
            tell("library", logger=record.name, **told, count=self._counts.pop(this))


def _uncaught(fault: BaseException | None) -> None:
    log.critical("uncaught", **without_words(fault))


def _uncaught_here(*_: object, **__: object) -> None:
    _uncaught(sys.exception())


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """As a line of a library's, which tells its kind and place."""
    logging.getLogger("warnings").handle(
        logging.LogRecord("warnings", logging.WARNING, filename, lineno, message, None, None, func="")
    )


def _at(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    line["timestamp"] = datetime.now(UTC)
    return line


def _as_json(line: dict[str, Any], **_options: Any) -> bytes:
    return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z)


def _lines_lost(count: int) -> bytes:
    return _as_json({"count": count, "event": "lines_lost", "level": "warning", "timestamp": datetime.now(UTC)})
