"""How far a crowd is: one line that writes itself again, on a terminal only; and how fast it went."""

from __future__ import annotations

import sys
import time

from helpline.simulator.crowd_tally import Tally

SHOWN_EVERY_SECONDS = 0.2
ANEW = "\r\x1b[K"  # the line from its beginning, emptied


class Progress:
    """Of so many calls in all."""

    def __init__(self, calls: int) -> None:
        self._calls = calls
        self._began = self._shown = time.monotonic()

    def show(self, tally: Tally) -> None:
        """Where a person looks on, and not so often that it flickers."""
        if sys.stderr.isatty() and time.monotonic() - self._shown >= SHOWN_EVERY_SECONDS:
            self._shown = time.monotonic()
            lost, wrong = tally.all.outcomes["lost"], tally.all.wrong
            sys.stderr.write(f"{ANEW}{tally.all.calls:,} of {self._calls:,} calls, {lost} lost, {wrong} wrongly routed")
            sys.stderr.flush()

    def speed(self, tally: Tally) -> str:
        """How long it took and how many calls that is a second; the line is gone from then on."""
        if sys.stderr.isatty():
            sys.stderr.write(ANEW)
        seconds, calls = time.monotonic() - self._began, tally.all.calls
        is_whole = calls == self._calls
        played = (
            f"{calls:,} calls in {seconds:.0f} s" if is_whole else f"{calls:,} of {self._calls:,} calls, then stopped"
        )
        return f"{played}: {calls / seconds:.0f} a second"
