"""From which address a sign-in comes: that of the connection, or what the outermost proxy of ours saw.

1. Each proxy adds at the end of X-Forwarded-For whom it was asked by. So with `proxies` of ours before us the entry
   that many from the end is true, and all before it is what a stranger wrote.
2. Who has one IPv6 address has all that begin alike: the first 64 bits count.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request


def address_of(request: Request, proxies: int) -> str:
    """The address, or the part of it that counts; empty where there is none."""
    direct = request.client.host if request.client else ""
    told = [each.strip() for line in request.headers.getlist("x-forwarded-for") for each in line.split(",")]
    seen = [*told, direct]
    return _counted(seen[max(-1 - proxies, -len(seen))])


def _counted(written: str) -> str:
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return address.exploded[:19]
