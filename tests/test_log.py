"""The log."""

from __future__ import annotations

import json
import sys

import pytest
import structlog

from helpline import log


def test_a_line_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is one JSON object with its time and level."""
    log.configure()
    structlog.get_logger().error("fault", kind="RuntimeError")
    told = json.loads(capsys.readouterr().err)
    assert (told["event"], told["level"], told["kind"]) == ("fault", "error", "RuntimeError")
    assert told["timestamp"].endswith("Z")


@pytest.mark.parametrize("fault", [OSError("disk full"), ValueError("closed")])
def test_a_log_that_cannot_be_written_costs_nothing(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    """A full disk or a closed pipe loses a line, never a call."""

    class Full:
        def write(self, text: str) -> int:
            raise fault

        def flush(self) -> None:
            raise fault

    monkeypatch.setattr(sys, "stderr", Full())
    log.Stderr().error("a line")
