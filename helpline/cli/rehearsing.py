"""Written-down calls played against the files here, each at its own time: a call for a Sunday night on that night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from helpline import bootstrap
from helpline.bootstrap import Clock
from helpline.cli.local import local_helpline
from helpline.settings import Settings
from helpline.simulator.acts import Transcript
from helpline.simulator.rehearsal import Rehearsal, rehearse


def at_the_time_of(transcript: Transcript) -> Clock:
    """A clock that stands at the transcript's time; the real one where it names none."""
    return standing_at(transcript.at) if transcript.at else bootstrap.now


def standing_at(moment: datetime) -> Clock:
    """A clock that always gives this moment."""
    return lambda: moment


def rehearsed(transcripts: Sequence[Transcript], settings: Settings) -> Iterator[Rehearsal]:
    """Each call played against the files as they are, published or not."""
    clock: list[Clock] = [bootstrap.now]
    with local_helpline(settings, clock=lambda: clock[0]()) as local:
        for transcript in transcripts:
            clock[0] = at_the_time_of(transcript)
            yield rehearse(transcript, local.telephone, local.line_of)
