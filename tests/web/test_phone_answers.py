"""What a browser sends, read."""

from __future__ import annotations

import pytest

from helpline.simulator.party import Answered, Keys, Silent, Spoken
from helpline.web.phone_answers import caller_of, reply_of
from helpline.web.phone_call import Listens, Reply

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


@pytest.mark.parametrize(
    ("act", "what", "reply"),
    [
        ("keys", "3011", Keys("3011")),
        ("keys-at-once", "3011", Keys("3011", at_once=True)),
        ("keys-at-once", "3o11", None),
        ("listens", None, Listens()),
        ("words", "  Den   Haag ", Spoken("Den Haag")),
        ("silence", None, Silent()),
        ("ring", "answered and presses nothing", Answered(key="")),
        ("ring", "never mind", None),
    ],
)
def test_what_is_done(act: str, what: object, reply: Reply | None) -> None:
    """Each act with what goes with it is one of a person's; anything else is none."""
    assert reply_of(act, what) == reply
