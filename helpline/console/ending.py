"""Whether this process was told to end: what is open for as long as somebody watches must not hold it up.

The server waits for open answers before it tells its application that it ends. So the signal is heard here too, and
then by the server as before.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

Hears = Callable[[int, FrameType | None], object]
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Ending:
    """`has_begun` once a signal came that ends the process, or `begin` was called."""

    def __init__(self) -> None:
        self.has_begun = False
        self._listens = False

    def begin(self) -> None:
        """The end begins."""
        self.has_begun = True

    def listen(self) -> None:
        """Hears the signals that a server has set itself to hear; only the main thread can."""
        if self._listens or threading.current_thread() is not threading.main_thread():
            return
        self._listens = True
        for each in SIGNALS:
            before = signal.getsignal(each)
            if callable(before):
                signal.signal(each, self._heard_before(before))

    def _heard_before(self, before: Hears) -> Hears:
        def heard(number: int, frame: FrameType | None) -> None:
            self.begin()
            before(number, frame)

        return heard
