"""Telling: each event as a short line."""

from __future__ import annotations

import pytest

from helpline.simulator.events import Asked, Event, How, HungUp, Pressed, Rang, Spoke, Waited, Warned
from helpline.simulator.events import Ended as End
from helpline.simulator.telling import tell


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Asked("dtmf speech", 0.0), "is asked for keys or speech"),
        (Pressed("1", 0.0), "presses 1"),
        (Pressed("1", 0.0, interrupting=True), "presses 1 at once"),
        (Pressed("1", 0.0, left_over=True), "presses 1, left over"),
        (Spoke("Zeist", 0.0), "says Zeist"),
        (Waited(0.0), "waits"),
        (HungUp(0.0), "hangs up"),
        (Rang("+31300000001", "", 0.0), "rings line +31300000001, showing no caller ID"),
        (Warned(12200, "It is odd.", 0.0), "Twilio's debugger shows 12200: It is odd."),
        (End(How.TOO_LONG, 0.0), "ends: it did not end: stopped after six hours"),
    ],
)
def test_tell(event: Event, words: str) -> None:
    """Every event has its words."""
    assert tell(event, lambda number: f"line {number}") == words
