"""A Twilio, a database and a clock, and a service on them that deletes what is over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import anyio

from helpline.storage.database import Database
from helpline.storage.erasures import Erasures
from helpline.upkeep.erasing import Eraser
from tests.clock import Clock
from tests.conftest import OWN_NUMBER, TODAY
from tests.upkeep.at_twilio import AtTwilio


@dataclass
class World:
    """All of it; the service can be started anew."""

    file: Path
    twilio: AtTwilio = field(default_factory=AtTwilio)
    clock: Clock = field(default_factory=lambda: Clock(TODAY))
    told: list[int] = field(default_factory=list)
    eraser: Eraser = field(init=False)

    def __post_init__(self) -> None:
        self.database.upgrade()
        self.restart()
        self.round()  # the sweep at the start, so that the next is an hour away
        self.twilio.asked.clear()

    @property
    def database(self) -> Database:
        """As a process opens it that waits no longer than a test may."""
        return Database(f"sqlite:///{self.file}", wait_ms=10)

    @property
    def erasures(self) -> Erasures:
        """The queue."""
        return Erasures(self.database)

    def restart(self) -> None:
        """Another process: nothing of the memory is left."""
        self.eraser = Eraser(self.erasures, self.twilio, self.clock, [OWN_NUMBER], self.told.append)

    def round(self, after: timedelta = timedelta()) -> None:
        """One look, so much later."""
        self.clock.moment += after
        anyio.run(self.eraser.round)

    def rows(self) -> list[tuple[str, str | None, int]]:
        """The table as it stands in the file."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute("SELECT sid, due, tries FROM erasures ORDER BY sid").fetchall()

    def deleted(self) -> list[str]:
        """What Twilio was asked to delete so far."""
        return [what.removeprefix("delete ") for what in self.twilio.asked if what.startswith("delete ")]
