"""The time of a rehearsal: a call written down for a Sunday night is played on that night."""

from __future__ import annotations

from datetime import datetime

from helpline import bootstrap
from helpline.bootstrap import Clock
from helpline.simulator.acts import Transcript


def at_the_time_of(transcript: Transcript) -> Clock:
    """A clock that stands at the transcript's time; the real one where it names none."""
    return standing_at(transcript.at) if transcript.at else bootstrap.now


def standing_at(moment: datetime) -> Clock:
    """A clock that always gives this moment."""
    return lambda: moment
