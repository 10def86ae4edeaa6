"""Notes of calls and texts between a request and the database: in memory, and never more than there is room for."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import NamedTuple, TypeAlias

from helpline.directory.table import Table
from helpline.flow.trail import Trail
from helpline.switchboard.text_story import TextStory

ROOM = 20_000  # some ten MB; a busy day of calls, in which the database is away


class TurnNote(NamedTuple):
    """A turn was answered: the first of its call where it `begun`; `rings` where a line is to ring now.

    `hashed` is the keyed hash of the SID, `at` when this was noted; so below. `spoken` says that words led to it.
    """

    hashed: str
    at: datetime
    table: Table
    trail: Trail
    begun: bool
    rings: bool
    spoken: bool


class FaultNote(NamedTuple):
    """A fault of ours was answered with the last resort."""

    hashed: str
    at: datetime


class OverNote(NamedTuple):
    """The carrier told that a call is over, which took so many seconds; None where it does not say."""

    hashed: str
    at: datetime
    seconds: int | None


class TextNote(NamedTuple):
    """A text was answered, or got no answer."""

    hashed: str
    at: datetime
    story: TextStory


Note: TypeAlias = TurnNote | FaultNote | OverNote | TextNote


class Notes:
    """Filled on the path of a call, by any thread: what finds no room costs the oldest note, not the call."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._waiting: deque[Note] = deque()
        self._taken: Sequence[Note] = ()
        self._lock = Lock()  # held for some instructions only, never while anything is waited for
        self.written = 0
        self.lost = 0

    @property
    def waiting(self) -> int:
        """How many are not written yet, with those that are just being written."""
        return len(self._waiting) + len(self._taken)

    @property
    def past(self) -> int:
        """How many wait no more: they are written or lost."""
        return self.written + self.lost

    def put(self, note: Note) -> None:
        """One more."""
        with self._lock:
            if len(self._waiting) >= self._room:
                self._waiting.popleft()
                self.lost += 1
            self._waiting.append(note)

    def take(self, most: int) -> Sequence[Note]:
        """The oldest, to be written by the one who takes them; they wait until it says what became of them."""
        with self._lock:
            self._taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            return self._taken

    def done(self, unread: int) -> None:
        """Those that were taken are written, but for so many that could not be read."""
        with self._lock:
            self.written += len(self._taken) - unread
            self.lost += unread
            self._taken = ()

    def give_back(self) -> None:
        """Those that were taken are not written, and wait again; as many of the newer ones as there is room for."""
        with self._lock:
            kept = self._taken[max(0, len(self._taken) + len(self._waiting) - self._room) :]
            self.lost += len(self._taken) - len(kept)
            self._waiting.extendleft(reversed(kept))
            self._taken = ()

    def lose(self) -> None:
        """Those that were taken cannot be written at all."""
        with self._lock:
            self.lost += len(self._taken)
            self._taken = ()
