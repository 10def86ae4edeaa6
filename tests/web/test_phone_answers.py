"""What a browser sends, read."""

from __future__ import annotations

import pytest

from helpline.web.phone_answers import caller_of

LANDLINE = "+31300123456"


@pytest.mark.parametrize(
    ("written", "caller"),
    [
        ("anonymous", "anonymous"),
        ("+31 30 012 3456", LANDLINE),
        ("030-012 34 56", LANDLINE),
        ("0031 (30) 0123456", LANDLINE),
        ("nobody", None),
        ("", None),
        (7, None),
    ],
)
def test_who_calls(written: object, caller: str | None) -> None:
    """A number may be written as people write it; what is none is refused."""
    assert caller_of(written) == caller
