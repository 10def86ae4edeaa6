"""Speech: what is heard of a Say, and how long it lasts."""

from __future__ import annotations

import pytest

from helpline.simulator.elements import read_xml
from helpline.simulator.speech import heard, pauses, seconds_to_say


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("Veilig Thuis", 0.8), ("Bel 112", 1.6), ("Bel 1 1 2", 1.6), ("", 0.0), ("'s-Hertogenbosch", 0.4)],
)
def test_seconds(text: str, seconds: float) -> None:
    """Two and a half words a second, each digit a word."""
    assert seconds_to_say(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("Bel\n  112", "Bel 112"),
        ('Bel <say-as interpret-as="digits">112</say-as> nu', "Bel 1 1 2 nu"),
        ('<sub alias="Veilig Thuis">VT</sub>', "Veilig Thuis"),
        ("<p>een</p><p>twee</p>", "een twee"),
        ('een<break time="1s"/>twee', "een twee"),
    ],
)
def test_heard(inside: str, words: str) -> None:
    """SSML is heard, not read: digits are spelled, an alias is said instead, breaks separate."""
    assert heard(read_xml(f"<Say>{inside}</Say>".encode())) == words


@pytest.mark.parametrize(
    ("inside", "seconds"),
    [
        ('<break time="500ms"/><p>a<break time="1.5s"/></p>', 2.0),
        ('<break strength="strong"/>', 0.75),
        ("<break/>", 0.5),
        ("words", 0.0),
    ],
)
def test_pauses(inside: str, seconds: float) -> None:
    """Breaks last as long as they say."""
    assert pauses(read_xml(f"<Say>{inside}</Say>".encode())) == pytest.approx(seconds)
