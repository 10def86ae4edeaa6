"""How keys are pressed, in words: what they mean, and what is written of keys that were pressed so."""

from __future__ import annotations

import pytest

from helpline.simulator.keying import keys_for, words_for
from helpline.simulator.party import Keys


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("3511", Keys("3511")),
        ("*#", Keys("*#")),
        ("3511 at once", Keys("3511", at_once=True)),
        ("3511 after 5 seconds", Keys("3511", 5.0)),
        ("35 then 11 after 3 seconds", Keys("3511", pauses=((2, 3.0),))),
        ("3 after 2 seconds then 51 after 4 seconds", Keys("351", 2.0, pauses=((1, 4.0),))),
        ("3 at once then # after 3 seconds", Keys("3#", pauses=((1, 3.0),), at_once=True)),
    ],
)
def test_both_ways(words: str, keys: Keys) -> None:
    """What is read is written the same."""
    assert keys_for(words) == keys
    assert words_for(keys.keys, keys.waits, at_once=keys.at_once) == words


@pytest.mark.parametrize("words", ["", "three", "35 11", "35 then 11", "35 after", "35 then after 3 seconds"])
def test_no_words_for_keys(words: str) -> None:
    """Anything else means no keys."""
    assert keys_for(words) is None


def test_an_even_pace_is_written_key_by_key() -> None:
    """A pace other than the usual one is told before each key."""
    assert words_for("351", Keys("351", 0.6, 2.0).waits) == "3 then 5 after 2 seconds then 1 after 2 seconds"


def test_the_rest_of_the_keys() -> None:
    """What is left of keys keeps its pauses; the first of them comes sooner by what has passed."""
    keys = Keys("3511#", 1.0, 0.5, ((2, 4.0), (4, 3.0)))
    assert keys.rest(2, 1.5).waits == (2.5, 0.5, 3.0)
    assert keys.rest(5, 1.5) == Keys("")
