"""The calls that browsers have under way: a handful at a time, each in a thread, none kept after its end."""

from __future__ import annotations

import threading

import structlog

from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal_line import RehearsalLine
from helpline.web.phone_call import BrowserCall
from helpline.web.phone_way import WayOfCall

MOST_CALLS = 4
LEFT_ALONE_SECONDS = 600.0
KEPT_SECONDS = 15.0  # after its end, for a browser that has lost its connection to hear the rest

log = structlog.get_logger()


class Calls:
    """Begins calls, and finds them again by their token."""

    def __init__(self, patience: float) -> None:
        self.are_ending = False
        self._patience = patience
        self._calls: dict[str, BrowserCall] = {}
        self._lock = threading.Lock()

    def begin(self, caller: str, line: RehearsalLine) -> BrowserCall | None:
        """A call from this caller on this line; None where there are too many already."""
        call = BrowserCall(caller, line.line_of, WayOfCall(), self._patience)
        with self._lock:
            if self.are_ending or sum(not each.is_over for each in self._calls.values()) >= MOST_CALLS:
                return None
            self._calls[call.token] = call
        threading.Thread(target=self._play, args=(call, line.telephone), daemon=True).start()
        return call

    def find(self, token: str) -> BrowserCall | None:
        """The call of this token, if it is under way."""
        return self._calls.get(token)

    def hang_up(self) -> None:
        """All of them, since the service stops."""
        self.are_ending = True
        with self._lock:
            for call in self._calls.values():
                call.hang_up()
                call.is_told.set()

    def _play(self, call: BrowserCall, telephone: Telephone) -> None:
        try:
            telephone.call(call.caller, call)
        except Exception as broken:  # told by its kind only: its message could hold what was keyed
            log.error("fault", kind=type(broken).__name__, at="the browser's telephone")
        call.end()
        call.is_told.wait(KEPT_SECONDS)
        with self._lock:
            del self._calls[call.token]
