"""What every test of the simulator can ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.service import Service, serving


@pytest.fixture
def service() -> Iterator[Service]:
    """An empty service on a real port."""
    with serving() as running:
        yield running
