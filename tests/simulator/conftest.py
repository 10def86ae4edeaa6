"""What every test of the simulator can ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.service import Service, serving


def pytest_configure(config: pytest.Config) -> None:
    """Headings of tests; see tests/simulator/facts.py."""
    config.addinivalue_line("markers", "fact(subject, *rows): the rows about Twilio that the test shows")


@pytest.fixture
def service() -> Iterator[Service]:
    """An empty service on a real port."""
    with serving() as running:
        yield running
