"""The figures of each failure test, printed at the end of a run, also where several processes ran the tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FIGURES = "figures"  # the name of the property in which a report carries a line
TITLE = "what failed, and what it cost"

Tell = Callable[[str], None]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Tells one line of figures, which is shown at the end whatever becomes of the test."""

    def told(line: str) -> None:
        request.node.user_properties.append((FIGURES, line))

    return told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Every line that was told; reports come from the processes that ran the tests, with their properties."""
    reports = [each for kind in ("passed", "failed", "error") for each in terminalreporter.getreports(kind)]
    ended = [each for each in reports if getattr(each, "when", "") == "call"]
    lines = [(each.nodeid, line) for each in ended for name, line in each.user_properties if name == FIGURES]
    if lines:
        terminalreporter.section(TITLE)
        for _, line in sorted(lines):
            terminalreporter.write_line(line)
