"""What a program of release 0001 does all the time, as it then was: it publishes, and looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from sqlalchemy import text

from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN


def write(database: Database) -> None:
    """An entry of the record, in the columns that 0001 had."""
    Versions(database).note(at=BEGIN, author="an", action="check", subject="", reason="")


def read(database: Database) -> None:
    """The live version, and the record."""
    with database.reading() as connection:
        connection.execute(text("SELECT number, digest FROM versions ORDER BY number DESC LIMIT 1")).first()
        connection.execute(text("SELECT entry, at, author, action, subject, reason, hash FROM record")).all()


class Traffic:
    """Acts done over and over, each by a thread of its own, until it is left; `faults` is what went wrong."""

    def __init__(self, acts: Iterable[Callable[[], None]]) -> None:
        self.faults: list[Exception] = []
        self._done = 0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._go_on, args=(act,)) for act in acts]

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def goes_on(self) -> None:
        """Returns when some more was done. Raises TimeoutError where all of it hangs."""
        wanted, deadline = self._done + 20, time.monotonic() + 60
        while self._done < wanted:
            if self.faults:
                raise self.faults[0]
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.02)

    def _go_on(self, act: Callable[[], None]) -> None:
        while not self._over.is_set():
            try:
                act()
                self._done += 1
            except Exception as fault:
                self.faults.append(fault)
