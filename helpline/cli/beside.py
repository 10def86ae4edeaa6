"""A helpline in a process of its own, beside those who call it, so that neither takes the other's core."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection

from helpline import log
from helpline.cli.local import local_helpline
from helpline.errors import SettingsFault
from helpline.settings import Settings
from helpline.simulator.player import Telephone

START_SECONDS = 30


class Beside:
    """The helpline there: its telephone, and its clock, which stands where it is set."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.telephone: Telephone = self._told()

    def set_clock(self, moment: datetime) -> None:
        """From now on it is this moment there; for calls that begin from then on."""
        self._pipe.send(moment)
        self._told()

    def _told(self) -> Telephone:
        try:
            if self._pipe.poll(START_SECONDS):
                telephone: Telephone = self._pipe.recv()
                return telephone
        except EOFError:
            pass
        raise SettingsFault("The helpline for the calls did not start.", help="What is wrong is told above.")


@contextmanager
def helpline_beside(settings: Settings, moment: datetime) -> Iterator[Beside]:
    """Serves the files while the block runs; its clock stands at this moment."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(settings, moment, there), daemon=True)
    process.start()
    there.close()
    try:
        yield Beside(here)
    finally:
        here.close()  # which ends it
        process.join(START_SECONDS)


def _serve(settings: Settings, moment: datetime, pipe: Connection) -> None:
    """Until the other end of the pipe is closed, or its process gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the callers: they end this
    log.configure(logging.ERROR)
    clock = [moment]
    with local_helpline(settings, clock=lambda: clock[0]) as local:
        pipe.send(local.telephone)
        while True:
            try:
                clock[0] = pipe.recv()
            except EOFError:
                return
            pipe.send(local.telephone)
