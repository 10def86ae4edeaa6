"""What is told of a fault: our own words or the system's; of any other its kind and place, whoever would print more."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from typing import cast

import anyio
import pytest

from helpline import log
from helpline.bootstrap import Helpline
from helpline.errors import HelplineError, UnknownRegion
from helpline.upkeep.fallback import FallbackFile
from helpline.web import refresh
from helpline.web.refresh import keep_table_fresh
from tests.cli.test_command import ROOT

SECRET = "+31612345601"
MOST_SECONDS = 20
ENOUGH = 4  # by then what came of the first two was told

# What Python prints by itself, past all hooks for faults that nobody caught.
BY_PYTHON = {
    "a warning": f"import warnings; warnings.warn('{SECRET}')",
    "a warning of bytes": f"import warnings; warnings.warn(BytesWarning('{SECRET}'))",
    "a process of multiprocessing": f"""
import multiprocessing
def broken(): raise KeyError('{SECRET}')
process = multiprocessing.get_context('fork').Process(target=broken, name='it')
process.start()
process.join()""",
    "a line of a library's that cannot be written": f"""
import logging
logging.getLogger('library').addHandler(logging.StreamHandler())
logging.getLogger('library').error('%d of them', '{SECRET}')""",
}
OURS = "from helpline import log; log.configure(); log.print_no_traceback()\n"


@pytest.mark.parametrize("what", BY_PYTHON)
def test_what_python_would_print_is_a_line_without_words(what: str) -> None:
    """In a process that is ours alone."""
    command = [sys.executable, "-c", OURS + BY_PYTHON[what]]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert SECRET not in told.stdout + told.stderr
    line = json.loads([each for each in told.stderr.splitlines() if each.startswith("{")][-1])
    assert line["event"] in ("library", "uncaught")
    assert line["at"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (UnknownRegion("utrech"), "The routing table has no organisation called 'utrech'."),
        (HelplineError("It is so."), "It is so."),
        (OSError(errno.ENOSPC, SECRET, SECRET), "No space left on device"),
        (OSError(SECRET), None),
        (RuntimeError(SECRET), None),
        (KeyError(SECRET), None),
    ],
)
def test_only_words_that_are_known_are_told(fault: Exception, words: str | None) -> None:
    """Ours hold nothing of a caller, and the system's are those of the kind of fault."""
    assert log.problem(fault) == words


def test_a_table_that_cannot_be_followed_is_told_without_words(
    helpline: Helpline, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor does the fallback document that cannot be written say why in any words but ours."""

    class Broken:
        def write(self, _table: object) -> bool:
            raise RuntimeError(SECRET)

    looks: list[str] = []

    def broken() -> None:
        looks.append(SECRET)
        raise LookupError(SECRET)

    async def followed() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(keep_table_fresh, helpline.directory, helpline.alerts, cast(FallbackFile, Broken()))
            with anyio.fail_after(MOST_SECONDS):
                while len(looks) < ENOUGH:
                    await anyio.sleep(0.01)
            tasks.cancel_scope.cancel()

    log.configure()
    monkeypatch.setattr(refresh, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(helpline.directory, "look", broken)
    monkeypatch.setattr(helpline.directory, "follow", broken)
    anyio.run(followed)
    told = capfd.readouterr().err
    assert SECRET not in told
    lines = {line["event"]: line for line in map(json.loads, told.splitlines())}
    assert lines.keys() == {"fallback_not_written", "table_refused", "clock_not_followed"}
    assert [(line["problem"], bool(line["at"])) for line in lines.values()] == [(None, True)] * 3
