"""Twilio's side of the wire, connected to the running service."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.web.carrier import Carrier


@pytest.fixture
def carrier(address: str) -> Iterator[Carrier]:
    """Signed requests to the running service."""
    with httpx.Client(base_url=address) as client:
        yield Carrier(client)
