"""What a form sent: its fields in order, bounded before they are read."""

from __future__ import annotations

from urllib.parse import parse_qsl

import anyio
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request

MOST_BYTES = 256 * 1024  # a region file has one or two kB
MOST_FIELDS = 1000
MOST_SECONDS = 20  # on a slow telephone
FORM = "application/x-www-form-urlencoded"

Fields = ImmutableMultiDict[str, str]


class Unread(Exception):
    """What was sent is not read; `status` says why, as HTTP does."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def fields_of(request: Request) -> Fields:
    """The fields of the form that was sent. Raises Unread."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Unread(415)
    with anyio.move_on_after(MOST_SECONDS) as reading:
        body = await _body(request)
    if reading.cancelled_caught:
        raise Unread(408)
    try:
        found = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Unread(413) from None
    return ImmutableMultiDict((name, _plain(value)) for name, value in found)


def nothing() -> Fields:
    """No fields."""
    return ImmutableMultiDict()


def _plain(value: str) -> str:
    """Line ends as we write them, not as forms do; and without what no text has and PostgreSQL takes in none."""
    return value.replace("\r\n", "\n").replace("\0", "")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Unread(413)
    return bytes(body)
