"""From which address a sign-in comes."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from helpline.console.address import address_of


def asked(client: str | None, *forwarded: str) -> Request:
    """A request from there, with these headers of proxies."""
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return Request({"type": "http", "client": (client, 1234) if client else None, "headers": headers})


@pytest.mark.parametrize(
    ("client", "forwarded", "proxies", "address"),
    [
        ("10.0.0.1", (), 0, "10.0.0.1"),
        ("10.0.0.1", ("198.51.100.1",), 0, "10.0.0.1"),
        ("10.0.0.1", ("198.51.100.1",), 1, "198.51.100.1"),
        ("10.0.0.1", ("8.8.8.8, 198.51.100.1",), 1, "198.51.100.1"),
        ("10.0.0.1", ("8.8.8.8", "198.51.100.1"), 1, "198.51.100.1"),
        ("10.0.0.1", ("8.8.8.8, 198.51.100.1, 10.0.0.2",), 2, "198.51.100.1"),
        ("10.0.0.1", (), 2, "10.0.0.1"),
        (None, (), 0, ""),
        ("2001:db8:1:2:3:4:5:6", (), 0, "2001:0db8:0001:0002"),
        ("2001:db8:1:2:aaaa::", (), 0, "2001:0db8:0001:0002"),
        ("::ffff:198.51.100.1", (), 0, "198.51.100.1"),
        ("10.0.0.1", ("unknown",), 1, "unknown"),
    ],
)
def test_whose_address_counts(client: str | None, forwarded: tuple[str, ...], proxies: int, address: str) -> None:
    """What the outermost proxy of ours saw; nothing that a stranger can write; of IPv6 the part that one has."""
    assert address_of(asked(client, *forwarded), proxies) == address
