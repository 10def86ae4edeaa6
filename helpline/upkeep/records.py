"""Calls and texts are written down after their answer, as rows that tell of nobody.

1. A request leaves a note in memory and goes on: it waits for nothing here, and no fault of it reaches a call.
2. A note has the keyed hash of a SID from the first moment; the SID itself is nowhere.
3. One thread writes, however long the database hangs; what is written twice is written once.
4. Only records are ever lost: the oldest, where memory is full. That is counted, logged once a minute, and an alert.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from threading import Event, Thread
from typing import TYPE_CHECKING

import anyio
import structlog

from helpline.errors import DatabaseAway
from helpline.log import without_words
from helpline.switchboard.text_story import TextStory
from helpline.switchboard.turn import PutThrough, Turn
from helpline.upkeep.note_folding import Stories, folded
from helpline.upkeep.notes import FaultNote, Notes, OverNote, TextNote, TurnNote

if TYPE_CHECKING:  # the thread that writes loads what it needs
    from helpline.storage.calls import Calls

EVERY_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0  # between two tries while the database is away
AT_ONCE = 5_000  # notes in a transaction: many, since each transaction costs as much as hundreds of notes
HASH_BYTES = 16  # no two calls have the same, and an index of them stays small
SMALLER = 10  # times, after each refusal
MOST_TRIES = 3  # of a single note
TELL_EVERY_SECONDS = 60
LAST_WRITE_SECONDS = 5.0  # at the end, of the ten that a stopping server has
LOOK_SECONDS = 0.02  # whether the last write is done

log = structlog.get_logger()


class Records:
    """What is written down by one process. `key` makes the hashes; `tell` gets how many notes were just lost."""

    def __init__(self, calls: Calls, key: bytes, clock: Callable[[], datetime], tell: Callable[[int], None]) -> None:
        self._calls = calls
        self._key = key
        self._clock = clock
        self._tell = tell
        self._notes = Notes()
        self._stories = Stories()
        self._away = False
        self._tries = 0
        self._at_once = AT_ONCE
        self._told_lost = 0
        self._told_at = float("-inf")

    def turned(self, sid: str, turn: Turn, *, begun: bool, spoken: bool) -> None:
        """A turn of a call was answered, its first where it has `begun`; `spoken` says that words led to it."""
        if sid:
            rings = isinstance(turn.then, PutThrough)
            self._notes.put(TurnNote(self._hashed(sid), self._clock(), turn.table, turn.trail, begun, rings, spoken))

    def faulted(self, sid: str) -> None:
        """A fault of ours in a call was answered with the last resort."""
        if sid:
            self._notes.put(FaultNote(self._hashed(sid), self._clock()))

    def over(self, sid: str, seconds: int | None) -> None:
        """The carrier told that a call is over, and how long it took; None where it does not say."""
        if sid:
            self._notes.put(OverNote(self._hashed(sid), self._clock(), seconds))

    def texted(self, sid: str, story: TextStory) -> None:
        """A text came in, and this was made of it."""
        if sid:
            self._notes.put(TextNote(self._hashed(sid), self._clock(), story))

    @property
    def waiting(self) -> int:
        """Notes that are not written yet."""
        return self._notes.waiting

    @property
    def dropped(self) -> int:
        """Notes that were lost since the start."""
        return self._notes.lost

    @property
    def written(self) -> int:
        """Notes that were written since the start."""
        return self._notes.written

    async def run(self) -> None:
        """Writes until cancelled; then what still waits, for some seconds at most."""
        stop = Event()
        # Not one of the threads that answer: they are few, and the program waits for each of them when it ends.
        writer = Thread(target=self._write_on, args=(stop,), name="records", daemon=True)
        writer.start()
        try:
            while True:
                await anyio.sleep(EVERY_SECONDS)
                self._tell_of_lost()
        finally:
            stop.set()
            with anyio.move_on_after(LAST_WRITE_SECONDS, shield=True):
                while writer.is_alive():
                    await anyio.sleep(LOOK_SECONDS)
            self._tell_of_lost(at_the_end=True)
            if self.waiting:
                log.error("records_lost", count=self.waiting, help="The database was away when the service ended.")

    def write(self) -> bool:
        """Writes all that waits now; False where that has to be tried again.

        What comes in meanwhile waits for the next time: each transaction costs as much as hundreds of notes.
        """
        until = self._notes.past + self._notes.waiting
        while taken := self._notes.take(min(self._at_once, until - self._notes.past)):
            try:
                batch, unread = folded(taken, self._stories.told)
                self._calls.write(batch)
            except DatabaseAway as away:
                self._notes.give_back()
                if not self._away:
                    log.error("records_database_away", problem=str(away), help=away.help)
                self._away = True
                return False
            except Exception as fault:
                if self._not_taken(len(taken), fault):
                    continue
                return False
            self._notes.done(unread)
            self._done_with()
            if self._away:
                log.info("records_database_back")
                self._away = False
        return True

    def _not_taken(self, count: int, fault: Exception) -> bool:
        """The database is there and does not take a batch: in ever smaller ones, only the note at fault is lost.

        True where a smaller one can be tried at once.
        """
        log.error("records_not_written", count=count, **without_words(fault))
        self._tries += count == 1
        if self._tries >= MOST_TRIES:
            self._notes.lose()
            self._done_with()
            return False
        self._notes.give_back()
        self._at_once = max(1, count // SMALLER)
        return count > 1

    def _done_with(self) -> None:
        """The notes that were taken are; the next may be more."""
        self._tries = 0
        self._at_once = min(AT_ONCE, self._at_once * SMALLER)

    def _write_on(self, stop: Event) -> None:
        failed = 0
        while not stop.wait(_pause(failed)):
            failed = 0 if self.write() else failed + 1
        until = time.monotonic() + LAST_WRITE_SECONDS
        while not self.write() and time.monotonic() < until:
            time.sleep(EVERY_SECONDS)

    def _tell_of_lost(self, *, at_the_end: bool = False) -> None:
        """Once a minute at most, so that a database that is away for hours does not fill the log."""
        lost = self.dropped - self._told_lost
        if lost and (at_the_end or time.monotonic() - self._told_at >= TELL_EVERY_SECONDS):
            log.error("records_lost", count=lost, help="See records_database_away in the log, and mend the database.")
            self._tell(lost)
            self._told_lost, self._told_at = self.dropped, time.monotonic()

    def _hashed(self, sid: str) -> str:
        return blake2b(sid.encode(errors="surrogatepass"), key=self._key, digest_size=HASH_BYTES).hexdigest()


def _pause(failed: int) -> float:
    """Before the next look, after so many in a row that failed; processes that failed together part."""
    seconds: float = min(EVERY_SECONDS * 2 ** min(failed, 10), LONGEST_PAUSE_SECONDS)
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
